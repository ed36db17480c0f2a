// How long to wait before another try.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import { createRandom } from '../support/random.cts';
import type * as source from '../../nodes/client/backoff.ts';

const { backoffMs } = built<typeof source>('nodes/client/backoff');
const nearly = () => 1 - Number.EPSILON;

describe('the wait before a retry', () => {
	test.each([
		[1, 500],
		[2, 1000],
		[3, 2000],
		[4, 4000],
		[5, 8000],
		[6, 15_000],
		[7, 15_000],
		[50, 15_000],
		[2000, 15_000],
	])('number %d lies anywhere between none and %d ms', (retry, most) => {
		expect(backoffMs(retry, null, () => 0)).toBe(0);
		expect(backoffMs(retry, null, () => 0.5)).toBeCloseTo(most / 2);
		expect(backoffMs(retry, null, nearly)).toBeLessThanOrEqual(most);
		expect(backoffMs(retry, null, nearly)).toBeCloseTo(most);
	});

	test('is spread evenly, so that those who failed together aren’t retried together', () => {
		const random = createRandom(1);
		const waits = Array.from({ length: 4000 }, () =>
			backoffMs(3, null, () => random.below(1e6) / 1e6),
		);
		for (let quarter = 0; quarter < 4; quarter++) {
			const within = waits.filter((ms) => ms >= quarter * 500 && ms < (quarter + 1) * 500);
			expect(within.length).toBeGreaterThan(900);
			expect(within.length).toBeLessThan(1100);
		}
	});
});

describe('what the service asks for', () => {
	test.each([
		[null, 0],
		[0, 0],
		[1500, 1500],
		[30_000, 30_000],
	])('(%p ms) is followed: %d ms', (wanted, followed) => {
		expect(backoffMs(1, wanted, () => 0)).toBe(followed);
		// The jitter comes on top: nobody comes back too early.
		expect(backoffMs(1, wanted, () => 0.5)).toBe(followed + 250);
	});
});
