import { afterAll, beforeAll } from '@jest/globals';
import type * as clockSource from '../../nodes/client/clock.ts';
import { built } from '../support/built.cts';

const { realClock } = built<typeof clockSource>('nodes/client/clock');
const sleep = realClock.sleep.bind(realClock);

/** The node waits so long, in ms, before it looks again for what v2's call may have done. */
const LONG = 4000;
/** Still longer than COC takes for what is late here. */
const FACTOR = 8;

/** Makes the node's long waits short; all others, and what COC and the network take, stay real. */
export function useShortWaits(): void {
	beforeAll(() => {
		realClock.sleep = async (ms, signal) => await sleep(ms < LONG ? ms : ms / FACTOR, signal);
	});
	afterAll(() => {
		realClock.sleep = sleep;
	});
}
