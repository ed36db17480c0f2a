import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { realClock } from '../client/clock';
import { cleanText } from '../coc/cleanText';
import { readFields } from '../fields/field';
import { triggerInput } from '../fields/input';
import { confirmSubscription } from './confirmSubscription';
import { followTickets, readOnce } from './followTickets';
import { judge, type Judged, type Refused } from './judge';
import { notificationError, settingsError } from './notificationError';
import {
	notificationFields,
	notificationProperties,
	type NotificationSettings,
} from './notificationFields';
import { memoryOf, storeMemory } from './notificationMemory';
import { itemsWithoutTicket, sampleItems } from './notified';
import { whyPast, withMessages } from './seenMessages';
import { addTask, isFull, type Notification } from './tasks';
import { ticketNumbersIn } from './ticketNumbers';

/** SMN is to send the message again. */
const STATUS_LATER = 503;

const STATUS: Record<Refused, number> = {
	malformed: 400,
	tooLarge: 413,
	unsignedForm: 403,
	wrongSecret: 403,
	otherTopic: 403,
	signatureVersion: 403,
	certificateUrl: 403,
	certificate: 403,
	signature: 403,
	certificateUnavailable: STATUS_LATER,
};

/** n8n has nothing to answer: the node has. */
const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

/**
 * One request: judged, answered at once, and only then are tickets read. SMN repeats what isn't
 * answered in time, and reading may take longer.
 */
export async function receiveNotification(
	context: IWebhookFunctions,
): Promise<IWebhookResponseData> {
	const settings = readFields(notificationFields, triggerInput(context, notificationProperties));
	if (!settings.ok) throw settingsError(context.getNode(), settings);
	const judged = await judge(context, settings.value, realClock.now());
	if (judged.is === 'message' || judged.is === 'unsigned') {
		if (isFull(memoryOf(context, realClock.now()).tasks)) {
			answer(context, STATUS_LATER);
			return ANSWERED;
		}
		answer(context, 200);
		const items = await follow(context, settings.value, judged);
		return items.length === 0 ? ANSWERED : { ...ANSWERED, workflowData: [items] };
	}
	context.logger?.debug(`The COC Notification Trigger refuses a request: ${judged.is}.`);
	answer(context, STATUS[judged.is]);
	return ANSWERED;
}

function answer(context: IWebhookFunctions, status: number): void {
	const body = JSON.stringify({ received: status === 200 });
	const headers = { 'Content-Type': 'application/json', 'Content-Length': body.length };
	context.getResponseObject().writeHead(status, headers).end(body);
}

/** What follows from a request that is believed; nothing when it came before. */
async function follow(
	context: IWebhookFunctions,
	settings: NotificationSettings,
	judged: Extract<Judged, { is: 'message' | 'unsigned' }>,
): Promise<INodeExecutionData[]> {
	const now = realClock.now();
	if (judged.is === 'unsigned') {
		const tickets = ticketNumbersIn(judged.text);
		// Nothing else of it is trusted.
		const unsigned = { id: null, sentAt: now, subject: null, text: null, tickets };
		return tickets.length === 0 ? [] : await notified(context, settings, unsigned);
	}
	const { message } = judged;
	const memory = context.getMode() === 'manual' ? null : memoryOf(context, now);
	if (memory !== null) {
		if (whyPast(memory.seen, message, now) !== null) return [];
		memory.seen = withMessages(memory.seen, [[message.id, message.sentAt]]);
	}
	const { type, topic, id, sentAt, subject, text } = message;
	if (type === 'Notification') {
		const tickets = ticketNumbersIn(`${subject ?? ''}\n${text}`);
		return await notified(context, settings, { id, sentAt, subject, text, tickets });
	}
	if (type === 'SubscriptionConfirmation') await confirmSubscription(context, message);
	else context.logger?.warn(`${cleanText(topic) ?? ''} no longer notifies the workflow: ${RENEW}`);
	if (memory !== null) storeMemory(context, memory);
	return [];
}

const RENEW = 'its subscription was cancelled. Subscribe the URL again if that was not wanted.';

async function notified(
	context: IWebhookFunctions,
	settings: NotificationSettings,
	notification: Notification,
): Promise<INodeExecutionData[]> {
	if (context.getMode() === 'manual') return await sample(context, settings, notification);
	const now = realClock.now();
	const memory = memoryOf(context, now);
	const { tickets } = notification;
	for (const ticket of tickets) addTask(memory.tasks, ticket, notification, now);
	const read = await followTickets(context, settings, memory);
	const own = tickets.length === 0 ? itemsWithoutTicket(settings, notification) : [];
	// Another call reads the ticket, and stores the memory when it ends.
	if (read === null) return own;
	storeMemory(context, memory);
	return [...own, ...read];
}

/** For the editor: the ticket as it is now. */
async function sample(
	context: IWebhookFunctions,
	settings: NotificationSettings,
	notification: Notification,
): Promise<INodeExecutionData[]> {
	const [ticket] = notification.tickets;
	if (ticket === undefined) return sampleItems(settings, notification, null);
	const reading = await readOnce(context, ticket, settings.options.timeout);
	if (reading.ok) return sampleItems(settings, notification, reading.value);
	const unread = { ticket, failure: reading.failure, isKept: false };
	throw notificationError(context.getNode(), unread);
}
