import { sleep } from 'n8n-workflow';

/** Time and randomness, injected for tests. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** 0 up to, not including, 1. */
	random(): number;
	/** Ends after `ms`, or as soon as the signal says so. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	sleep: async (ms, signal) =>
		await new Promise<void>((resolve) => {
			const end = () => resolve();
			// n8n 1.x knows no signal here, n8n 2.x throws when it is aborted.
			signal.addEventListener('abort', end, { once: true });
			(sleep as (ms: number, signal?: AbortSignal) => Promise<void>)(ms, signal).then(end, end);
		}),
};
