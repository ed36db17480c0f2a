import { LIST_ACTIONS } from '../../../coc/calls/listIncidentTasks';
import { first, type JsonRecord } from '../../../coc/json';
import { simplifyDetail } from '../../../coc/simplify';
import { readOptions } from '../../../fields/options';
import { ticket } from '../../../fields/ticket';
import { reading } from '../../../run/readItem';
import { possibleActions, readSituation, type PossibleAction } from '../../../run/situation';

/** Lists what can be done with an incident now (ListIncidentTasks). */
export const getActions = reading({
	option: {
		name: 'Get Available Actions',
		value: 'getActions',
		action: 'Get available actions of incident',
		description: 'List what can be done with an incident now',
	},
	fields: { ticket, options: readOptions },
	words: {
		about: (it) => `the list of available actions of ${it}`,
		done: 'read',
		iamAction: LIST_ACTIONS,
		refusedHint: 'Check the ticket number, and who may see the ticket.',
	},
	output: {
		id: 'ticket',
		names: ['status', 'actions'],
		simplify: ({ ticket: number, incident, actions }: Possible) => ({
			ticket: number,
			status: simplifyDetail(incident).status,
			actions,
		}),
		raw: ({ ticket: number, incident, tasks }) => ({
			ticket: number,
			status: first(incident.status),
			tasks,
		}),
	},
	async read(values, readCoc, { client, operations }) {
		const found = await readSituation({ ticket: values.ticket, client, readCoc }, false);
		if (!found.ok) return found;
		const { incident, tasks } = found.value;
		const actions = possibleActions(found.value, operations);
		return { ok: true, value: { ticket: values.ticket, incident, tasks, actions } };
	},
});

interface Possible {
	ticket: string;
	incident: JsonRecord;
	/** As COC gives them. */
	tasks: JsonRecord[];
	actions: PossibleAction[];
}
