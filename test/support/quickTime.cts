/** The node's own waits, made short. */
import { afterEach, beforeEach, jest } from '@jest/globals';
import type * as clockSource from '../../nodes/client/clock.ts';
import { built } from './built.cts';
import { byLength } from './length.cts';

const { realClock } = built<typeof clockSource>('nodes/client/clock');
const sleep = realClock.sleep.bind(realClock);
const now = Date.now.bind(Date);

/** How many times as fast as in reality; `npm run test:long` waits in reality. */
const FACTOR = byLength(5, 1);

/** So many ms in reality, by the quick clock: what the machine may take beside the waits. */
export const inReality = (ms: number): number => ms * FACTOR;

/**
 * Call it first in a test file: from then on the clock of this process runs faster, the stand-in's
 * included, and the node's waits between requests end that much sooner. Time-outs of requests and
 * the stand-in's latencies stay real.
 *
 * @param factor how many times as fast
 */
export function useQuickTime(factor = FACTOR): void {
	beforeEach(() => {
		const start = now();
		Date.now = () => start + (now() - start) * factor;
		// A timer may end a ms early, which is more than one by this clock.
		realClock.sleep = async (ms, signal) => await sleep(Math.ceil(ms / factor) + 1, signal);
	});
	afterEach(() => {
		// First of all: what was mocked on top of this would come back.
		jest.restoreAllMocks();
		Date.now = now;
		realClock.sleep = sleep;
	});
}
