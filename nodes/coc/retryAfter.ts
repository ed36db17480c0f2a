import type { Answer } from './answer';
import { isOwnRefusal } from './classify';

/** A wait that a service asks for (`Retry-After`), longer than any request waits here. */
export interface Wait {
	/** In ms since 1970, by this machine's clock. */
	until: number;
	/** How long from now on, in ms. */
	ms: number;
	/** Whether the service limits requests, and isn't merely in trouble. */
	isThrottling: boolean;
}

/** A shorter wait is waited for; a longer one ends what is under way. In ms. */
export const LONGEST_WAIT_MS = 30_000;

/** No service is left alone for longer, whatever it asks for: it may be a mistake. In ms. */
export const LONGEST_BACK_OFF_MS = 60 * 60_000;

/**
 * The wait that an answer asks for, when it is too long to be waited for. Null as well when COC did
 * what it was asked, or refused that one request for a reason of its own.
 *
 * @param now in ms since 1970
 */
export function longWaitOf(answer: Answer, now: number): Wait | null {
	const { retryAfterMs, outcome } = answer;
	if (retryAfterMs === null || retryAfterMs <= LONGEST_WAIT_MS) return null;
	if (outcome === 'applied' || isOwnRefusal(answer)) return null;
	return waitFor(retryAfterMs, answer.httpStatus, now);
}

/** @param now in ms since 1970 */
export function waitFor(ms: number, httpStatus: number | undefined, now: number): Wait {
	return { until: now + ms, ms, isThrottling: httpStatus === 429 };
}
