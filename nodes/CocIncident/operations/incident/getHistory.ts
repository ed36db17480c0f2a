import type { IDataObject } from 'n8n-workflow';
import { HISTORY_ACTION, historyRecordsOf } from '../../../coc/calls/listHistories';
import { inTimeOrder } from '../../../coc/history';
import { simplifyHistory } from '../../../coc/simplifyHistory';
import { limit } from '../../../fields/limit';
import { readOptions } from '../../../fields/options';
import { simplifyOutput } from '../../../fields/simplifyOutput';
import { sortDirection } from '../../../fields/sort';
import { ticket } from '../../../fields/ticket';
import { reading } from '../../../run/readItem';

/** Lists what happened to an incident (ListTicketOperationHistories). */
export const getHistory = reading({
	option: {
		name: 'Get History',
		value: 'getHistory',
		action: 'Get history of incident',
		description: 'List who did what to an incident, and when',
	},
	fields: {
		ticket,
		limit,
		sort: sortDirection,
		simplify: simplifyOutput,
		options: readOptions,
	},
	words: {
		done: 'read',
		effect: 'reading',
		iamAction: HISTORY_ACTION,
		refusedHint: 'Check the ticket number, and who may see the ticket.',
	},
	async read({ ticket: number, limit: most, sort, simplify }, readCoc, { addHint }) {
		const found = await readCoc(historyRecordsOf(number, sort.direction));
		if (!found.ok) return found;
		const { complete } = found.value;
		if (!complete) addHint(`COC gave only a part of the history of ${number}.`);
		const records = inTimeOrder(found.value.records, sort.direction);
		const entries: object[] = simplify ? simplifyHistory(number, { records, complete }) : records;
		return { ok: true, value: entries.slice(0, most ?? Infinity) as IDataObject[] };
	},
});
