import type { IExecuteFunctions } from 'n8n-workflow';
import { all } from '../../../coc/result';
import { IAM_ACTION } from '../../../coc/codes';
import type { Operation } from '../../../run/operation';
import { reading } from '../../../run/readItem';
import { refuseInput } from '../../../run/itemResult';
import { filterJson } from '../../../fields/filterJson';
import { filtersField, readFilters, unknownWords } from '../../../fields/filters';
import { limitFields, readLimit } from '../../../fields/limit';
import { optionsOf } from '../../../fields/options';
import { readSimplify, simplifyField } from '../../../fields/simplifyOutput';
import { readSort, sortField } from '../../../fields/sort';
import { listed } from './listing';

const options = optionsOf({ filterJson });

/** Lists incidents (ListIncidents). */
export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many incidents',
		description: 'List incidents, for example those of a level or status, or of the last day',
	},
	fields: [...limitFields, filtersField, sortField, simplifyField, options.field],
	words: {
		subject: 'The list of incidents',
		done: 'read',
		effect: 'reading',
		iamAction: IAM_ACTION.listIncidents,
		refusedHint: "Check 'Filters' and 'Filter (JSON)'.",
	},
	ticketOf: () => null,

	prepare({ context }, itemIndex) {
		const input = all({
			limit: readLimit(context, itemIndex),
			wanted: readFilters(context, itemIndex),
			sort: readSort(context, itemIndex),
			simplify: readSimplify(context, itemIndex),
			options: options.read(context, itemIndex),
		});
		if (!input.ok) return refuseInput(input);
		const { wanted, options: given, ...others } = input.value;

		return reading(given.timeout, async (ask, traffic) => {
			const listing = { ...wanted, ...others, filterJson: given.filterJson };
			const found = await listed(ask, traffic, listing);
			if (found.ok && found.value.length === 0) hintAt(context, unknownWords(wanted.filters));
			return found;
		});
	},
};

/** Shows why a list may be empty, where this n8n can show it. */
function hintAt(context: Partial<IExecuteFunctions>, sentences: string[]): void {
	for (const message of sentences) {
		context.addExecutionHints?.({ message, type: 'warning', location: 'outputPane' });
	}
}
