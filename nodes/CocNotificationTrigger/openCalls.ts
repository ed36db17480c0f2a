import { realClock } from '../client/clock';

/** The calls that stay open to read tickets. n8n keeps much for each call until it has ended. */
export interface OpenCalls {
	count: number;
	/** Those that wait for a time. */
	sleepers: Set<AbortController>;
}

/** Most calls that stay open; what others bring is read by these. */
export const MOST_OPEN = 4;

export const newOpenCalls = (): OpenCalls => ({ count: 0, sleepers: new Set() });

/** Waits until a time, or until there is something new to do. */
export async function sleepUntil({ sleepers }: OpenCalls, time: number): Promise<void> {
	const sleeper = new AbortController();
	sleepers.add(sleeper);
	await realClock.sleep(Math.max(1, time - realClock.now()), sleeper.signal);
	sleepers.delete(sleeper);
}

/** Wakes those that wait. */
export function wake({ sleepers }: OpenCalls): void {
	for (const sleeper of sleepers) sleeper.abort();
}
