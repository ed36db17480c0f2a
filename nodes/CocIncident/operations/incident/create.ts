import {
	CREATE_ACTION,
	createCocIncident,
	readCreated,
} from '../../../coc/calls/createCocIncident';
import { assignee } from '../../../fields/assignee';
import { serviceInterrupted } from '../../../fields/interruption';
import { keyedField, LEVEL, SOURCE, TYPE } from '../../../fields/keyed';
import { additionalFields, creator, title } from '../../../fields/newIncident';
import {
	dryRunOfCreation,
	options,
	shortenTexts,
	waitUntilAvailable,
} from '../../../fields/options';
import { creating } from '../../../run/creation';

/** Creates an incident (CreateCocIncident). */
export const create = creating({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create an incident',
		description: 'Report an incident and assign it to a person or a shift; gives its number',
	},
	fields: {
		level: keyedField(LEVEL),
		type: keyedField(TYPE),
		title,
		source: keyedField(SOURCE),
		creator,
		serviceInterrupted,
		assignee,
		additional: additionalFields,
		options: options({ dryRun: dryRunOfCreation, shortenTexts, waitUntilAvailable }),
	},
	words: {
		done: 'created',
		effect: 'creation',
		iamAction: CREATE_ACTION,
		refusedHint:
			'Check that level, type and source exist in your COC, and application, enterprise project and region as well, and that creator and assignee are among its personnel.',
	},
	request: ({ additional, ...incident }, actor) =>
		createCocIncident({ ...incident, ...additional, creator: actor }),
	take: readCreated,
});
