import type { History, HistoryEntry } from './history';
import { openRequests } from './openRequests';

export type RequestKind = 'pause' | 'level';

/**
 * Which request waits for approval, when the history shows exactly one kind; null otherwise. A level
 * that was raised needs no approval, and its request stays unanswered: with a pause beside it nobody
 * can say which of both waits.
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
	const kinds = new Set(openRequests(maybeOpen, (kind) => kind === 'reopening'));
	if (tasks.isPaused) kinds.delete('pauseRequest');
	const [only] = kinds;
	if (kinds.size !== 1 || only === undefined || only === 'either') return null;
	return only === 'pauseRequest' ? 'pause' : 'level';
}

/** A second one may look like the agreement to close. */
const APPROVALS: ReadonlySet<HistoryEntry['kind']> = new Set(['approval', 'agreement'] as const);
