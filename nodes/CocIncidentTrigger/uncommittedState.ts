import { createHash } from 'crypto';
import type { Memory } from './state';

/**
 * What polls without events have remembered, in this process: n8n may store nothing of it. Where it
 * takes the memory from its database for each poll, a backlog without events that takes more than one
 * poll would be begun again and again, and a trigger that was switched on would begin once more with
 * its next poll: what happened in between would be lost.
 */
const unstored = new Map<string, { from: string; to: Memory }>();

/** Keeps what became of a stored memory without n8n being told. */
export function keepUnstored(node: string, stored: unknown, to: Memory): void {
	unstored.set(node, { from: printOf(stored), to });
}

/**
 * What became of exactly this stored memory since; null when nothing is known of it. What became of
 * none at all counts until n8n shows a stored one: a memory that is emptied later begins anew.
 */
export function unstoredSince(node: string, stored: unknown): Memory | null {
	const kept = unstored.get(node);
	if (kept === undefined) return null;
	if (kept.from === printOf(stored)) return kept.to;
	if (kept.from === NONE) unstored.delete(node);
	return null;
}

/** Tells stored memories apart. */
export function printOf(stored: unknown): string {
	return stored === undefined
		? NONE
		: createHash('sha256').update(JSON.stringify(stored)).digest('base64');
}

const NONE = '';
