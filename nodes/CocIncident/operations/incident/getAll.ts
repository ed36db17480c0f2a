import { LIST_ACTION } from '../../../coc/calls/listIncidents';
import { filterJson } from '../../../fields/filterJson';
import { filters, unknownKeys } from '../../../fields/filters';
import { limit } from '../../../fields/limit';
import { options } from '../../../fields/options';
import { simplifyOutput } from '../../../fields/simplifyOutput';
import { sort } from '../../../fields/sort';
import { reading } from '../../../run/readItem';
import { listed } from '../../incidentList';

/** Lists incidents (ListIncidents). */
export const getAll = reading({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many incidents',
		description: 'List incidents, all of them or by filters',
	},
	fields: { limit, filters, sort, simplify: simplifyOutput, options: options({ filterJson }) },
	words: {
		subject: 'The list of incidents',
		done: 'read',
		effect: 'reading',
		iamAction: LIST_ACTION,
		refusedHint: "Check 'Filters' and 'Filter (JSON)'.",
	},
	async read({ filters: wanted, options: given, ...values }, readCoc, { client, addHint }) {
		const found = await listed(readCoc, client, {
			...wanted,
			...values,
			filterJson: given.filterJson,
		});
		// Why a list may be empty.
		if (found.ok && found.value.length === 0) unknownKeys(wanted.filters).forEach(addHint);
		return found;
	},
});
