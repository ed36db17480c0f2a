import { saidData, type Answer } from './answer';
import { ACCEPTED, knownStatus } from './statuses';
import { asRecord, timeOf, type JsonRecord } from './json';

/** What happened to a ticket. */
export interface History {
	entries: HistoryEntry[];
	/** Whether every entry is there and could be read: only then absence means something. */
	complete: boolean;
}

export interface HistoryEntry {
	/**
	 * `handover`: the ticket may have to be accepted once more; `agreement`: to close it after a
	 * rejection, or one that can't be told from that; `other`: it stays where it is; `unknown`: an
	 * action that COC doesn't document.
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
	// A server may ignore the filter.
	const own = records.filter((record) => isOf(record, ticket));
	return {
		entries: own.map((record) => readEntry(record, own)),
		complete: records.length === list.length && isAll,
	};
}

/** Keys that mean three things each: see `isApproval`. */
const REJECTED_KEY = 'rejected';
const AGREED_KEY = 'agreed';

/** The keys of what is asked for and has to be agreed to. */
const REQUESTS = ['incidentPause', 'incidentChangeLevel1', 'changeLevel'] as const;

/** By the keys of the calls, v1's and v2's. */
const KINDS: ReadonlyArray<[HistoryEntry['kind'], readonly string[]]> = [
	['verification', ['confirm']],
	['solution', ['commitSolution1', 'commitSolution']],
	['acceptance', ['acceptedIncident1', 'accepted']],
	[
		'handover',
		['forwardOther1', 'unAcceptedForward', 'acceptedForward', REJECTED_KEY, 'ReOpen', 'Reopen'],
	],
	['agreement', [AGREED_KEY]],
	['other', ['addRemark', 'recovery', ...REQUESTS]],
];

function readEntry(entry: JsonRecord, all: readonly JsonRecord[]): HistoryEntry {
	return {
		kind: isApproval(entry, all) ? 'other' : kindOf(entry),
		operator: asText(entry.operator),
		comment: asText(entry.comment),
		at: timeOf(entry.start_time),
	};
}

function kindOf(entry: JsonRecord): HistoryEntry['kind'] {
	return KINDS.find(([, keys]) => isOneOf(entry, keys))?.[0] ?? 'unknown';
}

/** An action is named by its key; which of the fields holds it isn't documented for all of them. */
function isOneOf({ action, sub_action, final_sub_action }: JsonRecord, keys: readonly string[]) {
	return keys.some((key) => [action, sub_action, final_sub_action].includes(key));
}

/**
 * Whether an agreement or a refusal answers a request for a pause or for another level, so that the
 * ticket stays where it is. The same keys close a ticket, and reject it before it is accepted. The
 * ticket's status at that step tells, else a request before it that nothing has answered; in doubt
 * it is none, so that nothing looks as if it couldn't have happened.
 */
function isApproval(entry: JsonRecord, all: readonly JsonRecord[]): boolean {
	if (!isOneOf(entry, [REJECTED_KEY, AGREED_KEY])) return false;
	const status = knownStatus(entry.status);
	if (status !== null) return status === ACCEPTED;
	const at = timeOf(entry.start_time);
	const others = all.filter((other) => other !== entry);
	if (at === null || others.some(({ start_time }) => timeOf(start_time) === null)) return false;
	return openRequests(others.filter(({ start_time }) => (timeOf(start_time) ?? 0) <= at)) > 0;
}

/** How many requests are unanswered after these steps. What moves a ticket on leaves none. */
function openRequests(steps: readonly JsonRecord[]): number {
	const isRequest = (step: JsonRecord) => isOneOf(step, REQUESTS);
	const inOrder = [...steps].sort(
		(a, b) =>
			(timeOf(a.start_time) ?? 0) - (timeOf(b.start_time) ?? 0) ||
			Number(isRequest(b)) - Number(isRequest(a)),
	);
	return inOrder.reduce((open, step) => {
		if (isRequest(step)) return open + 1;
		if (isOneOf(step, [REJECTED_KEY, AGREED_KEY])) return Math.max(0, open - 1);
		return kindOf(step) === 'other' ? open : 0;
	}, 0);
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
