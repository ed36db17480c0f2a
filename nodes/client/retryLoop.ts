import { waitFor, type Wait } from '../coc/retryAfter';
import { backoffMs } from './backoff';
import { spendRetry, type CocClient } from './client';
import { exchange, type Renewals } from './exchange';
import { ITEM_TOTAL_MS, READ, WRITE, type Policy } from './policy';
import type { Exchange, TimedRequest } from './request';

/** What one item has spent and may still spend, over all its requests. */
export interface ItemBudget extends Renewals {
	/** When nothing new is begun any more, in ms since 1970; null before anything was. */
	endsAt: number | null;
	/** When the read-back under way ends, in ms since 1970; null outside of one. */
	readBackEndsAt: number | null;
	/** Sends of the item's write, tries that reached nobody included. */
	sends: number;
}

export function newItemBudget(): ItemBudget {
	return { renewed: false, endsAt: null, readBackEndsAt: null, sends: 0 };
}

/**
 * Sends a write, and again as long as it is proven that nothing was done: one of three loops that send
 * again, beside the renewed token in `exchange` and the lost answer in `sendUntilKnown`. Doesn't
 * begin once the run is stopped.
 *
 * @param sending called when a try's turn has come
 */
export async function sendWrite(
	client: CocClient,
	budget: ItemBudget,
	request: TimedRequest,
	sending: () => void,
): Promise<Exchange> {
	const { stop } = client;
	return await retryLoop(client, budget, WRITE, {
		attempt: async () => {
			budget.sends++;
			const made = () => {
				sending();
				return request;
			};
			return await inTurn(client, budget, made, true);
		},
		mayGoOn: () => budget.sends < WRITE.tries && stop.reason === null,
		sleep: (ms) => stop.sleep(ms),
	});
}

/**
 * Reads, and again after whatever may pass. Keeps reading after a stop, because the record decides
 * how a pending write ended: then without waiting, and twice at most.
 */
export async function sendRead(
	client: CocClient,
	budget: ItemBudget,
	request: TimedRequest,
): Promise<Exchange> {
	const { stop, clock } = client;
	let tries = 0;
	return await retryLoop(client, budget, READ, {
		attempt: async () => {
			tries++;
			return await inTurn(client, budget, () => inTime(request, budget, clock.now()), false);
		},
		mayGoOn: () => tries < (stop.reason === 'cancelled' ? 2 : READ.tries) && stop.wait === null,
		sleep: (ms) => stop.sleepBetweenReads(ms),
	});
}

/** A read that ends with the read-back that it belongs to. */
function inTime(request: TimedRequest, { readBackEndsAt }: ItemBudget, now: number): TimedRequest {
	if (readBackEndsAt === null) return request;
	const left = Math.max(1, Math.ceil(readBackEndsAt - now));
	return { ...request, timeoutMs: Math.min(request.timeoutMs, left) };
}

interface Tries {
	attempt(): Promise<Exchange>;
	mayGoOn(): boolean;
	sleep(ms: number): Promise<void>;
}

async function retryLoop(
	client: CocClient,
	budget: ItemBudget,
	policy: Policy,
	{ attempt, mayGoOn, sleep }: Tries,
): Promise<Exchange> {
	const { clock, retryBudget, hold, stop } = client;
	for (let retry = 1; ; retry++) {
		const result = await attempt();
		if ('answer' in result && result.wait) {
			stop.backOff(result.wait);
			return result;
		}
		const answer = 'answer' in result ? result.answer : null;
		const isKnown = answer !== null && answer.outcome !== 'unknown';
		const isOwn = answer?.sender === 'coc';
		if (isOwn && policy === WRITE) retryBudget.answered();
		const mayPass = policy.triesAgain(result);
		const retryAfterMs = answer?.retryAfterMs ?? null;
		if (mayPass || !isKnown) hold.until(clock.now() + (retryAfterMs ?? 0));
		if (!mayPass) {
			if (isKnown && (isOwn || policy === WRITE || budget.sends === 0)) retryBudget.giveBack();
			return result;
		}
		// Waits that COC asks for don't count.
		if (budget.readBackEndsAt !== null) budget.readBackEndsAt += retryAfterMs ?? 0;
		const now = clock.now();
		const delay = backoffMs(retry, retryAfterMs, clock.random);
		if (!mayGoOn()) return result;
		if (isOver(budget, now + delay)) {
			// The item or the poll has no time for the wait that was asked for.
			if (!retryAfterMs) return result;
			return withReason(result, waitFor(retryAfterMs, answer?.httpStatus, now));
		}
		if (!isOwn && !spendRetry(client)) return result;
		await sleep(delay);
		if (!mayGoOn()) return withReason(result, stop.wait);
	}
}

/** A result with the wait because of which nothing more is tried. */
function withReason(result: Exchange, wait: Wait | null): Exchange {
	return wait !== null && 'answer' in result ? { ...result, wait } : result;
}

/** Whether nothing new may be begun for the item at this time, in ms since 1970. */
export function isOver({ endsAt, readBackEndsAt }: ItemBudget, time: number): boolean {
	return [endsAt, readBackEndsAt].some((end) => end !== null && time >= end);
}

/** Waits for the request's turn and sends it, unless the run was stopped meanwhile. */
async function inTurn(
	client: CocClient,
	budget: ItemBudget,
	request: () => TimedRequest,
	isWrite: boolean,
): Promise<Exchange> {
	const { session, clock, stop, rateLimit, hold, firstAlone } = client;
	const blocked = () => stop.blocks(isWrite ? 'write' : 'read');
	const held = () => hold.left(clock.now());
	const waits = () => blocked() === null && stop.reason !== 'cancelled' && held() > 0;
	const sleep = isWrite ? stop.sleep : stop.sleepBetweenReads;
	const asked = clock.now();
	return await firstAlone.run(async () => {
		do {
			while (waits()) {
				const now = clock.now();
				// What belongs to a write is read back all the same.
				if (budget.sends === 0 && isOver(budget, now + held())) {
					const wait = waitFor(held(), undefined, now);
					return { outcome: 'notSent', noAnswer: { kind: 'backOff', code: null, wait } };
				}
				await sleep(held());
			}
			await sleep(rateLimit.turn(clock.now()));
		} while (waits());
		const began = clock.now();
		if (budget.readBackEndsAt !== null) budget.readBackEndsAt += began - asked;
		budget.endsAt ??= began + ITEM_TOTAL_MS;
		const result = await exchange(session, request, budget, blocked);
		if ('answer' in result) rateLimit.answered(clock.now() - began);
		if ('answer' in result && result.answer.success)
			compareClocks(client, result.answer.serverTime);
		return result;
	});
}

/** An answer's time is older when it arrives, so that of all differences the greatest is the best. */
function compareClocks(client: CocClient, serverTime: number | null): void {
	if (serverTime === null) return;
	const offset = serverTime - client.clock.now();
	client.clockOffset = Math.max(client.clockOffset ?? offset, offset);
}
