import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../coc/answer';
import {
	lostFailure,
	undoneFailure,
	withWait,
	type Failure,
	type OperationWords,
} from '../errors/failure';
import type { History } from '../coc/history';
import { isFromCoc, isOwnRefusal, outcomeOfAnswer } from '../coc/classify';
import type { Step, Window } from '../coc/step';
import { callToWrite, isOver, type Effort } from '../client/retryLoop';
import { spend, type Traffic } from '../client/client';
import { delayBefore } from '../client/backoff';
import { lookBackMs, MOST_LOST_SENDS, WRITE } from '../client/policy';
import { failureOf, waitTold } from '../client/failureOf';
import type { EndpointLedger, LedgerPage } from './ownWrites';
import { lookFor, type Look } from './readBack';
import type { Reader } from '../client/read';
import type { Done } from './itemResult';
import type { Write } from './change';

/** What an item's sends have at hand. */
export interface Sender {
	traffic: Traffic;
	ledger: EndpointLedger;
	effort: Effort;
	reader: Reader;
	/** The ticket's history as it was before; null when nobody looked. */
	before: History | null;
	words: OperationWords;
	/** Asked when it is needed: a renewed token may be another user's. */
	actor: () => string;
}

/** Most looks at the record after a lost answer. */
const MOST_LOOKS = 3;

/**
 * COC may still be at work on a request whose answer was lost: only what two looks this far apart
 * don't show counts as not applied. In ms.
 */
const BETWEEN_LOOKS_MS = 1000;

/**
 * Sends a write until its outcome is known. When an answer was lost, COC's record decides: what it
 * shows is done, what it provably doesn't show is sent again, and what can't be told stays unknown.
 */
export async function sendUntilKnown(sender: Sender, wanted: Write): Promise<Done | Failure> {
	const { traffic, ledger, effort, words } = sender;
	const { brake, clock, session } = traffic;
	let actor = '';
	/** The last send whose answer was lost. */
	let lost: Failure | null = null;
	let page: LedgerPage | undefined;
	/** Whether COC itself has answered one of the sends. */
	let isAnswered = false;

	for (let lostSends = 0; ; ) {
		const result = await callToWrite(traffic, effort, () => {
			actor = sender.actor();
			page ??= ledger.page(wanted.ticket, actor, clock.now());
			return { ...wanted.call(actor), timeoutMs: wanted.timeoutMs };
		});
		const answer = 'answer' in result ? result.answer : null;
		if (answer && outcomeOfAnswer(answer) === 'applied') {
			page?.owned.push(wanted.step(actor).mark);
			return done(wanted, actor, 'applied', answer);
		}
		const failure = failureOf(result, session, words, wanted.timeoutMs);
		if (failure.outcome === 'unknown') {
			lost = failure;
			lostSends++;
		}
		// Without a lost answer a failure is proven. With one, a later send speaks for itself only.
		if (lost === null || page === undefined) return waitTold(failure, result);

		const step = wanted.step(actor);
		const sight = await lookTwice(sender, step, page);
		if (sight.shows === 'applied') {
			page.owned.push(step.mark);
			traffic.budget.answered();
			return done(wanted, actor, 'recovered', null);
		}
		isAnswered ||= answer !== null && isFromCoc(answer);
		if (lost === failure && !sight.isRead && !isAnswered) spend(traffic);
		const isUndone = sight.shows !== 'unclear';
		if (isUndone && answer && isOwnRefusal(answer)) return waitTold(failure, result);
		if (sight.shows === 'tooLate') return undoneFailure(lost, words, sight.seen);
		if (isUndone && lost === failure && lostSends < MOST_LOST_SENDS && mayRetry(sender)) {
			await brake.sleep(delayBefore(lostSends, null, clock.random));
			continue;
		}
		page.uncertain = true;
		// Where every write is lost, the run ends soon.
		if (sight.isRead && !isAnswered && !traffic.budget.unanswered()) brake.pull('budgetSpent');
		const unknown = lostFailure(lost, words, sight.seen);
		return brake.wait ? withWait(unknown, brake.wait) : unknown;
	}
}

/** Whether the bounds of item and run allow one more send. */
function mayRetry({ traffic: { brake, clock }, effort }: Sender): boolean {
	return brake.why === null && effort.sends < WRITE.tries && !isOver(effort, clock.now());
}

/** Looks until the record shows the write, or twice that it doesn't. */
async function lookTwice(sender: Sender, step: Step, page: LedgerPage): Promise<Look> {
	const { effort, reader, traffic } = sender;
	effort.looksEndAt = traffic.clock.now() + lookBackMs(reader.timeoutMs);
	const look = await lookInTime(sender, step, page);
	effort.looksEndAt = null;
	return look;
}

async function lookInTime(sender: Sender, step: Step, page: LedgerPage): Promise<Look> {
	const { traffic, reader, effort } = sender;
	const { brake, clock } = traffic;
	const window = (): Window => ({
		since: traffic.clockOffset === null ? null : page.since + traffic.clockOffset,
		before: sender.before,
		owned: page.owned,
		uncertain: page.uncertain,
	});
	const isCancelled = () => brake.why === 'cancelled';
	let seen: string | null = null;
	let isRead = false;
	let before: Look['shows'] | undefined;
	// A COC that wants to be left alone isn't looked at either.
	for (let look = 1; brake.wait === null; look++) {
		const sight = await lookFor(step, reader, window);
		const { shows } = sight;
		isRead ||= sight.isRead;
		if (shows === 'applied' || sight.final === true) return sight;
		if (shows === before && shows !== 'unclear') return sight;
		if (brake.wait === null || seen === null) ({ seen } = sight);
		before = shows;
		const pause = BETWEEN_LOOKS_MS * (1 + clock.random() / 2);
		const isLate = effort.looksEndAt !== null && clock.now() + pause >= effort.looksEndAt;
		if (look === MOST_LOOKS || isLate || isCancelled()) break;
		await brake.sleepBetweenLooks(pause);
		// Cut short: the next look comes too soon to prove that nothing was done.
		if (isCancelled()) before = undefined;
	}
	return { shows: 'unclear', seen: seen ?? 'nothing, it was not looked at', isRead };
}

function done(
	wanted: Write,
	actor: string,
	outcome: 'applied' | 'recovered',
	answer: Answer | null,
): Done {
	const response: IDataObject | null = answer?.envelope ?? null;
	return { outcome, json: { ...wanted.fields(actor), outcome, response } };
}
