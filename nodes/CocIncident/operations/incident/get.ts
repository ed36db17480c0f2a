import { incidentOf, SHOW_ACTION } from '../../../coc/calls/showCocIncidentDetail';
import { INCIDENT_FIELDS, simplifyDetail } from '../../../coc/simplify';
import { readOptions } from '../../../fields/options';
import { ticket } from '../../../fields/ticket';
import { reading } from '../../../run/readItem';

/** Reads an incident (ShowCocIncidentDetail). */
export const get = reading({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get incident',
		description: 'Read an incident by its number',
	},
	fields: { ticket, options: readOptions },
	words: {
		done: 'read',
		iamAction: SHOW_ACTION,
		refusedHint: 'Check the ticket number, and who may see the ticket.',
	},
	output: { id: 'ticket', names: INCIDENT_FIELDS, simplify: simplifyDetail, hadSimplify: true },
	read: async (values, readCoc) => await readCoc(incidentOf(values.ticket)),
});
