import { saidData, type Answer } from './answer';
import { asRecord, timeOf } from './json';

/** What happened to a ticket. */
export interface History {
	entries: HistoryEntry[];
	/** Whether every entry is there and could be read: only then absence means something. */
	complete: boolean;
}

export interface HistoryEntry {
	/**
	 * `handover`: the ticket may have to be accepted once more; `agreement`: to a pause, to another
	 * level, or to close it after a rejection; `other`: it stays where it is; `unknown`: an action
	 * that COC doesn't document.
	 */
	kind: 'acceptance' | 'solution' | 'verification' | 'handover' | 'agreement' | 'other' | 'unknown';
	/** IAM user ID. */
	operator: string | null;
	comment: string | null;
	/** When it happened, in ms since 1970 by COC's clock; null when that can't be read. */
	at: number | null;
}

/** The v1 call that lists what happened to a ticket (`list-histories`), newest first. */
export function listHistories(ticket: string) {
	return {
		method: 'POST',
		path: '/v1/external/incident/list-histories',
		body: {
			string_filters: [{ field: 'ticket_id', operator: '=', values: [ticket] }],
			sort_filter: { field: 'start_time', operator: 'desc', values: ['start_time'] },
		},
	} as const;
}

/**
 * Reads `data.info[]` and `data.total` of a success answer; null when it isn't such a list. Read as
 * COC said it: what was sent is compared with it, and nothing of it is put out.
 */
export function readHistory(answer: Answer, ticket: string): History | null {
	const data = asRecord(saidData(answer));
	if (data === null || !Array.isArray(data.info)) return null;
	const list = data.info as unknown[];
	const { total } = data;
	const isAll = total === undefined || (isCount(total) && Number(total) <= list.length);
	const records = list.map(asRecord).filter((record) => record !== null);
	return {
		// A server may ignore the filter.
		entries: records.filter((record) => isOf(record, ticket)).map(readEntry),
		complete: records.length === list.length && isAll,
	};
}

/** By the keys of the calls, v1's and v2's. */
const KINDS: ReadonlyArray<[HistoryEntry['kind'], readonly string[]]> = [
	['verification', ['confirm']],
	['solution', ['commitSolution1', 'commitSolution']],
	['acceptance', ['acceptedIncident1', 'accepted']],
	[
		'handover',
		['forwardOther1', 'unAcceptedForward', 'acceptedForward', 'rejected', 'ReOpen', 'Reopen'],
	],
	['agreement', ['agreed']],
	['other', ['addRemark', 'recovery', 'incidentPause', 'incidentChangeLevel1', 'changeLevel']],
];

function readEntry(entry: Record<string, unknown>): HistoryEntry {
	return {
		kind: kindOf(entry),
		operator: asText(entry.operator),
		comment: asText(entry.comment),
		at: timeOf(entry.start_time),
	};
}

/** An action is named by its key; which of the fields holds it isn't documented for all of them. */
function kindOf({ action, sub_action, final_sub_action }: Record<string, unknown>) {
	const keys = [action, sub_action, final_sub_action];
	return KINDS.find(([, known]) => known.some((key) => keys.includes(key)))?.[0] ?? 'unknown';
}

/** An entry of another ticket names it; COC may also name tickets by an ID of its own. */
function isOf({ ticket_id }: Record<string, unknown>, ticket: string): boolean {
	const named = typeof ticket_id === 'string' ? ticket_id.trim().toUpperCase() : '';
	return named === ticket.toUpperCase() || !/^IM\d/.test(named);
}

function isCount(value: unknown): boolean {
	return (typeof value === 'number' || typeof value === 'string') && /^\d+$/.test(String(value));
}

function asText(value: unknown): string | null {
	return typeof value === 'string' ? value.trim() : null;
}
