import { LONGEST_WAIT_MS } from '../coc/retryAfter';

/** When the run's next request may go. */
export interface Pace {
	/** Reserves the next turn; how long to wait for it, in ms. */
	turn(now: number): number;
	/** How long an answer took, in ms: what follows is spread over that time. */
	answered(ms: number): void;
	/** How long the service wants to be left alone, in ms. */
	held(now: number): number;
	/** Lets no request go before this time: the service asked for it. */
	holdUntil(time: number): void;
}

/**
 * Answers that come together would be worked off one after the other, sent on together and come
 * back together again, each waiting for all. So starts are spread over this part of what an answer
 * took, but not further apart, in ms, than what working one off may take, nor for less than a timer
 * can tell apart.
 */
const SPREAD = { part: 0.8, most: 3, least: 1 } as const;

/**
 * @param perSecond most requests in a second; null for no bound
 * @param concurrency most requests under way at once
 */
export function createPace(perSecond: number | null, concurrency: number): Pace {
	const asked = perSecond === null ? 0 : 1000 / perSecond;
	let interval = asked;
	let shortest = Infinity;
	let free = 0;
	let heldUntil = 0;
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
		held(now) {
			// Longer than anybody can ask for: the clock was set back.
			if (heldUntil - now > LONGEST_WAIT_MS) heldUntil = now;
			return heldUntil - now;
		},
		holdUntil(time) {
			heldUntil = Math.max(heldUntil, time);
		},
	};
}
