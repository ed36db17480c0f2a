/** When the run's next request may go. */
export interface Pace {
	/** Reserves the next turn; how long to wait for it, in ms. */
	turn(now: number): number;
	/** How long the service wants to be left alone, in ms. */
	held(now: number): number;
	/** Lets no request go before this time: the service asked for it. */
	holdUntil(time: number): void;
}

/** @param perSecond most requests in a second; null for no bound */
export function createPace(perSecond: number | null): Pace {
	const interval = perSecond === null ? 0 : 1000 / perSecond;
	let free = 0;
	let heldUntil = 0;
	return {
		turn(now) {
			const at = Math.max(now, free);
			free = at + interval;
			return at - now;
		},
		held: (now) => heldUntil - now,
		holdUntil(time) {
			heldUntil = Math.max(heldUntil, time);
		},
	};
}
