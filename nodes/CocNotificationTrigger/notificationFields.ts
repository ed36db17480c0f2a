import type { INodeProperties } from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import { INCIDENT_SHAPE } from '../events/eventItem';
import { EVENT_CHOICES, EVENT_ORDER, eventsField } from '../events/events';
import type { EventName } from '../events/state';
import { collectionField, fieldOf, propertiesOf, type Field, type Values } from '../fields/field';
import { OPTIONS } from '../fields/input';
import { timeout } from '../fields/options';
import { booleanField } from '../fields/simpleFields';
import { outputField } from '../fields/output';
import { regionOfTopic } from '../smn/smnMessage';

/** The notification itself, whatever COC shows. */
export const ANY_EVENT = 'anyNotification';

/** What starts the workflow: an event of a ticket, or the notification itself. */
type Trigger = EventName | typeof ANY_EVENT;

const ANY = {
	name: 'Any Notification',
	value: ANY_EVENT,
	description: 'Each notification that comes, whatever COC shows of a ticket in it',
} as const;

/** Topics of SMN, as a list or a text with commas; empty for any. */
const topics: Field<string[]> = fieldOf(
	(value, label) => {
		const list: unknown = typeof value === 'string' ? value.split(',') : (value ?? []);
		if (!Array.isArray(list)) return { ok: false, reason: `'${label}' must be a list` };
		const urns = list.map((one) => String(one).trim()).filter((one) => one !== '');
		const wrong = urns.find((urn) => regionOfTopic(urn) === null);
		if (wrong === undefined) return { ok: true, value: urns };
		return {
			ok: false,
			reason: `'${label}' can't have "${cleanText(wrong.slice(0, 100)) ?? ''}"`,
			hint: 'A topic is entered by its URN, as SMN shows it: urn:smn:<region>:<project ID>:<name>.',
		};
	},
	{
		displayName: 'Topics',
		name: 'topics',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Topic' },
		placeholder: 'e.g. urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:coc',
		default: [],
		description:
			'URNs of the SMN topics that may notify. Enter yours: without any, whoever knows the URL can subscribe it to a topic of their own.',
	},
);

export const notificationFields = {
	events: eventsField<Trigger>([ANY, ...EVENT_CHOICES], [...EVENT_ORDER, ANY_EVENT]),
	topics,
	acceptUnsigned: booleanField({
		displayName: 'Accept Unsigned Notifications',
		name: 'acceptUnsignedNotifications',
		description:
			"Whether to read the ticket that another form of notification names, which isn't signed by SMN. Its sender must know the 'Notification Secret' of the credential.",
	}),
	output: outputField(INCIDENT_SHAPE),
	options: collectionField(OPTIONS, { timeout }),
};

export type NotificationSettings = Values<typeof notificationFields>;

export const notificationProperties: INodeProperties[] = propertiesOf(notificationFields);
