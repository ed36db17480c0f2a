import type { NoAnswer } from '../coc/noAnswer';
import type { Wait } from '../coc/retryAfter';
import type { Clock } from './clock';

/**
 * Why a run starts no more writes: its user cancelled it, an item failed, its retry budget is used up,
 * or COC asked to be left alone for longer than a request waits.
 */
export type StopReason = 'cancelled' | 'stopped' | 'budgetSpent' | 'backOff';

/**
 * Stops the requests to an endpoint. What is under way goes on, read-back included; nothing new
 * begins. While COC asks to be left alone, nothing is read either.
 */
export interface StopSignal {
	/** Null as long as writes may start. */
	readonly reason: StopReason | null;
	/** Null as long as COC may be asked at all. */
	readonly wait: Wait | null;
	/** What becomes of a write or read that would start now; null when it may. */
	blocks(what: 'write' | 'read'): NoAnswer | null;
	/** COC isn't asked any more in this run. */
	backOff(wait: Wait): void;
	/** The first reason stays, but for the user's own. */
	stop(reason: Exclude<StopReason, 'backOff'>): void;
	/** Sleeps before a write, until the time is over or the run is stopped. */
	sleep(ms: number): Promise<void>;
	/** Sleeps before a read of the record, until the time is over or the user cancels the run. */
	sleepBetweenReads(ms: number): Promise<void>;
}

export function createStopSignal(clock: Clock): StopSignal {
	let reason: StopReason | null = null;
	let backOffWait: Wait | null = null;
	// A signal for each sleeper: hundreds of listeners at a shared one make Node warn of a leak.
	const beforeWrites = new Set<AbortController>();
	const beforeReads = new Set<AbortController>();

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
		return backOffWait && { ...backOffWait, ms: Math.max(0, backOffWait.until - clock.now()) };
	}

	return {
		get reason() {
			return reason;
		},
		get wait() {
			return waitNow();
		},
		blocks(what) {
			const wait = waitNow();
			const kind = what === 'write' ? reason : wait && 'backOff';
			if (kind === null) return null;
			return { kind, code: null, ...(kind === 'backOff' && wait && { wait }) };
		},
		backOff(wait) {
			if (backOffWait === null || wait.until > backOffWait.until) backOffWait = wait;
			reason ??= 'backOff';
			wake(beforeWrites);
			wake(beforeReads);
		},
		stop(why) {
			if (reason === null || why === 'cancelled') reason = why;
			wake(beforeWrites);
			if (reason === 'cancelled') wake(beforeReads);
		},
		async sleep(ms) {
			if (reason === null) await sleepIn(beforeWrites, ms);
		},
		async sleepBetweenReads(ms) {
			if (reason !== 'cancelled' && backOffWait === null) await sleepIn(beforeReads, ms);
		},
	};
}
