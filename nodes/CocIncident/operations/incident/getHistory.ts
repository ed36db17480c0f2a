import { HISTORY_ACTION, historyRecordsOf } from '../../../coc/calls/listHistories';
import { inTimeOrder } from '../../../coc/history';
import type { JsonRecord } from '../../../coc/json';
import { ENTRY_FIELDS, simplifyHistory } from '../../../coc/simplifyHistory';
import { limit } from '../../../fields/limit';
import { readOptions } from '../../../fields/options';
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
	fields: { ticket, limit, sort: sortDirection, options: readOptions },
	words: {
		about: (it) => `the history of ${it}`,
		done: 'read',
		iamAction: HISTORY_ACTION,
		refusedHint: 'Check the ticket number, and who may see the ticket.',
	},
	output: {
		id: 'ticket',
		names: ENTRY_FIELDS,
		simplify: ({ simple }: Entry) => simple,
		raw: ({ record }) => record,
		hadSimplify: true,
	},
	async read({ ticket: number, limit: most, sort }, readCoc, { addHint }) {
		const found = await readCoc(historyRecordsOf(number, sort.direction));
		if (!found.ok) return found;
		const { complete } = found.value;
		if (!complete) addHint(`COC gave only a part of the history of ${number}.`);
		const records = inTimeOrder(found.value.records, sort.direction);
		// What an entry means, those before it say.
		const simple = simplifyHistory(number, { records, complete });
		const entries = records.map((record, at): Entry => ({ record, simple: simple[at]! }));
		return { ok: true, value: entries.slice(0, most ?? Infinity) };
	},
});

interface Entry {
	record: JsonRecord;
	simple: object;
}
