import type { Outcome } from './answer';
import type { Wait } from './retryAfter';

/** Why no answer came. */
export type NoAnswerKind =
	| 'cancelled'
	| 'stopped'
	| 'budgetSpent'
	| 'backOff'
	| 'otherUser'
	| 'dns'
	| 'refusedConnection'
	| 'unreachable'
	| 'certificate'
	| 'tlsProtocol'
	| 'blocked'
	| 'proxyGone'
	| 'timeout'
	| 'headersTooLarge'
	| 'noHttp'
	| 'lost';

/** A request that got no HTTP status. */
export interface NoAnswer {
	kind: NoAnswerKind;
	/** The network's code, such as `ECONNREFUSED`. */
	code: string | null;
	/** The host or address that failed where it isn't that of the request's address: a proxy's. */
	failedHost?: string;
	/** How long the service asked to wait, when that is why nothing was sent. */
	wait?: Wait;
}

/** After these nobody knows whether the request reached COC. */
export const LOST: ReadonlySet<NoAnswerKind> = new Set<NoAnswerKind>([
	'timeout',
	'headersTooLarge',
	'noHttp',
	'lost',
]);

/** All other kinds prove that no byte of the request reached COC. */
export function outcomeOfNoAnswer({ kind }: NoAnswer): Extract<Outcome, 'notSent' | 'unknown'> {
	return LOST.has(kind) ? 'unknown' : 'notSent';
}
