import { createHash } from 'crypto';
import type { State } from '../events/state';

/**
 * The state after polls without events, in this process: n8n may store nothing of it. Where it reads
 * the state from its database for each poll, a backlog without events that takes more than one poll
 * would be begun again and again, and a trigger that was switched on would begin once more with its
 * next poll: what happened in between would be lost.
 */
const uncommitted = new Map<string, { from: string; to: State }>();

/** Keeps the state that followed from a stored one without n8n storing it. */
export function keepUncommitted(node: string, stored: unknown, to: State): void {
	uncommitted.set(node, { from: hashOf(stored), to });
}

/**
 * The state that followed from exactly this stored one; null when none is known. What followed from
 * none at all counts until n8n shows a stored one: a state that is emptied later begins anew.
 */
export function uncommittedSince(node: string, stored: unknown): State | null {
	const kept = uncommitted.get(node);
	if (kept === undefined) return null;
	if (kept.from === hashOf(stored)) return kept.to;
	if (kept.from === NONE) uncommitted.delete(node);
	return null;
}

/** The same for equal stored states only. */
export function hashOf(stored: unknown): string {
	return stored === undefined
		? NONE
		: createHash('sha256').update(JSON.stringify(stored)).digest('base64');
}

const NONE = '';
