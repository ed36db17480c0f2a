import { LONGEST_BACK_OFF_MS } from '../coc/retryAfter';
import { hashOf } from './uncommittedState';

/** A poll's hold on its node: n8n lets polls of one node overlap, and polls again however long COC asked to wait. */
export interface PollLock {
	/**
	 * Another poll of the node is under way or has just emitted what this one would emit, or COC asked
	 * to be left alone.
	 */
	isRefused: boolean;
	/** This poll emits events. */
	emits(): void;
	/** Refuses the node's polls until then, in ms since 1970. */
	backOffUntil(time: number): void;
	release(): void;
}

/**
 * n8n stores the state of a poll with events while the next one may be running with the state before
 * it: that second poll is skipped, since it would emit the events again. When n8n has discarded what
 * was emitted instead, it comes with that state once more, and later. In ms.
 */
const STORED_AFTER_MS = 30_000;

const underWay = new Set<string>();
const notBefore = new Map<string, number>();
/** The state that a node's last events were emitted from, and when. */
const emittedFrom = new Map<string, { hash: string; at: number }>();

/**
 * Takes the node's lock, if it is free; the caller releases it. A node without a state yet
 * isn't refused: n8n would take it for switched on, and what happens until its first poll would be
 * lost.
 *
 * @param stored the state that n8n gives to the poll
 * @param clock gives ms since 1970
 */
export function lockPoll(
	node: string,
	stored: unknown,
	hasBegun: boolean,
	clock: { now(): number },
): PollLock {
	const began = clock.now();
	const hash = hashOf(stored);
	const emitted = emittedFrom.get(node);
	const isBehind = emitted?.hash === hash && Math.abs(began - emitted.at) < STORED_AFTER_MS;
	const isTooSoon = hasBegun && began < (notBefore.get(node) ?? 0);
	const isRefused = underWay.has(node) || isBehind || isTooSoon;
	if (!isRefused) {
		underWay.add(node);
		notBefore.delete(node);
	}
	return {
		isRefused,
		emits: () => emittedFrom.set(node, { hash, at: clock.now() }),
		backOffUntil(time) {
			notBefore.set(node, Math.min(time, began + LONGEST_BACK_OFF_MS));
		},
		release() {
			if (!isRefused) underWay.delete(node);
		},
	};
}
