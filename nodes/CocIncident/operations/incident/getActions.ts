import type { IDataObject } from 'n8n-workflow';
import { LIST_ACTIONS } from '../../../coc/calls/listIncidentTasks';
import { simplifyDetail } from '../../../coc/simplify';
import { readOptions } from '../../../fields/options';
import { ticket } from '../../../fields/ticket';
import { reading } from '../../../run/readItem';
import { possibleActions, readSituation } from '../../../run/situation';

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
		done: 'read',
		effect: 'reading',
		iamAction: LIST_ACTIONS,
		refusedHint: 'Check the ticket number, and who may see the ticket.',
	},
	async read(values, readCoc, { client, operations }) {
		const found = await readSituation({ ticket: values.ticket, client, readCoc }, false);
		if (!found.ok) return found;
		const { status } = simplifyDetail(found.value.incident);
		const actions = possibleActions(found.value, operations);
		return {
			ok: true,
			value: { ticket: values.ticket, status, actions } as unknown as IDataObject,
		};
	},
});
