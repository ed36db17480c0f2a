import type { INodeExecutionData } from 'n8n-workflow';
import { isoTime } from '../coc/json';
import { eventIdOf } from '../events/eventId';
import { eventItem, type EventOutput } from '../events/eventItem';
import { fits } from '../events/events';
import type { Detail } from '../events/record';
import { ANY_EVENT, type NotificationSettings } from './notificationFields';
import type { Notification, Task } from './tasks';
import type { NamedEvent, TicketRecordNow } from './ticketReading';

/** The items of a ticket that was read, and of the notifications that have named it. */
export function itemsOfTicket(
	settings: NotificationSettings,
	{ ticket, notifications }: Task,
	detail: Detail | null,
	oldStatus: string | null,
	events: NamedEvent[],
): INodeExecutionData[] {
	const latest = notifications.at(-1) ?? null;
	const items = events
		.filter(({ event }) => settings.events.includes(event))
		.map((event) => itemOf(settings, { ...event, data: detail?.data ?? null }, latest));
	if (!settings.events.includes(ANY_EVENT)) return items;
	for (const notification of notifications) {
		// Its ticket may be read once more for its events.
		if (notification.isGiven === true) continue;
		notification.isGiven = true;
		const any = { ...anyOutput(notification, ticket, detail), oldStatus };
		items.push(itemOf(settings, any, notification));
	}
	return items;
}

/** The item of a notification that names no ticket; none unless that is wanted. */
export function itemsWithoutTicket(
	settings: NotificationSettings,
	notification: Notification,
): INodeExecutionData[] {
	if (!settings.events.includes(ANY_EVENT)) return [];
	return [itemOf(settings, anyOutput(notification, null, null), notification)];
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
export function sampleItems(
	settings: NotificationSettings,
	notification: Notification,
	record: TicketRecordNow | null,
): INodeExecutionData[] {
	const { tickets, sentAt: at } = notification;
	const [ticket = null] = tickets;
	const event =
		record && settings.events.find((one) => one !== ANY_EVENT && fits(one, record.detail.status));
	if (ticket === null || record === null || event === undefined || event === ANY_EVENT) {
		const any = anyOutput(notification, ticket, record?.detail ?? null);
		return settings.events.includes(ANY_EVENT) ? [itemOf(settings, any, notification)] : [];
	}
	const { detail, history } = record;
	const one = { event: event!, ticket, oldStatus: null, newStatus: detail.status, at };
	const output = { ...one, eventId: eventIdOf(one, detail, history), data: detail.data };
	return [itemOf(settings, output, notification)];
}
