import { COMPLETED, TO_BE_VERIFIED } from '../coc/statuses';

/**
 * What the trigger keeps from poll to poll, and which events follow from what it reads. Pure: no
 * clock, no network, nothing of n8n. All times are COC's, in ms since 1970.
 *
 * n8n stores the state only when a poll emits. So the state after polls that emitted nothing may be
 * lost, and an older state must lead to the same events: nothing here may depend on a poll having
 * been made.
 */
export interface State {
	/** When the trigger was first switched on: nothing from before counts. */
	start: number;
	/** Every update up to here was processed, except for late ones. */
	cursor: number;
	/**
	 * The cursor as it was when a poll last came to the end of the list. While a backlog is processed
	 * the cursor moves on without it: what is still to come may have been created long before it.
	 */
	syncedThrough: number;
	tickets: ReadonlyMap<string, KnownTicket>;
	/** Of the settings that decide what is new; absent before the first poll has stored it. */
	configFingerprint?: string;
}

/** A ticket as it was when it was last read. */
export interface KnownTicket {
	status: string;
	updatedAt: number;
	/** When its last solution was submitted; null when there is none. */
	handledAt: number | null;
	/** COC's clock shortly before, or a time that it had passed by then. */
	readAt: number;
	/**
	 * Whether its history showed no step: it may lag behind the status, so that the status doesn't
	 * show whether the next change brings a new one.
	 */
	isUnsure: boolean;
}

/** A ticket in the list. */
export interface Row {
	ticket: string;
	createdAt: number;
	updatedAt: number;
	/** COC shows no update time: `updatedAt` is that of its place in the list, and shows no change. */
	isUndated?: boolean;
	/** What of it can't be read, as a clause: it only takes a place in the list. */
	flaw?: string;
}

/** A ticket in the list, and what its detail shows. */
export interface Seen extends Row, Pick<KnownTicket, 'status' | 'handledAt'> {
	/** Whether the history shows a step since `countsFrom`; null when nobody had to ask. */
	moved: boolean | null;
}

/** A part of the list, all of whose tickets were processed. */
export interface ListPart {
	/** COC's clock before the tickets were read, or a time that it had passed by then. */
	now: number;
	/** The pending tickets, in the list's order; one that is gone meanwhile isn't here. */
	seen: Seen[];
	/** The update time of the last ticket of the part; null when it is empty. */
	upTo: number | null;
	/** Whether it is the end of the list. */
	isLast: boolean;
}

export type EventName =
	| 'incidentCreated'
	| 'statusChanged'
	| 'waitingForVerification'
	| 'incidentClosed';

export interface TicketEvent {
	event: EventName;
	ticket: string;
	/** The status that it had when it was last seen; null when that isn't known. */
	oldStatus: string | null;
	newStatus: string;
	/** The ticket's update time. */
	at: number;
}

/** How late tickets and changes may show up in the list. */
export const LOOKBACK_MS = 10 * 60_000;

/**
 * A ticket read sooner than this after its update may change once more with the same update time:
 * times may be exact to the second only, and the clocks of COC's machines differ a little.
 */
const SETTLED_AFTER_MS = 5000;

/** The history may show a step this much later than the ticket does. */
const HISTORY_LAGS_MS = 60_000;

/** How many tickets are remembered, the latest ones; more only while they may still show up as new. */
export interface Keep {
	open: number;
	completed: number;
}

const KEEP: Keep = { open: 800, completed: 400 };

/** The statuses that a new ticket has without anyone having handled it. */
const INITIAL = new Set(['incident_draft', 'INCIDENT_STATUS_TRIGGERED']);

/** The state of a trigger that is switched on now. */
export function initialState(now: number, configFingerprint?: string): State {
	return {
		start: now,
		cursor: now,
		syncedThrough: now,
		tickets: new Map(),
		...(configFingerprint !== undefined && { configFingerprint }),
	};
}

/** The update time from which on the list has to be read. */
export function listFrom({ start, cursor }: State): number {
	return Math.max(start, cursor - LOOKBACK_MS);
}

/** What happened to a ticket that isn't known counts from here on. */
export function countsFrom({ start, syncedThrough }: State): number {
	return Math.max(start, syncedThrough - LOOKBACK_MS);
}

/** Whether a ticket in the list has to be read. */
export function isPending({ tickets }: State, { ticket, updatedAt, isUndated }: Row): boolean {
	const last = tickets.get(ticket);
	if (isUndated === true || last?.updatedAt !== updatedAt) return true;
	return last.readAt - updatedAt < SETTLED_AFTER_MS;
}

/** Whether only a ticket's history shows if its status is new. */
export function needsHistory(state: State, seen: Omit<Seen, 'moved'>): boolean {
	const last = state.tickets.get(seen.ticket);
	if (last ? !last.isUnsure : seen.createdAt >= countsFrom(state)) return false;
	return seen.status !== TO_BE_VERIFIED || seen.handledAt === null;
}

/** The events that a part of the list shows, and the state after it. */
export function next(
	state: State,
	page: ListPart,
	keep = KEEP,
): { emit: TicketEvent[]; state: State } {
	const { now, upTo, isLast } = page;
	const tickets = new Map(state.tickets);
	const emit: TicketEvent[] = [];
	for (const seen of page.seen) {
		const { ticket, status, updatedAt, handledAt, moved } = seen;
		// Not kept, so that the next poll reads it again.
		if (moved === false && now - updatedAt < HISTORY_LAGS_MS) continue;
		emit.push(...eventsOf({ ...state, tickets }, seen));
		tickets.set(ticket, { status, updatedAt, handledAt, readAt: now, isUnsure: moved === false });
	}
	// An update time ahead of COC's clock must not hide what comes after it.
	const cursor = Math.max(state.cursor, Math.min(upTo ?? state.cursor, now));
	const syncedThrough = isLast ? cursor : state.syncedThrough;
	const after = { ...state, cursor, syncedThrough, tickets };
	return { emit, state: isLast ? { ...after, tickets: withoutOld(after, keep) } : after };
}

function eventsOf(state: State, seen: Seen): TicketEvent[] {
	const { ticket, status, createdAt, updatedAt, isUndated } = seen;
	const last = state.tickets.get(ticket);
	const isCreated = last === undefined && createdAt >= countsFrom(state);
	const isNewStatus = isCreated ? !INITIAL.has(status) : hasMoved(state, last, seen);
	const events: Array<[EventName, boolean]> = [
		['incidentCreated', isCreated],
		['statusChanged', isNewStatus],
		['waitingForVerification', isNewStatus && status === TO_BE_VERIFIED],
		['incidentClosed', isNewStatus && status === COMPLETED],
	];
	// Solved once more: what it was in between was not seen.
	const oldStatus = last === undefined || last.status === status ? null : last.status;
	const at = isUndated === true ? Math.max(createdAt, updatedAt) : updatedAt;
	return events
		.filter(([, happened]) => happened)
		.map(([event]) => ({ event, ticket, oldStatus, newStatus: status, at }));
}

function hasMoved(
	state: State,
	last: KnownTicket | undefined,
	{ status, handledAt, moved }: Seen,
): boolean {
	const isSolved = status === TO_BE_VERIFIED && handledAt !== null;
	if (last === undefined || last.isUnsure) {
		return isSolved ? handledAt >= countsFrom(state) : moved === true;
	}
	if (last.status !== status) return true;
	// A new solution, after the one before was refused.
	return isSolved && last.handledAt !== null && handledAt > last.handledAt;
}

/**
 * Forgets tickets that can't show up as new any more, except for the latest. One that changes after
 * it was forgotten is judged by the time of that change: so none is forgotten while the list may
 * still lag behind what was read.
 */
function withoutOld(state: State, keep: Keep): ReadonlyMap<string, KnownTicket> {
	const limit = countsFrom(state) - LOOKBACK_MS;
	const entries = [...state.tickets].sort(([, a], [, b]) => b.updatedAt - a.updatedAt);
	let open = 0;
	let completed = 0;
	return new Map(
		entries.filter(([, { status, updatedAt, readAt }]) => {
			const isAmongLatest =
				status === COMPLETED ? completed++ < keep.completed : open++ < keep.open;
			// When COC's clock isn't known, the time of the reading may be before that of the update.
			return isAmongLatest || Math.max(readAt, updatedAt) >= limit;
		}),
	);
}
