import { backoffMs } from '../client/backoff';
import { spendRetry, type CocClient } from '../client/client';
import { MOST_LOST_SENDS, WRITE } from '../client/policy';
import { failureOf, withWaitOf, type TimedRequest } from '../client/request';
import { isOver, sendWrite, type ItemBudget } from '../client/retryLoop';
import type { Answer } from '../coc/answer';
import { isOwnRefusal } from '../coc/classify';
import type { KnownWrites } from '../coc/findWrite';
import type { History, TicketState } from '../coc/history';
import type { Trace } from '../coc/trace';
import {
	lostFailure,
	undoneFailure,
	withWait,
	type Failure,
	type OperationWords,
	type Read,
} from '../errors/failure';
import type { OwnWrites, TicketWrites } from './earlierTries';
import { createRecordReader, readBack, type Patience, type SentTask } from './readBack';

/** One write to a ticket, and what its sends have at hand. */
export interface TicketWrite {
	ticket: string;
	/** Made before each send. */
	request: () => Promise<Read<TimedRequest>>;
	trace: Trace;
	patience: Patience;
	client: CocClient;
	ownWrites: OwnWrites;
	budget: ItemBudget;
	/** Bound on one exchange, in ms. */
	timeoutMs: number;
	/** What was known of the ticket right before the first send; null for what nobody read. */
	before: () => Before;
	words: OperationWords;
}

/** A ticket right before a write. */
export interface Before {
	history: History | null;
	state: TicketState | null;
	task: SentTask | null;
}

/** COC's answer, or null when its record shows the write after the answer was lost. */
interface Recorded {
	answer: Answer | null;
}

/**
 * Sends a write until its outcome is known. When an answer was lost, COC's record decides: what it
 * shows is done, what it provably doesn't show is sent again, and what can't be decided stays
 * unknown.
 */
export async function sendUntilKnown(write: TicketWrite): Promise<Recorded | Failure> {
	const { client, budget, words, trace, timeoutMs } = write;
	const { stop, clock, session, retryBudget } = client;
	/** The last send whose answer was lost. */
	let lost: Failure | null = null;
	let writes: TicketWrites | undefined;
	/** Whether COC itself has answered one of the sends. */
	let isAnswered = false;
	const sending = () => (writes ??= writesOf(write));

	for (let lostSends = 0; ; ) {
		const request = await write.request();
		if (!request.ok) {
			if (lost === null) return request.failure;
			if (writes) writes.maybeRecorded = true;
			return lostFailure(lost, words, request.failure.reason);
		}
		const result = await sendWrite(client, budget, request.value, sending);
		const answer = 'answer' in result ? result.answer : null;
		if (answer && result.outcome === 'applied') {
			writes?.recorded.push(trace.text);
			return { answer };
		}
		const failure = failureOf(result, session, words, timeoutMs);
		if (failure.outcome === 'unknown') {
			lost = failure;
			lostSends++;
		}
		// Without a lost answer a failure is proven. With one, a later send speaks for itself only.
		if (lost === null || writes === undefined) return withWaitOf(failure, result);

		const reader = createRecordReader(client, budget, write.ticket, timeoutMs, write.before().task);
		const known = knownWrites(write, writes);
		const found = await readBack(client, budget, reader, trace, write.patience, known);
		if (found.shows === 'applied') {
			writes.recorded.push(trace.text);
			retryBudget.answered();
			return { answer: null };
		}
		isAnswered ||= answer?.sender === 'coc';
		if (lost === failure && !found.isRead && !isAnswered) spendRetry(client);
		const isUndone = found.shows !== 'unclear';
		if (isUndone && answer && isOwnRefusal(answer)) return withWaitOf(failure, result);
		if (found.shows === 'tooLate') return undoneFailure(lost, words, found.seen);
		if (isUndone && lost === failure && lostSends < MOST_LOST_SENDS && mayRetry(write)) {
			await stop.sleep(backoffMs(lostSends, null, clock.random));
			continue;
		}
		writes.maybeRecorded = true;
		// Where every write is lost, the run ends soon.
		if (found.isRead && !isAnswered && !retryBudget.unanswered()) stop.stop('budgetSpent');
		const unknown = lostFailure(lost, words, found.seen);
		return stop.wait ? withWait(unknown, stop.wait) : unknown;
	}
}

function writesOf({ ownWrites, client, ticket, trace }: TicketWrite): TicketWrites {
	const { session, clock } = client;
	return ownWrites.of(session.credential.endpoint.url, ticket, trace.operator, clock.now());
}

function knownWrites({ client, before }: TicketWrite, writes: TicketWrites): () => KnownWrites {
	const { history, state } = before();
	return () => ({
		since: client.clockOffset === null ? null : writes.firstSentAt + client.clockOffset,
		before: history,
		stateBefore: state,
		recorded: writes.recorded,
		maybeRecorded: writes.maybeRecorded,
	});
}

/** Whether the bounds of item and run allow one more send. */
function mayRetry({ client: { stop, clock }, budget }: TicketWrite): boolean {
	return stop.reason === null && budget.sends < WRITE.tries && !isOver(budget, clock.now());
}
