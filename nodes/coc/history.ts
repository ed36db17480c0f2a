import { saidBody, type Answer } from './answer';
import { asRecord, timeOf, type JsonRecord } from './json';
import { stepOfKeys, type StepKind } from './lifecycle';
import { ACCEPTED, knownStatus } from './statuses';

/** What happened to a ticket. */
export interface History {
	entries: HistoryEntry[];
	/** Whether every entry is there and could be read: only then absence means something. */
	complete: boolean;
}

export interface HistoryEntry {
	/** A step of its life; `other` leaves its status as it is; `unknown` isn't documented by COC. */
	kind: StepKind | 'other' | 'unknown';
	/** IAM user ID. */
	operator: string | null;
	comment: string | null;
	/** When it happened, in ms since 1970 by COC's clock; null when that can't be read. */
	at: number | null;
}

/** COC's record of a ticket: what the history call and, after it, the detail call say. */
export interface TicketRecord {
	history: History;
	status: string;
}

/**
 * Reads `data.info[]` and `data.total` of a success answer; null when it isn't such a list. Read as
 * COC said it, since what was sent is compared with it; nothing of it is put out.
 */
export function readHistory(answer: Answer, ticket: string): History | null {
	const data = answer.envelope && asRecord(saidBody(answer)?.data);
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

/** Keys that answer a request, or close the ticket or reject it before it is accepted. */
const DECISIONS = ['rejected', 'agreed'] as const;

/** The keys of what is asked for and has to be agreed to. */
const REQUESTS = ['incidentPause', 'incidentChangeLevel1', 'changeLevel'] as const;

/** Keys that leave the status as it is. */
const OTHERS = ['addRemark', 'recovery', ...REQUESTS] as const;

function readEntry(entry: JsonRecord, all: readonly JsonRecord[]): HistoryEntry {
	const kind = kindOf(entry);
	const isDecision = kind === 'rejection' || kind === 'agreement';
	return {
		kind: isDecision && isApproval(entry, all) ? 'other' : kind,
		operator: textOf(entry.operator),
		comment: textOf(entry.comment),
		at: timeOf(entry.start_time),
	};
}

function kindOf(entry: JsonRecord): HistoryEntry['kind'] {
	return stepOfKeys(keysOf(entry)) ?? (isOneOf(entry, OTHERS) ? 'other' : 'unknown');
}

/** An action is named by its key; which of the fields holds it isn't documented for all of them. */
function keysOf({ action, sub_action, final_sub_action }: JsonRecord): unknown[] {
	return [action, sub_action, final_sub_action];
}

function isOneOf(entry: JsonRecord, keys: readonly string[]): boolean {
	return keys.some((key) => keysOf(entry).includes(key));
}

/**
 * Whether a decision answers a request for a pause or another level, so that the ticket stays where
 * it is. The status at that step decides, else a request before it that nothing has answered. In
 * doubt it is a step, since nothing must look as if it couldn't have happened.
 */
function isApproval(entry: JsonRecord, all: readonly JsonRecord[]): boolean {
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
		if (isOneOf(step, DECISIONS)) return Math.max(0, open - 1);
		return kindOf(step) === 'other' ? open : 0;
	}, 0);
}

/** An entry of another ticket names it; COC may also name tickets by an ID of its own. */
function isOf({ ticket_id }: JsonRecord, ticket: string): boolean {
	const named = typeof ticket_id === 'string' ? ticket_id.trim().toUpperCase() : '';
	return named === ticket.toUpperCase() || !/^IM\d/.test(named);
}

function isCount(value: unknown): boolean {
	return (typeof value === 'number' || typeof value === 'string') && /^\d+$/.test(String(value));
}

function textOf(value: unknown): string | null {
	return typeof value === 'string' ? value.trim() : null;
}
