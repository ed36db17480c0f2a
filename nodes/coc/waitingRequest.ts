import type { History, HistoryEntry } from './history';
import { openRequests } from './openRequests';

export type RequestKind = 'pause' | 'level';

const KINDS = { pauseRequest: 'pause', levelRequest: 'level' } as const;

/**
 * Which request waits for approval, when the history shows exactly one kind; null otherwise.
 *
 * @param tasks what COC offers: a ticket that is paused has its pause approved, and where all of several
 *   people have to approve, an approved request may wait for more of them
 */
export function waitingRequest(
	{ entries, complete }: History,
	tasks: { isPaused: boolean; hasSeveralApprovers: boolean },
): RequestKind | null {
	if (!complete || entries.some(({ at }) => at === null)) return null;
	const open = new Set(openRequests(entries));
	if (tasks.isPaused) open.delete('pauseRequest');
	if (open.size === 0 && tasks.hasSeveralApprovers) {
		const notApproved = entries.filter(({ kind }) => !APPROVALS.has(kind));
		openRequests(notApproved).forEach((kind) => open.add(kind));
	}
	const [only = 'either'] = open;
	return open.size === 1 && only !== 'either' ? KINDS[only] : null;
}

/** A second one may look like the agreement to close. */
const APPROVALS: ReadonlySet<HistoryEntry['kind']> = new Set(['approval', 'agreement'] as const);
