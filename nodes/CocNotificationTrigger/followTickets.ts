import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { openClient } from '../client/client';
import { realClock } from '../client/clock';
import { openSession, type NodeContext } from '../client/session';
import { credentialFailure } from '../errors/failure';
import { notificationError, type UnreadTicket } from './notificationError';
import { ANY_EVENT, type NotificationSettings } from './notificationFields';
import { withoutOldest, type NotificationMemory } from './notificationMemory';
import { itemsOfTicket } from './notified';
import { MOST_OPEN, sleepUntil, wake } from './openCalls';
import { nextDue, returnTask, setAllIdle, takeTasks, type Task } from './tasks';
import { eventsShown, mayPass, readTicket, type TicketReading } from './ticketReading';

/**
 * When a ticket is read again, in ms after the reading before, as long as it doesn't show what COC has
 * notified of: a new ticket is there some seconds after its creation, and its history may lag behind.
 */
const READ_AGAIN_AFTER_MS = [2000, 8000, 30_000];

/** Most tickets that one call reads at once. */
const BATCH = 5;

interface Found {
	items: INodeExecutionData[];
	failed: UnreadTicket | null;
}

/**
 * Reads the tickets that wait for it, whichever call brought them, and gives the items of what it has
 * found. A call that has found something ends, so that the workflow starts; the last one open reads
 * on until all is read that can be read now. Null when enough calls are open already.
 */
export async function followTickets(
	context: IWebhookFunctions,
	settings: NotificationSettings,
	memory: NotificationMemory,
): Promise<INodeExecutionData[] | null> {
	const { calls, tasks } = memory;
	if (calls.count >= MOST_OPEN) {
		wake(calls);
		return null;
	}
	const found: Found = { items: [], failed: null };
	calls.count++;
	try {
		while (found.items.length === 0 || calls.count === 1) {
			const now = realClock.now();
			const batch = takeTasks(tasks, BATCH, now, found.failed === null);
			if (batch.length > 0) {
				await Promise.all(
					batch.map(async (task) => await follow(context, settings, memory, task, found)),
				);
				continue;
			}
			const due = found.items.length > 0 ? null : nextDue(tasks);
			if (due === null) break;
			await sleepUntil(calls, due);
		}
	} finally {
		calls.count--;
		if (calls.count === 0) setAllIdle(tasks);
		else wake(calls);
	}
	if (found.failed === null) return found.items;
	const error = notificationError(context.getNode(), found.failed);
	// What was found must not be lost with what wasn't.
	if (found.items.length === 0) throw error;
	context.logger?.error(error.message);
	return found.items;
}

/** Reads a ticket once, and settles whether that was enough. */
async function follow(
	context: IWebhookFunctions,
	settings: NotificationSettings,
	memory: NotificationMemory,
	task: Task,
	found: Found,
): Promise<void> {
	const { ticket, tries } = task;
	const { tasks, places } = memory;
	const reading = await places.run(
		async () => await readOnce(context, ticket, settings.options.timeout),
	);
	const now = realClock.now();
	const wait = task.isIdle ? undefined : READ_AGAIN_AFTER_MS[tries];
	const later = { tries: tries + 1, dueAt: now + (wait ?? 0), isIdle: false };
	if (!reading.ok) {
		const { failure } = reading;
		if (wait !== undefined && mayPass(failure)) return returnTask(tasks, task, later);
		// Once COC refuses a ticket, reading it again changes nothing.
		const isKept = ![400, 403, 404].includes(failure.httpStatus ?? 0);
		found.failed ??= { ticket, failure, isKept };
		return returnTask(tasks, task, isKept ? { tries: 0, dueAt: now, isIdle: true } : null);
	}
	const isOver = wait === undefined || settings.events.every((event) => event === ANY_EVENT);
	if (reading.value === null) {
		if (!isOver) return returnTask(tasks, task, later);
		found.items.push(...itemsOfTicket(settings, task, null, null, []));
		return returnTask(tasks, task, null);
	}
	const oldStatus = memory.state.tickets.get(ticket)?.status ?? null;
	const { events, state, isWhole } = eventsShown(memory.state, task, reading.value, now);
	const counts = isWhole || tries > 0 || isOver;
	if (counts) memory.state = withoutOldest(state);
	const shown = counts ? events : [];
	found.items.push(...itemsOfTicket(settings, task, reading.value.detail, oldStatus, shown));
	returnTask(tasks, task, isOver || shown.length > 0 ? null : later);
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
