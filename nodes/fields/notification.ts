import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NOTIFICATION_MODES, PHONE_CALL } from '../coc/enumerations';
import { fieldOf, type Field } from './field';
import { anyKeyField, asKeys, type Keyed } from './keyed';
import { choiceField } from './simpleFields';

/** The app in which COC opens a group for the war room (`notification_type`). */
export const notificationType = choiceField({
	displayName: 'Notification Group',
	name: 'notificationType',
	options: [
		{ name: 'DingTalk', value: 'DING_TALK' },
		{ name: 'Lark', value: 'LARK' },
		{ name: 'None', value: 'NULL_GROUP' },
		{ name: 'WeCom', value: 'WECHAT' },
	],
	default: 'NULL_GROUP',
	description: 'In which app a group is opened for the war room; it must be set up in COC',
});

const TOLD = 'How its people are told of it at once';

const MODES: Keyed = {
	shape: {
		displayName: 'Notification Modes',
		name: 'notificationModes',
		description: TOLD,
	},
	labels: NOTIFICATION_MODES,
	isClosed: true,
	preset: '',
};

const [modes] = anyKeyField(MODES, `${TOLD}. Phone Call rings them up.`).properties as [
	INodeProperties,
];

/** An agent isn't offered to have people rung up. */
const withoutCalls = (modes.options as INodePropertyOptions[]).filter(
	({ value }) => value !== PHONE_CALL,
);

/** How the people of a war room are told of it (`notification_modes`). */
export const notificationModes: Field<string[]> = {
	...fieldOf(
		(value) => asKeys(value, MODES),
		{ ...modes, displayOptions: { hide: { '@tool': [true] } } },
		{
			...modes,
			options: withoutCalls,
			description: TOLD,
			displayOptions: { show: { '@tool': [true] } },
		},
	),
	shown: (keys) => ({
		notificationModes: keys.map((key) => NOTIFICATION_MODES.get(key) ?? key),
	}),
};
