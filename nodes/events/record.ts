import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../coc/answer';
import type { ReadCall } from '../coc/call';
import { historyOf } from '../coc/calls/listHistories';
import { readStatus, showCocIncidentDetail } from '../coc/calls/showCocIncidentDetail';
import type { History, HistoryEntry } from '../coc/history';
import { asRecord, timeOf } from '../coc/json';
import { isStaying, transitionsOf } from '../coc/lifecycle';
import { COMPLETED, NOT_ACCEPTED } from '../coc/statuses';
import type { Seen } from './state';

/** What COC's detail call shows of a ticket. */
export interface Detail extends Pick<Seen, 'status' | 'handledAt'> {
	/** `data` as COC sent it. */
	data: IDataObject;
}

/** The detail of a ticket; null within when it shows no status. */
export function detailOf(ticket: string): ReadCall<{ detail: Detail | null }> {
	return showCocIncidentDetail(ticket, 'status', (answer) => ({ detail: readDetail(answer) }));
}

/** What happened to a ticket; null within when that can't be read. */
export function eventsHistoryOf(ticket: string): ReadCall<{ history: History | null }> {
	const call = historyOf(ticket);
	return { ...call, take: (answer) => ({ history: call.take(answer) }) };
}

function readDetail(answer: Answer): Detail | null {
	const data = asRecord(answer.envelope?.data) as IDataObject | null;
	const status = readStatus(answer);
	if (data === null || status === null) return null;
	return { data, status, handledAt: timeOf(data.handle_time) };
}

/** Whether a history holds a step since then that may have led to the status. */
export function hasStepSince({ entries }: History, since: number, status: string): boolean {
	const isSince = ({ at }: HistoryEntry) => at === null || at >= since;
	const closings = entries.filter(({ kind }) => kind === 'verification' || kind === 'agreement');
	// A closed ticket may still get remarks, and entries that COC doesn't document.
	if (status === COMPLETED && closings.length > 0) return closings.some(isSince);
	return entries.some((entry) => mayLead(entry) && isSince(entry));
}

/** Whether an entry may have led to a status, other than that of a closed ticket. */
function mayLead({ kind }: HistoryEntry): boolean {
	return kind === 'unknown' || (kind !== 'agreement' && !isStaying(kind));
}

/** When the last step was taken that leads to the status; null when the history shows none. */
export function lastStepTo(status: string, { entries }: History): number | null {
	const times = entries.filter(({ kind }) => leadsTo(kind, status)).map(({ at }) => at ?? 0);
	return times.length === 0 ? null : Math.max(...times);
}

function leadsTo(kind: HistoryEntry['kind'], status: string): boolean {
	if (kind === 'unknown') return false;
	// An accepted ticket is handed over without a change of its status.
	if (kind === 'handover') return status === NOT_ACCEPTED;
	return transitionsOf(kind).some(
		({ stays, to, mayLeadTo = [] }) => stays !== true && [...to, ...mayLeadTo].includes(status),
	);
}
