import type { NoAnswer } from '../coc/classify';
import type { Wait } from '../coc/retryAfter';
import type { Clock } from './clock';

/**
 * Why a run starts no more writes: its user stopped it, an item failed, all retries are used up, or
 * COC wants to be left alone for longer than a run waits.
 */
export type Halted = 'cancelled' | 'stopped' | 'budgetSpent' | 'leftAlone';

/**
 * Stops a run. What is under way goes on, with its look at the record; nothing new begins. A COC
 * that wants to be left alone isn't looked at either.
 */
export interface Brake {
	/** Null as long as writes may start. */
	readonly why: Halted | null;
	/** Null as long as COC may be asked at all. */
	readonly wait: Wait | null;
	/** What becomes of a write that would start now, or of a read; null when it may. */
	halted(what: 'write' | 'read'): NoAnswer | null;
	/** COC isn't asked any more in this run. */
	leaveAlone(wait: Wait): void;
	/** The first reason stays, but for the user's own stop. */
	pull(why: Exclude<Halted, 'leftAlone'>): void;
	/** Sleeps before a write, until the time is over or the brake is pulled. */
	sleep(ms: number): Promise<void>;
	/** Sleeps between looks at the record, which the user's stop cuts short, or COC's wish. */
	sleepBetweenLooks(ms: number): Promise<void>;
}

export function createBrake(clock: Clock): Brake {
	let why: Halted | null = null;
	let leftAlone: Wait | null = null;
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

	function waitNow(): Wait | null {
		return leftAlone && { ...leftAlone, ms: Math.max(0, leftAlone.until - clock.now()) };
	}

	return {
		get why() {
			return why;
		},
		get wait() {
			return waitNow();
		},
		halted(what) {
			const wait = waitNow();
			const kind = what === 'write' ? why : wait && 'leftAlone';
			if (kind === null) return null;
			return { kind, code: null, ...(kind === 'leftAlone' && wait && { wait }) };
		},
		leaveAlone(wait) {
			if (leftAlone === null || wait.until > leftAlone.until) leftAlone = wait;
			why ??= 'leftAlone';
			wake(beforeWrites);
			wake(betweenLooks);
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
			if (why !== 'cancelled' && leftAlone === null) await sleepIn(betweenLooks, ms);
		},
	};
}
