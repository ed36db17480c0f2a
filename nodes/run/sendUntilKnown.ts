import type { IDataObject } from 'n8n-workflow';
import { backoffMs } from '../client/backoff';
import { spendRetry, type CocClient } from '../client/client';
import { MOST_LOST_SENDS, WRITE } from '../client/policy';
import { failureOf, withWaitOf, type TimedRequest } from '../client/request';
import { isOver, sendWrite, type ItemBudget } from '../client/retryLoop';
import type { Answer } from '../coc/answer';
import { isOwnRefusal } from '../coc/classify';
import {
	lostFailure,
	undoneFailure,
	withWait,
	type Failure,
	type OperationWords,
	type Read,
} from '../errors/failure';
import { readBack, type Patience, type ReadBack } from './readBack';

/** One write, and what its sends have at hand. */
export interface Write {
	/** Made before each send. */
	request: () => Promise<Read<TimedRequest>>;
	/** Called when a send begins. */
	sending: () => void;
	/** How its outcome is known after a lost answer; null for a write that leaves no proof. */
	proof: Proof | null;
	client: CocClient;
	budget: ItemBudget;
	/** Bound on one exchange, in ms. */
	timeoutMs: number;
	words: OperationWords;
}

/** What proves a write whose answer was lost. */
export interface Proof {
	patience: Patience;
	/** Most sends whose answer was lost, where it isn't the usual number. */
	mostLostSends?: number;
	/** Reads COC's record once. */
	look(): Promise<ReadBack>;
	/** The write is in COC's record. */
	recorded(): void;
	/** It may be. */
	unproven(): void;
}

/** Of a write that does no harm when it is done twice: nothing is read, it is just sent again. */
export const harmless: Proof = {
	patience: { reads: 1, betweenMs: 0 },
	look: async () => await Promise.resolve({ shows: 'absent', seen: '', isRead: false }),
	recorded: () => undefined,
	unproven: () => undefined,
};

/** COC's answer, or what its record shows of the write after the answer was lost. */
export type Recorded = { answer: Answer } | { answer: null; found: IDataObject };

/**
 * Sends a write until its outcome is known. When an answer was lost, COC's record decides: what it
 * shows is done, what it provably doesn't show is sent again, and what can't be decided stays
 * unknown.
 */
export async function sendUntilKnown(write: Write): Promise<Recorded | Failure> {
	const { client, budget, words, timeoutMs, proof, sending } = write;
	const { stop, clock, session, retryBudget } = client;
	const { mostLostSends = MOST_LOST_SENDS } = proof ?? {};
	/** The last send whose answer was lost. */
	let lost: Failure | null = null;
	/** Whether COC itself has answered one of the sends. */
	let isAnswered = false;

	for (let lostSends = 0; ; ) {
		const request = await write.request();
		if (!request.ok) {
			if (lost === null) return request.failure;
			proof?.unproven();
			return lostFailure(lost, words, request.failure.reason);
		}
		const result = await sendWrite(client, budget, request.value, sending);
		const answer = 'answer' in result ? result.answer : null;
		if (answer && result.outcome === 'applied') {
			proof?.recorded();
			return { answer };
		}
		const failure = failureOf(result, session, words, timeoutMs);
		if (failure.outcome === 'unknown') {
			lost = failure;
			lostSends++;
		}
		// Without a lost answer a failure is proven. With one, a later send speaks for itself only.
		if (lost === null || proof === null) return withWaitOf(failure, result);

		const found = await readBack(client, budget, timeoutMs, proof.patience, proof.look);
		if (found.shows === 'applied') {
			proof.recorded();
			retryBudget.answered();
			return { answer: null, found: found.found ?? {} };
		}
		isAnswered ||= answer?.sender === 'coc';
		if (lost === failure && !found.isRead && !isAnswered) spendRetry(client);
		const isUndone = found.shows !== 'unclear';
		if (isUndone && answer && isOwnRefusal(answer)) return withWaitOf(failure, result);
		if (found.shows === 'tooLate') return undoneFailure(lost, words, found.seen);
		if (isUndone && lost === failure && lostSends < mostLostSends && mayRetry(write)) {
			await stop.sleep(backoffMs(lostSends, null, clock.random));
			continue;
		}
		proof.unproven();
		// Where every write is lost, the run ends soon.
		if (found.isRead && !isAnswered && !retryBudget.unanswered()) stop.stop('budgetSpent');
		const unknown = lostFailure(lost, words, found.seen);
		return stop.wait ? withWait(unknown, stop.wait) : unknown;
	}
}

/** Whether the bounds of item and run allow one more send. */
function mayRetry({ client: { stop, clock }, budget }: Write): boolean {
	return stop.reason === null && budget.sends < WRITE.tries && !isOver(budget, clock.now());
}
