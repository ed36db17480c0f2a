import type { INodeProperties } from 'n8n-workflow';
import { LIMITS } from '../coc/limits';
import { application } from './application';
import { asEntered } from './asEntered';
import { additionalFieldsOf } from './field';
import { jsonObject } from './jsonObject';
import { keyedField } from './keyed';
import { momentField } from './moment';
import { options, shortenTexts, dryRunOfCreation } from './options';
import { textField } from './simpleFields';

type Shape = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>;

const optionalText = (shape: Shape) =>
	textField({ ...shape, limit: LIMITS.reported, shortenedBy: shortenTexts });

const text = (shape: Shape) =>
	textField({ ...shape, required: true, limit: LIMITS.reported, shortenedBy: shortenTexts });

const id = {
	displayName: 'Alarm ID',
	name: 'alarmId',
	placeholder: 'e.g. db-7-disk-full',
	description:
		'The ID that the alarm has where it comes from. The same ID again is the same alarm; COC gives it a number of its own (ALM…).',
};

/** What COC requires of an alarm that is reported to it. */
export const reportedAlarm = {
	// Never shortened: two alarms could become one.
	alarmId: textField({ ...id, required: true, limit: LIMITS.reported }),
	alarmName: text({
		displayName: 'Alarm Name',
		name: 'alarmName',
		placeholder: 'e.g. Disk full',
		description: 'What is wrong, in a few words',
	}),
	alarmLevel: keyedField({
		shape: { displayName: 'Alarm Level', name: 'alarmLevel', description: 'How severe it is' },
		labels: new Map(['Critical', 'Major', 'Minor', 'Info'].map((level) => [level, level])),
		isClosed: true,
		preset: 'Major',
	}),
	alarmStatus: keyedField({
		shape: {
			displayName: 'Alarm Status',
			name: 'alarmStatus',
			description: 'Whether it begins, or is over',
		},
		labels: new Map([
			['alarm', 'Alarm'],
			['ok', 'OK'],
		]),
		isClosed: true,
		preset: 'alarm',
	}),
	time: momentField({
		displayName: 'Time',
		name: 'time',
		required: true,
		description: 'When it happened: a time in ISO 8601, or in milliseconds since 1970',
	}),
	nameSpace: text({
		displayName: 'Namespace',
		name: 'nameSpace',
		placeholder: 'e.g. SYS.RDS',
		description: 'The service or the area that the alarm belongs to',
	}),
	alarmDesc: text({
		displayName: 'Description',
		name: 'alarmDesc',
		placeholder: 'e.g. 98 % of the disk are in use',
		description: 'More about what is wrong',
	}),
	alarmSource: text({
		displayName: 'Source',
		name: 'alarmSource',
		placeholder: 'e.g. n8n',
		description: 'The monitoring that the alarm comes from',
	}),
};

/** The ID as entered. */
export const reportedAsEntered = asEntered(id);

/** What it doesn't require. */
export const reportedAlarmFields = additionalFieldsOf({
	additional: jsonObject({
		displayName: 'Additional',
		name: 'additional',
		description: 'Anything else about the alarm, as a JSON object',
	}),
	application,
	region: optionalText({
		displayName: 'Region',
		name: 'region',
		placeholder: 'e.g. cn-north-4',
		description: 'The code of the region that is concerned',
	}),
	resourceId: optionalText({
		displayName: 'Resource ID',
		name: 'resourceId',
		placeholder: 'e.g. 0d5f8a0e-7c1b-4a41-9b5c-2d8c4f1e6a90',
		description: 'The ID of what is concerned, such as a server',
	}),
	resourceName: optionalText({
		displayName: 'Resource Name',
		name: 'resourceName',
		placeholder: 'e.g. db-7',
		description: 'The name of what is concerned, such as a server',
	}),
	url: optionalText({
		displayName: 'URL',
		name: 'url',
		placeholder: 'e.g. https://monitoring.example.com/alarms/7',
		description: 'Where more about the alarm is found',
	}),
});

export const reportOptions = options({ dryRun: dryRunOfCreation, shortenTexts });
