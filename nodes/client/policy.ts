import { meaningOf } from '../coc/codes';
import { outcomeOfAnswer, type NoAnswerKind } from '../coc/classify';
import type { Exchange } from './send';

/** What is tried again, and how often. */
export interface Policy {
	/** Most requests, the first one included. */
	tries: number;
	triesAgain(result: Exchange): boolean;
}

/** No new try or wait begins this long after an item's first one, in ms. */
export const ITEM_TOTAL_MS = 120_000;

/** Most sends of one write that got no answer: each is followed by a look at the record. */
export const MOST_LOST_SENDS = 3;

/** Longest look at a record after a lost answer, in ms, see `lookBackMs`. */
const LOOK_BACK = { requests: 4, between: 4000 } as const;

/**
 * How long a record is looked at after a lost answer, in ms: long enough for two looks of two
 * requests that each take nearly all of their time, and for what lies between. It bounds three looks
 * whose requests all hang.
 *
 * @param timeoutMs bound on one request
 */
export function lookBackMs(timeoutMs: number): number {
	return LOOK_BACK.requests * timeoutMs + LOOK_BACK.between;
}

/**
 * Before these nothing reached COC, and the next try may fare better. Not a certificate that isn't
 * trusted: it won't be a second later.
 */
const NOT_SENT: ReadonlySet<NoAnswerKind> = new Set<NoAnswerKind>([
	'dns',
	'refusedConnection',
	'unreachable',
	'tlsProtocol',
	'proxyGone',
]);

/** After these nobody knows. */
const LOST: ReadonlySet<NoAnswerKind> = new Set<NoAnswerKind>([
	'timeout',
	'headersTooLarge',
	'noHttp',
	'lost',
]);

/** A write is tried again only when the gateway or the network proves that nothing was done. */
export const WRITE: Policy = {
	tries: 4,
	triesAgain(result) {
		if ('noAnswer' in result) return NOT_SENT.has(result.noAnswer.kind);
		if (!('answer' in result) || outcomeOfAnswer(result.answer) !== 'refused') return false;
		const meaning = meaningOf(result.answer);
		return meaning === 'throttled' || meaning === 'iamUnavailable';
	},
};

/** A read changes nothing: everything that may pass is tried again. */
export const READ: Policy = {
	tries: 4,
	triesAgain(result) {
		if ('noAnswer' in result) {
			const { kind } = result.noAnswer;
			return NOT_SENT.has(kind) || LOST.has(kind);
		}
		if (!('answer' in result)) return false;
		return outcomeOfAnswer(result.answer) === 'unknown' || WRITE.triesAgain(result);
	},
};
