import type { ReadCall } from '../coc/call';
import type { Failure, OperationWords, Read } from '../errors/failure';
import { checkBetween, COC } from '../errors/hints';
import type { CocClient } from './client';
import { failureOf, withWaitOf } from './request';
import { sendRead, type ItemBudget } from './retryLoop';

/** Reads something from COC; not once the run is stopped. */
export type ReadCoc = <T>(call: ReadCall<T>, refusedHint?: string) => Promise<Read<T>>;

/**
 * Reads from COC.
 *
 * @param timeoutMs bound on one exchange
 * @param refusedHint what to check when COC refuses, unless it is the ticket
 */
export async function readCoc<T>(
	client: CocClient,
	budget: ItemBudget,
	{ what, iamAction, request, take }: ReadCall<T>,
	timeoutMs: number,
	refusedHint = CHECK,
): Promise<Read<T>> {
	const exchange = await sendRead(client, budget, { ...request, timeoutMs });
	const answer = 'answer' in exchange && exchange.outcome === 'applied' ? exchange.answer : null;
	const value = answer && take(answer);
	if (value !== null) return { ok: true, value };
	const words: OperationWords = {
		...{ done: 'read', iamAction, refusedHint },
		...(refusedHint === '' && { again: 'later' }),
	};
	const failure = failureOf(exchange, client.session, words, timeoutMs);
	const isBetween = 'answer' in exchange && exchange.answer.sender === 'between';
	const notRead: Failure = {
		...failure,
		outcome: 'notRead',
		reason: answer ? `COC answered, but without the ${what}` : failure.reason,
		...(failure.outcome === 'unknown' && {
			hint: isBetween ? checkBetween(COC) : '',
			again: 'later',
		}),
	};
	return { ok: false, failure: withWaitOf(notRead, exchange) };
}

const CHECK = 'Check the ticket number, and who may see the ticket.';
