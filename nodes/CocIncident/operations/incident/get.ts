import type { IDataObject } from 'n8n-workflow';
import { all } from '../../../coc/result';
import { IAM_ACTION } from '../../../coc/codes';
import { readIncident, showIncident } from '../../../coc/statuses';
import { simplifyDetail } from '../../../coc/simplify';
import type { Operation } from '../../../run/operation';
import { reading } from '../../../run/readItem';
import { refuseInput } from '../../../run/itemResult';
import { readOptions } from '../../../fields/options';
import { readSimplify, simplifyField } from '../../../fields/simplifyOutput';
import { readTicket, ticketAsGiven, ticketField } from '../../../fields/ticket';

/** Reads an incident (ShowCocIncidentDetail). */
export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an incident',
		description: 'Read an incident by its number: its status, level, assignee and more',
	},
	fields: [ticketField, simplifyField, readOptions.field],
	words: {
		done: 'read',
		effect: 'reading',
		iamAction: IAM_ACTION.showIncident,
		refusedHint: 'Check the ticket number, and who may see the ticket.',
	},
	ticketOf: ticketAsGiven,

	prepare({ context }, itemIndex) {
		const input = all({
			ticket: readTicket(context, itemIndex),
			simplify: readSimplify(context, itemIndex),
			options: readOptions.read(context, itemIndex),
		});
		if (!input.ok) return refuseInput(input);
		const { ticket, simplify, options } = input.value;

		return reading(options.timeout, async (ask) => {
			const incident = await ask({
				call: showIncident(ticket),
				what: 'incident',
				iamAction: IAM_ACTION.showIncident,
				take: readIncident,
			});
			if (!incident.ok) return incident;
			const { value } = incident;
			return { ok: true, value: simplify ? simplifyDetail(value) : (value as IDataObject) };
		});
	},
};
