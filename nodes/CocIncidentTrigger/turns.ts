import type { IPollFunctions } from 'n8n-workflow';

/** A poll's turn: n8n lets polls of one node overlap, and asks again however often COC said to wait. */
export interface Turn {
	/** Another poll of the node is under way, or COC wants to be left alone. */
	isRefused: boolean;
	/** Refuses the node's polls until then, in ms since 1970. */
	leaveAlone(until: number): void;
	end(): void;
}

/** COC isn't left alone for longer than this, whatever it asks for. In ms. */
const LONGEST_MS = 60 * 60_000;

const underWay = new Set<string>();
const notBefore = new Map<string, number>();

/** Tells a node from all others in this n8n. */
export function nodeOf(context: Pick<IPollFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/**
 * Takes the node's turn, if it is free; whoever takes it must end it. A node that remembers nothing yet
 * doesn't wait: n8n would take it for switched on, and what happens until its first poll would be lost.
 */
export function turnOf(node: string, now: number, hasBegun: boolean): Turn {
	const isTooSoon = hasBegun && now < (notBefore.get(node) ?? 0);
	const isRefused = underWay.has(node) || isTooSoon;
	if (!isRefused) {
		underWay.add(node);
		notBefore.delete(node);
	}
	return {
		isRefused,
		leaveAlone: (until) => notBefore.set(node, Math.min(until, now + LONGEST_MS)),
		end() {
			if (!isRefused) underWay.delete(node);
		},
	};
}
