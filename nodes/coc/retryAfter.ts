import type { Answer } from './answer';
import { isOwnRefusal, outcomeOfAnswer } from './classify';

/** A service's wish to be left alone (`Retry-After`), for longer than anyone waits for it here. */
export interface Wait {
	/** In ms since 1970, by this machine's clock. */
	until: number;
	/** How long from now on, in ms. */
	ms: number;
	/** In n8n's words. */
	cause: 'rate-limited' | 'temporarily-unavailable';
}

/** A shorter wait is waited for; a longer one ends what is under way. In ms. */
export const LONGEST_WAIT_MS = 30_000;

/** No service is left alone for longer than this, whatever it asks for: it may be a mistake. In ms. */
export const LONGEST_LEFT_ALONE_MS = 60 * 60_000;

/**
 * The wait that an answer asks for, when it is too long to be waited for. Null as well when COC did
 * what it was asked, or refused that one request for a reason of its own.
 *
 * @param now in ms since 1970
 */
export function waitOf(answer: Answer, now: number): Wait | null {
	const { retryAfterMs } = answer;
	if (retryAfterMs === null || retryAfterMs <= LONGEST_WAIT_MS) return null;
	if (outcomeOfAnswer(answer) === 'applied' || isOwnRefusal(answer)) return null;
	return waitFor(retryAfterMs, answer.httpStatus, now);
}

/** @param now in ms since 1970 */
export function waitFor(ms: number, httpStatus: number | undefined, now: number): Wait {
	const cause = httpStatus === 429 ? 'rate-limited' : 'temporarily-unavailable';
	return { until: now + ms, ms, cause };
}

/** "for 60 minutes, until 2026-11-28T07:00:00Z" */
export function describeWait({ until, ms }: Wait): string {
	return `for ${duration(ms)}, until ${momentOf(until)}`;
}

const SECOND = 1000;
const UNITS = [
	{ name: 'second', ms: SECOND, most: 120 },
	{ name: 'minute', ms: 60 * SECOND, most: 120 },
	{ name: 'hour', ms: 60 * 60 * SECOND, most: 48 },
	{ name: 'day', ms: 24 * 60 * 60 * SECOND, most: Infinity },
] as const;

/** Rounded up, so that nobody comes back too early. */
function duration(ms: number): string {
	const unit = UNITS.find((one) => ms <= one.most * one.ms) ?? UNITS[3];
	const count = Math.ceil(ms / unit.ms);
	return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}

/** To the second, rounded up. */
function momentOf(time: number): string {
	return new Date(Math.ceil(time / SECOND) * SECOND).toISOString().replace('.000Z', 'Z');
}
