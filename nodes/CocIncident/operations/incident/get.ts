import type { IDataObject } from 'n8n-workflow';
import { incidentOf, SHOW_ACTION } from '../../../coc/calls/showCocIncidentDetail';
import { simplifyDetail } from '../../../coc/simplify';
import { readOptions } from '../../../fields/options';
import { simplifyOutput } from '../../../fields/simplifyOutput';
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
	fields: { ticket, simplify: simplifyOutput, options: readOptions },
	words: {
		done: 'read',
		effect: 'reading',
		iamAction: SHOW_ACTION,
		refusedHint: 'Check the ticket number, and who may see the ticket.',
	},
	async read(values, readCoc) {
		const incident = await readCoc(incidentOf(values.ticket));
		if (!incident.ok) return incident;
		const { value } = incident;
		return { ok: true, value: values.simplify ? simplifyDetail(value) : (value as IDataObject) };
	},
});
