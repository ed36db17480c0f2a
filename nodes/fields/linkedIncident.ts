import { additionalFieldsOf, required } from './field';
import { details } from './newIncident';
import { options, shortenTexts, dryRunOfCreation } from './options';
import { ticketFiles } from './ticketFiles';
import { booleanField, choiceOption } from './simpleFields';

/** What COC requires of an incident that is made of alarms, and of no other one. */
export const description = required(details.description);

const { enterpriseProject, region } = details;

/** What it doesn't require. */
export const linkedIncidentFields = additionalFieldsOf({
	changeEvent: booleanField({
		displayName: 'Change Event',
		name: 'changeEvent',
		description: 'Whether a change led to the incident',
	}),
	enterpriseProject,
	region,
});

type IfLinked = 'return' | 'fail';

const ifLinked = choiceOption<IfLinked>({
	displayName: 'If Already Linked',
	name: 'ifLinked',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'An alarm that has an incident already is an error',
		},
		{
			name: 'Return Its Incident',
			value: 'return',
			description: 'The incident that an alarm has already is returned, and nothing is sent',
		},
	],
	default: 'return',
	description: 'What to do when an alarm belongs to an incident already',
});

export const linkedIncidentOptions = options({
	dryRun: dryRunOfCreation,
	files: ticketFiles,
	ifLinked,
	shortenTexts,
});
