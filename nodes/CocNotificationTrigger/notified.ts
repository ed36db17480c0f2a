import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';
import { isoTime } from '../coc/json';
import type { Failure, Read } from '../errors/failure';
import { eventIdOf } from '../events/eventId';
import { eventItem, type EventOutput } from '../events/eventItem';
import { fits } from '../events/events';
import type { Detail } from '../events/record';
import { pool } from '../run/pool';
import {
	followTicket,
	newRereading,
	NO_REREADING,
	readOnce,
	type Followed,
	type Rereading,
} from './followTicket';
import type { NotificationSettings } from './notificationFields';
import { keepUnread, type NotificationMemory } from './notificationMemory';
import { notificationError, type UnreadTicket } from './notificationError';

/** A notification that is believed, and the tickets that it names. */
export interface Notification {
	/** SMN's ID of the message; null for one that isn't SMN's. */
	id: string | null;
	sentAt: number;
	subject: string | null;
	text: string | null;
	tickets: string[];
}

type Context = IWebhookFunctions;

/** The notification itself, whatever COC shows. */
const ANY_EVENT = 'anyNotification';

/** Reads of earlier notifications' tickets at once. */
const CONCURRENT_READS = 5;

/** The items of a notification, and of earlier ones whose tickets could not be read. */
export async function itemsOf(
	context: Context,
	settings: NotificationSettings,
	memory: NotificationMemory,
	notification: Notification,
): Promise<INodeExecutionData[]> {
	const { tickets } = notification;
	const rereading = newRereading();
	const results = await Promise.all(
		tickets.map(async (ticket) => {
			const read = await follow(context, settings, memory, ticket, rereading);
			if (read.ok && read.value.events.length > 0) rereading.end();
			return { ticket, ...read };
		}),
	);
	const items: INodeExecutionData[] = [];
	let failed: UnreadTicket | undefined;
	for (const result of results) {
		if (result.ok)
			items.push(...itemsOfTicket(settings, result.ticket, result.value, notification));
		else failed ??= keepIfReadable(memory, result);
	}
	if (tickets.length === 0 && settings.events.includes(ANY_EVENT)) {
		items.push(itemOf(settings, anyOutput(notification, null, null), notification));
	}
	// While COC can't be read, the tickets that wait for it stay where they are.
	if (failed === undefined) items.push(...(await itemsOfUnread(context, settings, memory)));
	if (failed === undefined) return items;
	const error = notificationError(context.getNode(), failed);
	// What was found must not be lost with what wasn't.
	if (items.length === 0) throw error;
	context.logger?.error(error.message);
	return items;
}

/** The events of tickets that could not be read before; the first that still can't be ends it. */
async function itemsOfUnread(
	context: Context,
	settings: NotificationSettings,
	memory: NotificationMemory,
): Promise<INodeExecutionData[]> {
	const tickets = [...memory.unread];
	memory.unread.clear();
	const items: INodeExecutionData[] = [];
	let hasFailed = false;
	await pool(
		tickets.length,
		CONCURRENT_READS,
		() => ({ key: null }),
		async (index) => {
			const ticket = tickets[index]!;
			const read = hasFailed ? null : await follow(context, settings, memory, ticket, NO_REREADING);
			if (read?.ok) items.push(...itemsOfTicket(settings, ticket, read.value, null));
			else if (read === null) keepUnread(memory, ticket);
			else hasFailed ||= keepIfReadable(memory, { ticket, ...read }).isKept;
		},
	);
	return items;
}

/** Keeps a ticket for later, unless COC refuses it: then reading it again changes nothing. */
function keepIfReadable(
	memory: NotificationMemory,
	{ ticket, failure }: { ticket: string; failure: Failure },
): UnreadTicket {
	const isKept = ![400, 403, 404].includes(failure.httpStatus ?? 0);
	if (isKept) keepUnread(memory, ticket);
	return { ticket, failure, isKept };
}

async function follow(
	context: Context,
	{ events, options }: NotificationSettings,
	memory: NotificationMemory,
	ticket: string,
	rereading: Rereading,
): Promise<Read<Followed>> {
	if (events.some((event) => event !== ANY_EVENT)) {
		return await followTicket(context, memory, ticket, options.timeout, rereading);
	}
	const { value: reading } = await memory.reads.run(
		ticket,
		async () => await readOnce(context, ticket, options.timeout),
	);
	if (!reading.ok) return reading;
	const detail = reading.value?.detail ?? null;
	return { ok: true, value: { detail, oldStatus: null, events: [] } };
}

/** @param notification null when another one has named the ticket */
function itemsOfTicket(
	settings: NotificationSettings,
	ticket: string,
	{ detail, oldStatus, events }: Followed,
	notification: Notification | null,
): INodeExecutionData[] {
	const outputs: EventOutput[] = events
		.filter(({ event }) => settings.events.includes(event))
		.map((event) => ({ ...event, data: detail?.data ?? null }));
	if (notification !== null && settings.events.includes(ANY_EVENT)) {
		outputs.push({ ...anyOutput(notification, ticket, detail), oldStatus });
	}
	return outputs.map((output) => itemOf(settings, output, notification));
}

function anyOutput(
	{ id, sentAt }: Notification,
	ticket: string | null,
	detail: Detail | null,
): EventOutput {
	const name = [ticket, ANY_EVENT, id ?? isoTime(sentAt)].filter((part) => part !== null);
	return {
		event: ANY_EVENT,
		eventId: name.join('/'),
		ticket,
		oldStatus: null,
		newStatus: detail?.status ?? null,
		at: sentAt,
		data: detail?.data ?? null,
	};
}

function itemOf(
	settings: NotificationSettings,
	output: EventOutput,
	notification: Notification | null,
): INodeExecutionData {
	const { subject = null, text = null } = notification ?? {};
	return eventItem(output, settings.output, { subject, text });
}

/** The notification as the first of the chosen events would give it, for the editor. */
export async function sampleItems(
	context: Context,
	settings: NotificationSettings,
	notification: Notification,
): Promise<INodeExecutionData[]> {
	const { tickets, sentAt } = notification;
	const [ticket = null] = tickets;
	const reading =
		ticket === null ? null : await readOnce(context, ticket, settings.options.timeout);
	if (reading?.ok === false) {
		const unread = { ticket: ticket ?? '', failure: reading.failure, isKept: false };
		throw notificationError(context.getNode(), unread);
	}
	const record = reading?.value ?? null;
	const event =
		record && settings.events.find((one) => one !== ANY_EVENT && fits(one, record.detail.status));
	if (ticket === null || record === null || event === undefined || event === ANY_EVENT) {
		const any = anyOutput(notification, ticket, record?.detail ?? null);
		return settings.events.includes(ANY_EVENT) ? [itemOf(settings, any, notification)] : [];
	}
	const { detail, history } = record;
	const one = { event: event!, ticket, oldStatus: null, newStatus: detail.status, at: sentAt };
	const output = { ...one, eventId: eventIdOf(one, detail, history), data: detail.data };
	return [itemOf(settings, output, notification)];
}
