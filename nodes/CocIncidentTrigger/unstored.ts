import { createHash } from 'crypto';
import type { Memory } from './memory';

/**
 * What polls without events have remembered, in this process. n8n stores nothing of it; where it takes
 * the memory from its database for each poll, a backlog without events that takes more than one poll
 * would be begun again and again.
 */
const unstored = new Map<string, { from: string; to: Memory }>();

/** Keeps what became of a stored memory without n8n being told. */
export function keepUnstored(node: string, stored: unknown, to: Memory): void {
	// A memory that was emptied must begin now, not where an earlier one did.
	if (stored !== undefined) unstored.set(node, { from: printOf(stored), to });
}

/** What became of exactly this stored memory since; null when nothing is known of it. */
export function unstoredSince(node: string, stored: unknown): Memory | null {
	const kept = unstored.get(node);
	return kept !== undefined && kept.from === printOf(stored) ? kept.to : null;
}

function printOf(stored: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(stored) ?? '')
		.digest('base64');
}
