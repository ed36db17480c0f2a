import type { Clock } from './clock';

/** Why a run starts no more writes: its user stopped it, an item failed, or all retries are used up. */
export type Halted = 'cancelled' | 'stopped' | 'budgetSpent';

/** Stops a run. What is under way goes on, with its look at the record; nothing new begins. */
export interface Brake {
	/** Null as long as writes may start. */
	readonly why: Halted | null;
	/** The first reason stays, but for the user's own stop. */
	pull(why: Halted): void;
	/** Sleeps before a write, until the time is over or the brake is pulled. */
	sleep(ms: number): Promise<void>;
	/** Sleeps between looks at the record, which only the user's stop cuts short. */
	sleepBetweenLooks(ms: number): Promise<void>;
}

export function createBrake(clock: Clock): Brake {
	let why: Halted | null = null;
	// A signal for each sleeper: hundreds of listeners at a shared one make Node warn of a leak.
	const beforeWrites = new Set<AbortController>();
	const betweenLooks = new Set<AbortController>();

	async function sleepIn(sleepers: Set<AbortController>, ms: number): Promise<void> {
		if (ms <= 0) return;
		const sleeper = new AbortController();
		sleepers.add(sleeper);
		await clock.sleep(ms, sleeper.signal);
		sleepers.delete(sleeper);
	}

	function wake(sleepers: Set<AbortController>): void {
		for (const sleeper of sleepers) sleeper.abort();
	}

	return {
		get why() {
			return why;
		},
		pull(reason) {
			if (why === null || reason === 'cancelled') why = reason;
			wake(beforeWrites);
			if (why === 'cancelled') wake(betweenLooks);
		},
		async sleep(ms) {
			if (why === null) await sleepIn(beforeWrites, ms);
		},
		async sleepBetweenLooks(ms) {
			if (why !== 'cancelled') await sleepIn(betweenLooks, ms);
		},
	};
}
