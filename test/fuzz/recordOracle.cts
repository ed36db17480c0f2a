/**
 * What COC's record allows to be concluded about a verification: a second reading of the pages of
 * the history and the detail call. Whatever is odd in them allows nothing.
 */
import { dataOf, isObject, own, type Came, type Fields } from './oracle.cts';

/** A verification as it is looked for. */
export interface Wanted {
	ticket: string;
	operator: string;
	comment: string;
	result: boolean;
}

/** The two answers that a look at the record consists of. */
export interface Look {
	history: Came;
	detail: Came;
}

/** Keys that the pages of the v1 and v2 actions list, but for the verification's. */
const OTHER_ACTIONS = [
	...[
		'acceptedIncident1',
		'commitSolution1',
		'forwardOther1',
		'incidentPause',
		'agreed',
		'rejected',
	],
	...['incidentChangeLevel1', 'ReOpen', 'Reopen', 'accepted', 'unAcceptedForward', 'addRemark'],
	...['acceptedForward', 'commitSolution', 'recovery', 'changeLevel'],
];
const STATUSES = ['TRIGGERED', 'REJECTED', 'ACKNOWLEDGED', 'RESOLVED', 'COMPLETED']
	.map((name) => `INCIDENT_STATUS_${name}`)
	.concat('incident_draft');
const DRAFT = 'incident_draft';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const COMPLETED = 'INCIDENT_STATUS_COMPLETED';

/** The ticket's entries; undefined unless the answer holds all of them, each one an object. */
export function entriesOf(came: Came, ticket: string): Fields[] | undefined {
	const data = dataOf(came);
	const info = data && own(data, 'info');
	if (!Array.isArray(info) || !info.every(isObject)) return undefined;
	const total = own(data!, 'total') ?? info.length;
	const count = typeof total === 'string' && /^\d+$/.test(total) ? Number(total) : total;
	if (!Number.isInteger(count) || Number(count) < 0 || Number(count) > info.length)
		return undefined;
	return info.filter((entry) => {
		const id = own(entry, 'ticket_id');
		return typeof id !== 'string' || ['', plain(ticket)].includes(plain(id));
	});
}

export function statusOf(came: Came): string | undefined {
	const status = own(dataOf(came) ?? {}, 'status');
	return typeof status === 'string' && status !== '' ? status : undefined;
}

export const plain = (value: unknown) =>
	typeof value === 'string' ? value.trim().toLowerCase() : value;
export const isLike = (value: unknown, text: string) => plain(value) === plain(text);
/** Another case, or blanks around it, make no other status. */
const is = (status: string | undefined, one: string) => plain(status) === plain(one);

export const actionsOf = (entry: Fields) =>
	['action', 'sub_action', 'final_sub_action'].map((name) => own(entry, name));
const isVerification = (entry: Fields) => actionsOf(entry).includes('confirm');
const isOther = (entry: Fields) =>
	actionsOf(entry).some((action) => OTHER_ACTIONS.includes(action as string));

/** In ms; undefined when it is none. Times are ms since 1970, in v2 as a text. */
export function timeOf(entry: Fields): number | undefined {
	const value = own(entry, 'start_time');
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && /^\d{13}$/.test(text) ? Number(text) : undefined;
}

/** Clocks are told to the second, and not by the same machine. */
export const CLOCKS_DIFFER_BY = 2000;

/** Entries that can be this verification, sent not before `since`. */
function maybes(entries: Fields[], { operator, comment }: Wanted, since: number): Fields[] {
	return entries.filter((entry) => {
		const at = timeOf(entry);
		if (at !== undefined && at < since - CLOCKS_DIFFER_BY) return false;
		const likeness = [
			isLike(own(entry, 'operator'), operator),
			isLike(own(entry, 'comment'), comment),
		].filter(Boolean).length;
		return isVerification(entry) ? likeness > 0 : likeness === 2 && !isOther(entry);
	});
}

/** Whether the record shows it: exactly one entry can be it and is, and the status fits the result. */
export function mayBeRecovered({ history, detail }: Look, wanted: Wanted, since: number): boolean {
	const entries = entriesOf(history, wanted.ticket);
	const status = statusOf(detail);
	if (entries === undefined || status === undefined) return false;
	const [entry, ...more] = maybes(entries, wanted, since);
	if (entry === undefined || more.length > 0) return false;
	const isIt =
		isVerification(entry) &&
		timeOf(entry) !== undefined &&
		isLike(own(entry, 'operator'), wanted.operator) &&
		isLike(own(entry, 'comment'), wanted.comment);
	return isIt && wanted.result === is(status, COMPLETED);
}

/** The same by the record's own times: newer than everything that was there before. */
export function mayBeNew(look: Look, before: Look, wanted: Wanted): boolean {
	const times = entriesOf(before.history, wanted.ticket)?.map(timeOf);
	if (times === undefined || times.includes(undefined)) return false;
	const newest = Math.max(0, ...times.map(Number));
	return mayBeRecovered(look, wanted, newest + 1 + CLOCKS_DIFFER_BY);
}

/** Whether the record shows that it isn't there and that the ticket still waits. */
export function mayBeSentAgain(look: Look, wanted: Wanted, since: number): boolean {
	return isAbsent(look, wanted, since) && is(statusOf(look.detail), RESOLVED);
}

export function isAbsent({ history, detail }: Look, wanted: Wanted, since: number): boolean {
	const entries = entriesOf(history, wanted.ticket);
	if (entries === undefined || statusOf(detail) === undefined) return false;
	return maybes(entries, wanted, since).length === 0;
}

/**
 * Whether the record proves that a write whose answer was lost did nothing, and can't any more:
 * another status than the one it leads to, or another verification that explains the status.
 */
export function mayBeUndone(look: Look, wanted: Wanted, since: number): boolean {
	if (!isAbsent(look, wanted, since)) return false;
	const status = statusOf(look.detail);
	if (!STATUSES.some((known) => is(status, known))) return false;
	// A draft was never handed in, so that no verification leads there.
	if ([RESOLVED, DRAFT].some((one) => is(status, one))) return true;
	if (wanted.result !== is(status, COMPLETED)) return true;
	return (entriesOf(look.history, wanted.ticket) ?? []).some(isVerification);
}

/** Whether the ticket's last verification had this result. */
export function mayBeAlready({ history, detail }: Look, wanted: Wanted): boolean {
	const verified = (entriesOf(history, wanted.ticket) ?? []).filter(isVerification);
	const status = statusOf(detail);
	if (verified.length === 0 || status === undefined) return false;
	if (wanted.result || is(status, COMPLETED)) return wanted.result === is(status, COMPLETED);
	if (!is(status, RESOLVED)) return true;
	// A new solution waits: only the very same request may count, and only if none came after it.
	const isSame = (entry: Fields) =>
		isLike(own(entry, 'operator'), wanted.operator) &&
		isLike(own(entry, 'comment'), wanted.comment);
	const newest = Math.max(...verified.map((entry) => timeOf(entry) ?? Infinity));
	const last = verified.filter((entry) => timeOf(entry) === newest);
	return verified.every(isSame) || (last.length > 0 && last.every(isSame));
}

export const mayBeVerified = (detail: Came) => is(statusOf(detail), RESOLVED);
