import { LOST, type NoAnswerKind } from '../coc/noAnswer';
import type { Exchange } from './request';

/** What is tried again, and how often. */
export interface Policy {
	/** Most requests, the first one included. */
	tries: number;
	triesAgain(exchange: Exchange): boolean;
}

/** No new try or wait begins this long after an item's first one, in ms. */
export const ITEM_TOTAL_MS = 120_000;

/** Most sends of one write that got no answer: each is followed by a read-back. */
export const MOST_LOST_SENDS = 3;

/** The same of one that calls people or makes a ticket: it is sent once more, not more. */
export const ONCE_MORE = 2;

/** Longest read-back after a lost answer, see `readBackMs`. */
const READ_BACK = { requests: 4, pauses: 3, retriesMs: 1000 } as const;

/**
 * How long a record is read back after a lost answer, in ms: long enough for two looks of two
 * requests that each take nearly all of their time, and for what lies between. It bounds three looks
 * whose requests all hang.
 *
 * @param timeoutMs bound on one request
 * @param betweenMs least time between two looks
 */
export function readBackMs(timeoutMs: number, betweenMs: number): number {
	const { requests, pauses, retriesMs } = READ_BACK;
	return requests * timeoutMs + pauses * betweenMs + retriesMs;
}

/**
 * Before these nothing reached COC, and the next try may succeed. Not a certificate that isn't
 * trusted: it won't be a second later.
 */
const MAY_PASS: ReadonlySet<NoAnswerKind> = new Set<NoAnswerKind>([
	'dns',
	'refusedConnection',
	'unreachable',
	'tlsProtocol',
	'proxyGone',
]);

/** A write is tried again only when the gateway or the network proves that nothing was done. */
export const WRITE: Policy = {
	tries: 4,
	triesAgain(exchange) {
		if ('noAnswer' in exchange) return MAY_PASS.has(exchange.noAnswer.kind);
		if (!('answer' in exchange) || exchange.outcome !== 'refused') return false;
		const { meaning } = exchange.answer;
		return meaning === 'throttled' || meaning === 'iamUnavailable';
	},
};

/** A read changes nothing: everything that may pass is tried again. */
export const READ: Policy = {
	tries: 4,
	triesAgain(exchange) {
		if ('noAnswer' in exchange) {
			const { kind } = exchange.noAnswer;
			return MAY_PASS.has(kind) || LOST.has(kind);
		}
		if (!('answer' in exchange)) return false;
		return exchange.outcome === 'unknown' || WRITE.triesAgain(exchange);
	},
};
