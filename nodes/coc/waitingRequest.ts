import type { History, HistoryEntry } from './history';
import { openRequests } from './openRequests';

export type RequestKind = 'pause' | 'level';

/**
 * Which request waits for approval, when the history shows it; null otherwise. A level that was raised
 * needed no approval, so that its request stays unanswered: the pause that was asked for after it is
 * the one that waits.
 *
 * @param tasks what COC offers: a ticket that is paused has its pause approved, and where all of several
 *   people have to approve, an approved request may wait for more of them
 */
export function waitingRequest(
	{ entries, complete }: History,
	tasks: { isPaused: boolean; hasSeveralApprovers: boolean },
): RequestKind | null {
	if (!complete || entries.some(({ at }) => at === null)) return null;
	const maybeOpen = entries.filter(
		({ kind }) => !tasks.hasSeveralApprovers || !APPROVALS.has(kind),
	);
	const open = openRequests(maybeOpen, (kind) => kind === 'reopening').filter(
		(kind) => !tasks.isPaused || kind !== 'pauseRequest',
	);
	const newest = open.at(-1);
	const older = open.filter((kind) => kind !== newest);
	if (newest === undefined || newest === 'either' || older.includes('either')) return null;
	if (older.length === 0) return newest === 'pauseRequest' ? 'pause' : 'level';
	return newest === 'pauseRequest' && !tasks.hasSeveralApprovers ? 'pause' : null;
}

/** A second one may look like the agreement to close. */
const APPROVALS: ReadonlySet<HistoryEntry['kind']> = new Set(['approval', 'agreement'] as const);
