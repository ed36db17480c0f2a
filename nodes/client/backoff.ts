/** Waits between tries, in ms. */
const DELAY = { base: 500, factor: 2, cap: 15_000 } as const;

/**
 * How long to wait before a retry, in ms: exponential back-off with full jitter, so that those who
 * failed together don't come back together. What the service asks for comes first.
 *
 * @param retry 1 for the first retry
 * @param retryAfterMs not longer than anyone waits for it, see `waitOf`
 */
export function delayBefore(
	retry: number,
	retryAfterMs: number | null,
	random: () => number,
): number {
	const backOff = random() * Math.min(DELAY.cap, DELAY.base * DELAY.factor ** (retry - 1));
	return (retryAfterMs ?? 0) + backOff;
}
