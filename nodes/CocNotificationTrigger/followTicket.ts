import { openClient } from '../client/client';
import { realClock } from '../client/clock';
import { openSession, type NodeContext } from '../client/session';
import { credentialFailure, type Read } from '../errors/failure';
import type { Detail } from '../events/record';
import { withoutOldest, type NotificationMemory } from './notificationMemory';
import {
	eventsShown,
	mayPass,
	readTicket,
	type NamedEvent,
	type TicketReading,
} from './ticketReading';

/**
 * When a ticket is read again, in ms after the reading before, as long as it doesn't show what COC has
 * notified of: a new ticket is there some seconds after its creation, and its history may lag behind.
 */
const READ_AGAIN_AFTER_MS = [2000, 8000, 30_000];

/** How long to wait for what COC has notified of. */
export interface Rereading {
	/** Before a ticket is read again, in ms. */
	waits: readonly number[];
	/** Ends the waits. */
	signal: AbortSignal;
}

/** For the tickets of one notification: what one of them shows must not wait for the others. */
export function newRereading(): Rereading & { end(): void } {
	const ended = new AbortController();
	return { waits: READ_AGAIN_AFTER_MS, signal: ended.signal, end: () => ended.abort() };
}

/** Each ticket is read once. */
export const NO_REREADING: Rereading = { waits: [], signal: new AbortController().signal };

/** The readings whose events were given to somebody. */
const given = new WeakSet<TicketReading>();

/** What came of a notification's ticket. */
export interface Followed {
	/** Null when there is no such ticket. */
	detail: Detail | null;
	/** The status that was known before; null for none. */
	oldStatus: string | null;
	events: NamedEvent[];
}

/** Reads a ticket until its record shows something new; what is new is given to one caller only. */
export async function followTicket(
	context: NodeContext,
	memory: NotificationMemory,
	ticket: string,
	timeoutMs: number,
	{ waits, signal }: Rereading,
): Promise<Read<Followed>> {
	for (let tries = 0; ; tries++) {
		const oldStatus = memory.state.tickets.get(ticket)?.status ?? null;
		const wait = signal.aborted ? undefined : waits[tries];
		const { value: reading } = await memory.reads.run(ticket, async () => {
			return await readOnce(context, ticket, timeoutMs);
		});
		if (!reading.ok) {
			if (wait === undefined || !mayPass(reading.failure)) return reading;
		} else if (reading.value !== null) {
			const { detail } = reading.value;
			// Shared with a caller who was given what is new.
			if (given.has(reading)) return { ok: true, value: { detail, oldStatus, events: [] } };
			const now = realClock.now();
			// Between reading the state and changing it nothing else runs.
			const { events, state, isWhole } = eventsShown(memory.state, ticket, reading.value, now);
			const counts = isWhole || tries > 0 || wait === undefined;
			if (counts) memory.state = withoutOldest(state);
			if (wait === undefined || (counts && events.length > 0)) {
				given.add(reading);
				return { ok: true, value: { detail, oldStatus, events } };
			}
		}
		if (wait === undefined) return { ok: true, value: { detail: null, oldStatus, events: [] } };
		// A signal of its own: listeners at a shared one stay after the wait.
		await realClock.sleep(wait, AbortSignal.any([signal]));
	}
}

/** Reads a ticket once, with a session of its own: n8n's context ends with its call. */
export async function readOnce(
	context: NodeContext,
	ticket: string,
	timeoutMs: number,
): Promise<TicketReading> {
	const session = await openSession(context);
	if (!session.ok) return { ok: false, failure: credentialFailure(session) };
	const client = openClient(session.value, { concurrency: 1, requestsPerSecond: null }, realClock);
	return await readTicket(client, ticket, timeoutMs);
}
