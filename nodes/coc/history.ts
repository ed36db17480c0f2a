import { saidBody, type Answer } from './answer';
import { asRecord, timeOf, type JsonRecord } from './json';
import { isStaying, statusesBefore, stepOfKeys, type StepKind } from './lifecycle';
import { openRequests } from './openRequests';
import { knownStatus } from './statuses';

/** What happened to a ticket. */
export interface History {
	entries: HistoryEntry[];
	/** Whether every entry is there and could be read: only then absence means something. */
	complete: boolean;
}

export interface HistoryEntry {
	/** A step of its life; `unknown` isn't documented by COC. */
	kind: StepKind | 'unknown';
	/** IAM user ID. */
	operator: string | null;
	comment: string | null;
	/** When it happened, in ms since 1970 by COC's clock; null when that can't be read. */
	at: number | null;
}

/** COC's record of a ticket: what the history call and, after it, the detail call say. */
export interface TicketRecord extends TicketState {
	history: History;
	/** Whether COC still offers the task by which the write was sent; null for a call without one. */
	isTaskOffered: boolean | null;
}

/** Where a ticket stands, as the detail call shows it. */
export interface TicketState {
	status: string;
	/** COC's key. */
	level: string | null;
	/** IAM user ID. */
	assignee: string | null;
	/** Scene and role of the shift that handles it. */
	shift: string | null;
	/** When its last solution was submitted, in ms since 1970. */
	solvedAt: number | null;
}

/** Whether a ticket is as it was. */
export function isSameState(one: TicketState, other: TicketState): boolean {
	return (['status', 'level', 'assignee', 'shift', 'solvedAt'] as const).every(
		(name) => one[name] === other[name],
	);
}

/** COC gives no more (`data.info`); it has no pages. */
const MOST_ENTRIES = 1024;

/** The entries of a history as COC gave them. */
export interface HistoryRecords {
	records: JsonRecord[];
	/** Whether every entry is there and is one. */
	complete: boolean;
}

/**
 * Takes `data.info[]` and `data.total` from the body of a success answer; null when it isn't such a
 * list.
 */
export function historyRecords(body: JsonRecord | null, ticket: string): HistoryRecords | null {
	const data = asRecord(body?.data);
	if (data === null || !Array.isArray(data.info)) return null;
	const list = data.info as unknown[];
	const { total } = data;
	const isAll =
		total === undefined
			? list.length < MOST_ENTRIES
			: isCount(total) && Number(total) <= list.length;
	const records = list.map(asRecord).filter((record) => record !== null);
	return {
		// A server may ignore the filter.
		records: records.filter((record) => isOf(record, ticket)),
		complete: records.length === list.length && isAll,
	};
}

/** Entries by their time, where all have one; else in COC's order. */
export function inTimeOrder(records: JsonRecord[], direction: 'asc' | 'desc'): JsonRecord[] {
	const at = ({ start_time }: JsonRecord) => timeOf(start_time);
	if (records.some((record) => at(record) === null)) return records;
	const sign = direction === 'asc' ? 1 : -1;
	return [...records].sort((a, b) => sign * ((at(a) ?? 0) - (at(b) ?? 0)));
}

/**
 * Reads a history as COC said it, since what was sent is compared with it; nothing of it is put out.
 */
export function readHistory(answer: Answer, ticket: string): History | null {
	const found = answer.envelope && historyRecords(saidBody(answer), ticket);
	if (found === null) return null;
	const { records, complete } = found;
	return { entries: records.map((record) => readEntry(record, records)), complete };
}

/** Steps whose keys also answer a request: the answer that they are then. */
const ANSWERS: ReadonlyMap<HistoryEntry['kind'], StepKind> = new Map([
	['rejection', 'refusal'],
	['agreement', 'approval'],
]);

export function readEntry(entry: JsonRecord, all: readonly JsonRecord[]): HistoryEntry {
	const kind = kindOf(entry);
	const answer = ANSWERS.get(kind);
	return {
		kind: answer !== undefined && isAnswer(entry, all) ? answer : kind,
		operator: textOf(entry.operator),
		comment: textOf(entry.comment),
		at: timeOf(entry.start_time),
	};
}

function kindOf(entry: JsonRecord): HistoryEntry['kind'] {
	return stepOfKeys(keysOf(entry)) ?? 'unknown';
}

/** An action is named by its key; which of the fields holds it isn't documented for all of them. */
export function keysOf({ action, sub_action, final_sub_action }: JsonRecord): unknown[] {
	return [action, sub_action, final_sub_action];
}

/**
 * Whether a decision answers a request for a pause or another level, so that the ticket stays where
 * it is. The status at that step decides, else a request before it that nothing has answered. In
 * doubt it is a step, since nothing must look as if it couldn't have happened.
 */
function isAnswer(entry: JsonRecord, all: readonly JsonRecord[]): boolean {
	const status = knownStatus(entry.status);
	if (status !== null) return statusesBefore('approval').includes(status);
	const at = timeOf(entry.start_time);
	const others = all
		.filter((other) => other !== entry)
		.map((other) => ({ kind: kindOf(other), at: timeOf(other.start_time) }));
	if (at === null || others.some((other) => other.at === null)) return false;
	const before = others.filter((other) => (other.at ?? 0) <= at);
	return openRequests(before, (kind) => kind === 'unknown' || !isStaying(kind)).length > 0;
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
