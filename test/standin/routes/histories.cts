import { noSuchTicket, parameterError, success } from '../answers.cts';
import { anything, checked, optional, text } from '../check.cts';
import { listOf, passes, readFilters } from '../listing/filters.cts';
import { sorted } from '../listing/sort.cts';
import { entryV1, entryV2, type EntryRow, rows } from './historyEntries.cts';
import type { Route } from './route.cts';

const permission = 'coc:ticket:getOperationHistories';
/** No answer holds more. */
const MOST_ENTRIES = 1024;
const listing = {
	string_filters: optional(listOf(20)),
	sort_filter: optional(anything),
};

/** POST /v1/external/{ticket_type}/list-histories, and the same without "external" */
export const histories: Route[] = ['/v1/external', '/v1'].flatMap((prefix) =>
	['incident', 'issues_mgmt'].map((ticketType) => ({
		method: 'POST' as const,
		path: `${prefix}/${ticketType}/list-histories`,
		permission,
		answer({ body }, coc) {
			const { string_filters, sort_filter } = checked(
				body,
				{ ...listing, string_filters: listOf(20) },
				'body',
			);
			if (string_filters.length === 0) throw parameterError('The field[string_filters] is empty.');
			const filters = readFilters(string_filters, ['ticket_id'], ['=', 'in']);
			// Looked up, not searched for: there may be tens of thousands.
			const named = [...new Set(filters[0]!.values)].flatMap(
				(number) => coc.tickets.find(number) ?? [],
			);
			const found = (ticketType === 'incident' ? named : []).filter(({ number }) =>
				filters.every((filter) => passes({ ticket_id: number }, filter)),
			);
			const entries = found.flatMap((ticket) => rows(ticket, coc.quirks));
			return listed(entries, sort_filter, (row) => entryV1(row, coc));
		},
	})),
);

/** POST /v2/incidents/{incident_id}/histories */
export const historiesV2: Route = {
	method: 'POST',
	path: '/v2/incidents/{incident_id}/histories',
	permission,
	answer({ params, body }, coc) {
		const { incident_id: number } = checked(params, { incident_id: text(50) }, 'path');
		const { string_filters = [], sort_filter } = checked(body, listing, 'body');
		const filters = readFilters(string_filters, ['action', 'operator', 'status', 'start_time']);
		const ticket = coc.tickets.find(number);
		if (!ticket) throw noSuchTicket(number);
		const found = rows(ticket, coc.quirks).filter((row) =>
			filters.every((filter) => passes(row, filter)),
		);
		return listed(found, sort_filter, (row) => entryV2(row, coc));
	},
};

function listed<T>(found: EntryRow[], sortFilter: unknown, entry: (row: EntryRow) => T) {
	const info = sorted(found, sortFilter, ['start_time']).slice(0, MOST_ENTRIES).map(entry);
	return success({ total: found.length, info });
}
