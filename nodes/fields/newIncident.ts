import { LIMITS } from '../coc/limits';
import { application } from './application';
import { enterpriseProject } from './enterpriseProject';
import { additionalFieldsOf } from './field';
import { keyField } from './keyed';
import { momentField } from './moment';
import { shortenTexts } from './options';
import { personOrSelfField, REQUIRED_UNLESS_OWN_USER } from './person';
import { textField } from './simpleFields';

/** What has happened, in a line (`incident_title`). */
export const title = textField({
	displayName: 'Title',
	name: 'title',
	required: true,
	placeholder: 'e.g. Payments fail in cn-north-4',
	description: `What has happened, in at most ${LIMITS.title} characters`,
	limit: LIMITS.title,
	shortenedBy: shortenTexts,
});

/** The person who reports it (`creator`). */
export const creator = personOrSelfField({
	displayName: 'Creator',
	toolLabel: 'Creator IAM User ID',
	name: 'creator',
	description: `${REQUIRED_UNLESS_OWN_USER} The person in whose name the incident is created, by IAM user ID.`,
});

/** What COC doesn't require. */
export const details = {
	application,
	description: textField({
		displayName: 'Description',
		name: 'description',
		typeOptions: { rows: 4 },
		placeholder: 'e.g. Since 14:05 every third payment times out',
		description: `More about what has happened, in at most ${LIMITS.description} characters`,
		limit: LIMITS.description,
		shortenedBy: shortenTexts,
	}),
	enterpriseProject,
	ownership: keyField({
		displayName: 'Ownership',
		name: 'ownership',
		placeholder: 'e.g. Proactive O&M',
		description: 'Where the incident comes from, in the words of your COC',
	}),
	region: keyField({
		displayName: 'Region',
		name: 'region',
		placeholder: 'e.g. cn-north-4',
		description:
			'Required where your COC starts war rooms by itself. The code of the region that is concerned.',
	}),
	startTime: momentField({
		displayName: 'Start Time',
		name: 'startTime',
		description: 'When it began: a time in ISO 8601, or in milliseconds since 1970',
	}),
};

export const additionalFields = additionalFieldsOf(details);
