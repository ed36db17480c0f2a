import { LONGEST_WAIT_MS } from '../coc/retryAfter';

/** When the run's next request may start. */
export interface RateLimit {
	/** Reserves the next turn; how long to wait for it, in ms. */
	turn(now: number): number;
	/** How long an answer took, in ms: the next starts are spread over that time. */
	answered(ms: number): void;
}

/** When an endpoint may be asked again, after it asked for a short wait. */
export interface Hold {
	/** How long it is held, in ms; at most 0 when it isn't. */
	left(now: number): number;
	/** No request starts before this time, in ms since 1970. */
	until(time: number): void;
}

/**
 * Spread request starts; otherwise answers arrive in bursts and queue. So starts are spread over this
 * part of what an answer took, but not further apart, in ms, than handling one may take, nor for less
 * than a timer's resolution.
 */
const SPREAD = { part: 0.8, most: 3, least: 1 } as const;

/**
 * @param perSecond most requests in a second; null for no bound
 * @param concurrency most requests under way at once
 */
export function createRateLimit(perSecond: number | null, concurrency: number): RateLimit {
	const asked = perSecond === null ? 0 : 1000 / perSecond;
	let interval = asked;
	let shortest = Infinity;
	let free = 0;
	return {
		turn(now) {
			const wait = free - now;
			// Longer than all the others can wait: the clock was set back.
			const at = wait > interval * (concurrency + 1) ? now : now + Math.max(0, wait);
			free = at + interval;
			return at - now;
		},
		answered(ms) {
			shortest = Math.min(shortest, ms);
			const spread = Math.min((shortest * SPREAD.part) / concurrency, SPREAD.most);
			interval = Math.max(asked, spread < SPREAD.least ? 0 : spread);
		},
	};
}

export function createHold(): Hold {
	let heldUntil = 0;
	return {
		left(now) {
			// Longer than any wait that is waited for: the clock was set back.
			if (heldUntil - now > LONGEST_WAIT_MS) heldUntil = now;
			return heldUntil - now;
		},
		until(time) {
			heldUntil = Math.max(heldUntil, time);
		},
	};
}

/** Lets so many run at once; the others wait in their order. */
export interface Semaphore {
	run<T>(work: () => Promise<T>): Promise<T>;
}

export function createSemaphore(width: number): Semaphore {
	const waiting: Array<() => void> = [];
	let inside = 0;
	return {
		async run(work) {
			// The place is handed on, and stays taken.
			if (inside >= width) await new Promise<void>((enter) => waiting.push(enter));
			else inside++;
			try {
				return await work();
			} finally {
				const next = waiting.shift();
				if (next) next();
				else inside--;
			}
		},
	};
}
