/** Waits between tries, in ms. */
const DELAY = { base: 500, factor: 2, cap: 15_000 } as const;

/**
 * How long to wait before a retry, in ms: exponential back-off with full jitter, so that what failed
 * together isn't retried together. A wait that the service asks for comes first.
 *
 * @param retry 1 for the first retry
 * @param retryAfterMs at most `LONGEST_WAIT_MS`
 */
export function backoffMs(
	retry: number,
	retryAfterMs: number | null,
	random: () => number,
): number {
	const jittered = random() * Math.min(DELAY.cap, DELAY.base * DELAY.factor ** (retry - 1));
	return (retryAfterMs ?? 0) + jittered;
}
