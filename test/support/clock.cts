import { afterEach, beforeEach, jest } from '@jest/globals';

/** The time that this process, and all stand-ins with `now`, take it to be. */
export interface Clock {
	/** How far everybody's clock has been put forward, in ms. */
	forward: number;
	/** How far this machine's clock alone is ahead of that of COC and IAM, in ms. */
	ahead: number;
	/** The clock of COC and IAM. */
	now: () => number;
}

/** A clock that tests may change; before each test of a file it is right. */
export function useClock(): Clock {
	const clock: Clock = { forward: 0, ahead: 0, now: () => Date.now() - clock.ahead };
	beforeEach(() => {
		const realNow = Date.now.bind(Date);
		clock.forward = clock.ahead = 0;
		jest.spyOn(Date, 'now').mockImplementation(() => realNow() + clock.forward + clock.ahead);
	});
	afterEach(() => {
		jest.restoreAllMocks();
	});
	return clock;
}
