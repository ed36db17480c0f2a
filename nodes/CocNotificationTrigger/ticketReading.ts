import type { CocClient } from '../client/client';
import { readCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import type { ReadCall } from '../coc/call';
import { NO_SUCH_TICKET } from '../coc/classify';
import type { History } from '../coc/history';
import { timeOf } from '../coc/json';
import type { Failure, Read } from '../errors/failure';
import { eventIdOf, isNamedByHistory } from '../events/eventId';
import { detailOf, eventsHistoryOf, hasStepSince, lastStepTo, type Detail } from '../events/record';
import {
	countsFrom,
	needsHistory,
	next,
	type Seen,
	type State,
	type TicketEvent,
} from '../events/state';
import type { Task } from './tasks';

/** What COC's record shows of a ticket; null when there is no such ticket, or not yet. */
export type TicketReading = Read<TicketRecordNow | null>;

export interface TicketRecordNow {
	detail: Detail;
	/** Null when it can't be read. */
	history: History | null;
	/** COC's clock shortly before; null when its answer has none. */
	now: number | null;
}

export type NamedEvent = TicketEvent & { eventId: string };

/** Longest time for one reading of a ticket, its retries included, in ms. */
const LONGEST_MS = 60_000;

/**
 * Reads a ticket's history, and after it its detail: a step taken in between shows in the status, not
 * as one that led to the status before it.
 */
export async function readTicket(
	client: CocClient,
	ticket: string,
	timeoutMs: number,
): Promise<TicketReading> {
	const budget = { ...newItemBudget(), endsAt: client.clock.now() + LONGEST_MS };
	const read = async <T>({ take, ...call }: ReadCall<T>) =>
		await readCoc<{ value: T | null; now: number | null }>(
			client,
			budget,
			{ ...call, take: (answer) => ({ value: take(answer), now: answer.serverTime }) },
			timeoutMs,
		);
	const told = await read(eventsHistoryOf(ticket));
	if (!told.ok && told.failure.errorCode === NO_SUCH_TICKET) return { ok: true, value: null };
	// Without the permission for it every change of an unknown ticket counts, rather than none.
	if (!told.ok && mayPass(told.failure)) return told;
	const found = await read(detailOf(ticket));
	if (!found.ok) {
		const isMissing = found.failure.errorCode === NO_SUCH_TICKET;
		return isMissing ? { ok: true, value: null } : found;
	}
	const detail = found.value.value?.detail ?? null;
	if (detail === null) return { ok: true, value: null };
	const history = told.ok ? (told.value.value?.history ?? null) : null;
	return { ok: true, value: { detail, history, now: found.value.now } };
}

/** Whether a failure may be over soon. */
export function mayPass({ origin, httpStatus, cause }: Failure): boolean {
	if (cause === 'rate-limited' || cause === 'temporarily-unavailable') return true;
	return origin === 'service' && (httpStatus === null || httpStatus >= 500);
}

/**
 * The events that a record shows beside what was known, and the state after it. It isn't whole as long
 * as the history doesn't show the step that an event is named by.
 */
export function eventsShown(
	known: State,
	{ ticket, since }: Pick<Task, 'ticket' | 'since'>,
	{ detail, history, now }: TicketRecordNow,
	clock: number,
): { events: NamedEvent[]; state: State; isWhole: boolean } {
	// Others may have been read since then, and have this one forgotten.
	const state = { ...known, syncedThrough: Math.min(known.syncedThrough, since) };
	const { status, handledAt, data } = detail;
	const createdAt = timeOf(data.create_time) ?? 0;
	const times = (history?.entries ?? []).map(({ at }) => at ?? 0);
	const shown: Omit<Seen, 'moved'> = {
		...{ ticket, createdAt, status, handledAt },
		// The detail has no update time.
		updatedAt: Math.max(createdAt, handledAt ?? 0, ...times),
	};
	const moved = needsHistory(state, shown)
		? history === null || hasStepSince(history, countsFrom(state), status)
		: null;
	const seen = [{ ...shown, moved }];
	const after = next(state, { now: now ?? clock, seen, upTo: null, isLast: false });
	const events = after.emit.map((event) => ({
		...event,
		eventId: eventIdOf(event, detail, history),
	}));
	const before = state.tickets.get(ticket)?.updatedAt ?? -1;
	const isBehind = (event: TicketEvent) =>
		history !== null &&
		isNamedByHistory(event, detail) &&
		(lastStepTo(event.newStatus, history) ?? before) <= before;
	const { syncedThrough } = known;
	return { events, state: { ...after.state, syncedThrough }, isWhole: !events.some(isBehind) };
}
