import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import type { NewIncident } from '../coc/calls/createCocIncident';
import { LIMITS } from '../coc/limits';
import { applicationField, asApplication } from './application';
import { asCode } from './keyed';
import { collectionOf, fieldsOf, readAdded, type Parts } from './collection';
import { asEnterpriseProject, enterpriseProjectField } from './enterpriseProject';
import { asMoment } from './moment';
import { personField } from './person';
import { asTextOf } from './options';

/** What has happened, in a line (`incident_title`). */
export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Payments fail in cn-north-4',
	description: `What has happened, in at most ${LIMITS.title} characters`,
};

/** The person who reports it (`creator`). */
export const creatorField = personField({
	displayName: 'Creator',
	name: 'creator',
	description:
		'The person in whose name the incident is created, by IAM user ID. With an IAM user as credential it may stay empty: then that user is its creator.',
});

interface Additional {
	application: string;
	description: string;
	enterpriseProject: string;
	ownership: string;
	region: string;
	startTime: number;
}

const parts: Parts<Additional> = {
	application: { field: applicationField, read: asApplication },
	description: {
		field: {
			displayName: 'Description',
			name: 'description',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description: `More about what has happened, in at most ${LIMITS.description} characters`,
		},
		read: asTextOf(LIMITS.description, false),
	},
	enterpriseProject: { field: enterpriseProjectField, read: asEnterpriseProject },
	ownership: {
		field: {
			displayName: 'Ownership',
			name: 'ownership',
			type: 'string',
			default: '',
			placeholder: 'e.g. Proactive O&M',
			description: 'Where the incident comes from, in the words of your COC',
		},
		read: asCode,
	},
	region: {
		field: {
			displayName: 'Region',
			name: 'region',
			type: 'string',
			default: '',
			placeholder: 'e.g. cn-north-4',
			description:
				'The code of the region that is concerned. Required where your COC starts war rooms by itself.',
		},
		read: asCode,
	},
	startTime: {
		field: {
			displayName: 'Start Time',
			name: 'startTime',
			type: 'dateTime',
			default: '',
			description: 'When it began: a time in ISO 8601, or in milliseconds since 1970',
		},
		read: asMoment,
	},
};

const ADDITIONAL = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	placeholder: 'Add field',
};

export const additionalFields = collectionOf(ADDITIONAL, fieldsOf(parts));

/** @param shorten whether a description over the limit is cut instead of refused */
export function readAdditional(
	context: IExecuteFunctions,
	itemIndex: number,
	shorten: boolean,
): Checked<Partial<Additional> & Partial<NewIncident>> {
	const description = { ...parts.description, read: asTextOf(LIMITS.description, shorten) };
	return readAdded(context, itemIndex, ADDITIONAL, { ...parts, description });
}
