/** Waits between tries, in ms. */
export const DELAY = { base: 500, factor: 2, cap: 15_000, retryAfterCap: 30_000 } as const;

/**
 * How long to wait before a retry, in ms: exponential back-off with full jitter, so that those who
 * failed together don't come back together. What the service asks for comes first, up to a bound.
 *
 * @param retry 1 for the first retry
 */
export function delayBefore(
	retry: number,
	retryAfterMs: number | null,
	random: () => number,
): number {
	const backOff = random() * Math.min(DELAY.cap, DELAY.base * DELAY.factor ** (retry - 1));
	return askedFor(retryAfterMs) + backOff;
}

/** The wait that the service asked for, in ms, as far as it is followed. */
export function askedFor(retryAfterMs: number | null): number {
	return Math.min(retryAfterMs ?? 0, DELAY.retryAfterCap);
}
