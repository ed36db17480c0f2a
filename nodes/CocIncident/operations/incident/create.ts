import { actorOf } from '../../../client/renewal';
import {
	CREATE_ACTION,
	createCocIncident,
	readCreated,
} from '../../../coc/calls/createCocIncident';
import { assignee } from '../../../fields/assignee';
import { serviceInterrupted } from '../../../fields/interruption';
import { keyedField, LEVEL, SOURCE, TYPE } from '../../../fields/keyed';
import { additionalFields, creator, title } from '../../../fields/newIncident';
import { creationOptions } from '../../../fields/options';
import { lookForTicket, shownWhenAvailable } from '../../../run/newTicket';
import { writing } from '../../../run/write';

/** Creates an incident (CreateCocIncident). */
export const create = writing({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create incident',
		description: 'Report an incident and assign it',
	},
	fields: {
		title,
		level: keyedField(LEVEL),
		type: keyedField(TYPE),
		assignee,
		creator,
		source: keyedField(SOURCE),
		serviceInterrupted,
		additional: additionalFields,
		options: creationOptions,
	},
	words: {
		about: () => 'the incident',
		done: 'created',
		iamAction: CREATE_ACTION,
		refusedHint:
			'Check that level, type and source exist in your COC, and application, enterprise project and region as well, and that creator and assignee are among its personnel.',
	},
	async plan(values, { client, words, timeoutMs, shownOf }) {
		const actor = await actorOf(values.creator, client, words);
		if (!actor.ok) return actor.failure;
		const { additional, options: wanted, ...incident } = values;
		const by = actor.value.id ?? '';
		return {
			request: createCocIncident({ ...incident, ...additional, creator: by }),
			ownUser: actor.value.ownUser,
			shown: { ticket: null, title: values.title, ...shownOf({ ...values, creator: by }) },
			take: (answer) => ({ ticket: readCreated(answer) }),
			// A second ticket would look just like the first.
			proof: null,
			check: (sentAt) => lookForTicket(values.title, by, sentAt),
			...(wanted.waitUntilAvailable && {
				afterwards: async ({ ticket }) => await shownWhenAvailable(client, ticket, timeoutMs),
			}),
		};
	},
});
