import { isFromCoc, outcomeOfAnswer } from '../coc/classify';
import { waitFor, type Wait } from '../coc/retryAfter';
import { delayBefore } from './backoff';
import { ITEM_TOTAL_MS, READ, WRITE, type Policy } from './policy';
import { exchange, type Renewals } from './exchange';
import type { CocRequest, Exchange } from './send';
import { spend, type Traffic } from './client';

/** What is spent on one item, over all its requests. */
export interface Effort extends Renewals {
	/** When nothing new is begun any more, in ms since 1970; null before anything was. */
	endsAt: number | null;
	/** When the look at the record that is under way ends, in ms since 1970; null outside of one. */
	looksEndAt: number | null;
	/** Sends of the item's write, tries that reached nobody included. */
	sends: number;
}

export function newEffort(): Effort {
	return { renewed: false, endsAt: null, looksEndAt: null, sends: 0 };
}

/**
 * Sends a write, and again as long as it is proven that nothing was done. Doesn't begin once the
 * run's brake is pulled.
 */
export async function callToWrite(
	traffic: Traffic,
	effort: Effort,
	request: () => CocRequest,
): Promise<Exchange> {
	const { brake } = traffic;
	return await persist(traffic, effort, WRITE, {
		attempt: async () => {
			effort.sends++;
			return await inTurn(traffic, effort, request, true);
		},
		mayGoOn: () => effort.sends < WRITE.tries && brake.why === null,
		sleep: (ms) => brake.sleep(ms),
	});
}

/**
 * Reads, and again after whatever may pass. Goes on when the run's brake is pulled, since it tells
 * what a write under way came to: then without waiting, and twice at most.
 */
export async function callToRead(
	traffic: Traffic,
	effort: Effort,
	request: CocRequest,
): Promise<Exchange> {
	const { brake, clock } = traffic;
	let tries = 0;
	return await persist(traffic, effort, READ, {
		attempt: async () => {
			tries++;
			return await inTurn(traffic, effort, () => inTime(request, effort, clock.now()), false);
		},
		mayGoOn: () => tries < (brake.why === 'cancelled' ? 2 : READ.tries) && brake.wait === null,
		sleep: (ms) => brake.sleepBetweenLooks(ms),
	});
}

/** A read that ends with the look that it belongs to. */
function inTime(request: CocRequest, { looksEndAt }: Effort, now: number): CocRequest {
	if (looksEndAt === null) return request;
	const left = Math.max(1, Math.ceil(looksEndAt - now));
	return { ...request, timeoutMs: Math.min(request.timeoutMs, left) };
}

interface Tries {
	attempt(): Promise<Exchange>;
	mayGoOn(): boolean;
	sleep(ms: number): Promise<void>;
}

async function persist(
	traffic: Traffic,
	effort: Effort,
	policy: Policy,
	{ attempt, mayGoOn, sleep }: Tries,
): Promise<Exchange> {
	const { clock, budget, pace, brake } = traffic;
	for (let retry = 1; ; retry++) {
		const result = await attempt();
		if ('answer' in result && result.wait) {
			brake.leaveAlone(result.wait);
			return result;
		}
		const answer = 'answer' in result ? result.answer : null;
		const isKnown = answer !== null && outcomeOfAnswer(answer) !== 'unknown';
		const isOwn = answer !== null && isFromCoc(answer);
		if (isOwn && policy === WRITE) budget.answered();
		const mayPass = policy.triesAgain(result);
		const retryAfterMs = answer?.retryAfterMs ?? null;
		if (mayPass || !isKnown) pace.holdUntil(clock.now() + (retryAfterMs ?? 0));
		if (!mayPass) {
			if (isKnown && (isOwn || policy === WRITE || effort.sends === 0)) budget.giveBack();
			return result;
		}
		// Waits that COC asks for don't count.
		if (effort.looksEndAt !== null) effort.looksEndAt += retryAfterMs ?? 0;
		const now = clock.now();
		const delay = delayBefore(retry, retryAfterMs, clock.random);
		if (!mayGoOn()) return result;
		if (isOver(effort, now + delay)) {
			// The item or the poll has no time for the wait that was asked for.
			return retryAfterMs ? told(result, waitFor(retryAfterMs, answer?.httpStatus, now)) : result;
		}
		if (!isOwn && !spend(traffic)) return result;
		await sleep(delay);
		if (!mayGoOn()) return told(result, brake.wait);
	}
}

/** A result with the wait on account of which nothing more is tried. */
function told(result: Exchange, wait: Wait | null): Exchange {
	return wait !== null && 'answer' in result ? { ...result, wait } : result;
}

/** Whether nothing new may be begun for the item at this time, in ms since 1970. */
export function isOver({ endsAt, looksEndAt }: Effort, time: number): boolean {
	return [endsAt, looksEndAt].some((end) => end !== null && time >= end);
}

/** Waits for the request's turn and sends it, unless the run has been halted meanwhile. */
async function inTurn(
	traffic: Traffic,
	effort: Effort,
	request: () => CocRequest,
	isWrite: boolean,
): Promise<Exchange> {
	const { session, clock, brake, pace, trial } = traffic;
	const halted = () => brake.halted(isWrite ? 'write' : 'read');
	const held = () => pace.held(clock.now());
	const waits = () => halted() === null && brake.why !== 'cancelled' && held() > 0;
	const sleep = isWrite ? brake.sleep : brake.sleepBetweenLooks;
	const asked = clock.now();
	return await trial.run(async () => {
		do {
			while (waits()) {
				const now = clock.now();
				// What belongs to a write is looked at all the same.
				if (effort.sends === 0 && isOver(effort, now + held())) {
					const wait = waitFor(held(), undefined, now);
					return { noAnswer: { kind: 'leftAlone', code: null, wait } };
				}
				await sleep(held());
			}
			await sleep(pace.turn(clock.now()));
		} while (waits());
		const began = clock.now();
		if (effort.looksEndAt !== null) effort.looksEndAt += began - asked;
		effort.endsAt ??= began + ITEM_TOTAL_MS;
		const result = await exchange(session, request, effort, halted);
		if ('answer' in result) pace.answered(clock.now() - began);
		if ('answer' in result && result.answer.success)
			compareClocks(traffic, result.answer.serverTime);
		return result;
	});
}

/** An answer's time is older when it arrives, so that of all differences the greatest is the best. */
function compareClocks(traffic: Traffic, serverTime: number | null): void {
	if (serverTime === null) return;
	const offset = serverTime - traffic.clock.now();
	traffic.clockOffset = Math.max(traffic.clockOffset ?? offset, offset);
}
