import { LIST_ACTION } from '../../../coc/calls/listIncidents';
import { INCIDENT_FIELDS, simplifyListed } from '../../../coc/simplify';
import { refusedInput } from '../../../errors/refusedInput';
import { filterJson } from '../../../fields/filterJson';
import { filters, unknownKeys } from '../../../fields/filters';
import { limit } from '../../../fields/limit';
import { options } from '../../../fields/options';
import { sort } from '../../../fields/sort';
import { reading } from '../../../run/readItem';
import { listed, type FoundIncident } from '../../incidentList';

/** Lists incidents (ListIncidents). */
export const getAll = reading({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many incidents',
		description: 'List incidents, all of them or by filters',
	},
	fields: { limit, filters, sort, options: options({ filterJson }) },
	words: {
		about: () => 'the list of incidents',
		done: 'read',
		iamAction: LIST_ACTION,
		refusedHint: "Check 'Filters' and 'Filter (JSON)'.",
	},
	output: {
		id: 'ticket',
		names: [...INCIDENT_FIELDS, 'processStatus'],
		simplify: ({ incident, status }: FoundIncident) => simplifyListed(incident, status),
		raw: ({ incident }) => incident,
		hadSimplify: true,
	},
	async read({ filters: wanted, options: given, output, ...values }, readCoc, { client, addHint }) {
		if (wanted.statuses === null && output.names.includes('status')) {
			return { ok: false, failure: refusedInput(NO_STATUS) };
		}
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

/** An IF on a field that is always null would fail without a word. */
const NO_STATUS = {
	reason: "'Fields to Return' has 'Status', which the list of COC does not show",
	hint: "Add the filter 'Status', or choose 'Process Status'.",
};
