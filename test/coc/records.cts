// COC's record of a ticket, as suites write it down.
import type { KnownWrites } from '../../nodes/coc/findWrite.ts';
import type { HistoryEntry, TicketRecord } from '../../nodes/coc/history.ts';
import type { Trace } from '../../nodes/coc/trace.ts';

/** The documented statuses (Incident Status page), and one that isn't among them. */
export const STATUS = {
	draft: 'incident_draft',
	triggered: 'INCIDENT_STATUS_TRIGGERED',
	rejected: 'INCIDENT_STATUS_REJECTED',
	accepted: 'INCIDENT_STATUS_ACKNOWLEDGED',
	waiting: 'INCIDENT_STATUS_RESOLVED',
	completed: 'INCIDENT_STATUS_COMPLETED',
	paused: 'INCIDENT_STATUS_PAUSED',
} as const;
export type StatusName = keyof typeof STATUS;
export const STATUS_NAMES = Object.keys(STATUS) as StatusName[];

/** When the run's first write to the ticket was sent. */
export const SINCE = 1_790_000_000_000;
export const [ME, OTHER] = ['me', 'other'];

/** An entry of somebody else, this long after the run's first write. */
export const entryOf = (
	kind: HistoryEntry['kind'],
	after: number | null,
	fields: Partial<HistoryEntry> = {},
): HistoryEntry => ({
	...{ kind, operator: OTHER, comment: null, at: after === null ? null : SINCE + after },
	...fields,
});

export const recordOf = (status: string, ...entries: HistoryEntry[]): TicketRecord => ({
	history: { entries, complete: true },
	status,
	...{ level: 'level_30', assignee: ME, shift: null, solvedAt: null, isTaskOffered: null },
});

export const knownOf = (fields: Partial<KnownWrites> = {}): KnownWrites => ({
	...{ since: SINCE, before: null, recorded: [], maybeRecorded: false, stateBefore: null },
	...fields,
});

/** A write of mine. */
export const traceOf = (kind: Trace['kind'], fields: Partial<Trace> = {}): Trace => ({
	...{ kind, operator: ME, text: '' },
	...fields,
});
