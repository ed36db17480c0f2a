import type { IPollFunctions } from 'n8n-workflow';
import { LONGEST_LEFT_ALONE_MS } from '../coc/retryAfter';
import { printOf } from './uncommittedState';

/** A poll's turn: n8n lets polls of one node overlap, and asks again however often COC said to wait. */
export interface Turn {
	/**
	 * Another poll of the node is under way or has just told what this one would tell, or COC wants to
	 * be left alone.
	 */
	isRefused: boolean;
	/** This poll tells events. */
	tells(): void;
	/** Refuses the node's polls until then, in ms since 1970. */
	leaveAlone(until: number): void;
	end(): void;
}

/**
 * n8n stores the memory of a poll with events while the next one may be on its way with the memory
 * before it. That one lets itself pass, rather than tell the events again. When n8n has thrown away
 * what was told instead, it comes with that memory once more, and later. In ms.
 */
const STORED_AFTER_MS = 30_000;

const underWay = new Set<string>();
const notBefore = new Map<string, number>();
/** The memory that a node's last events were told from, and when. */
const toldFrom = new Map<string, { print: string; at: number }>();

/** Tells a node from all others in this n8n. */
export function nodeOf(context: Pick<IPollFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/**
 * Takes the node's turn, if it is free; whoever takes it must end it. A node that remembers nothing yet
 * doesn't wait: n8n would take it for switched on, and what happens until its first poll would be lost.
 *
 * @param stored the memory that n8n gives to the poll
 * @param clock tells ms since 1970
 */
export function turnOf(
	node: string,
	stored: unknown,
	hasBegun: boolean,
	clock: { now(): number },
): Turn {
	const began = clock.now();
	const print = printOf(stored);
	const told = toldFrom.get(node);
	const isBehind = told?.print === print && Math.abs(began - told.at) < STORED_AFTER_MS;
	const isTooSoon = hasBegun && began < (notBefore.get(node) ?? 0);
	const isRefused = underWay.has(node) || isBehind || isTooSoon;
	if (!isRefused) {
		underWay.add(node);
		notBefore.delete(node);
	}
	return {
		isRefused,
		tells: () => toldFrom.set(node, { print, at: clock.now() }),
		leaveAlone(until) {
			notBefore.set(node, Math.min(until, began + LONGEST_LEFT_ALONE_MS));
		},
		end() {
			if (!isRefused) underWay.delete(node);
		},
	};
}
