import type { Answer } from '../answer';
import type { ReadCall } from '../call';
import { historyRecords, readHistory, type History, type HistoryRecords } from '../history';

/** IAM action of the call. */
export const HISTORY_ACTION = 'coc:ticket:getOperationHistories';

/** The v1 call that lists what happened to a ticket: `POST /v1/external/incident/list-histories`. */
function listHistories<T>(
	ticket: string,
	direction: 'asc' | 'desc',
	take: (answer: Answer) => T | null,
): ReadCall<T> {
	return {
		what: 'history',
		iamAction: HISTORY_ACTION,
		request: {
			method: 'POST',
			path: '/v1/external/incident/list-histories',
			json: {
				string_filters: [{ field: 'ticket_id', operator: '=', values: [ticket] }],
				sort_filter: { field: 'start_time', operator: direction, values: ['start_time'] },
			},
		},
		take,
	};
}

/** What happened, newest first, to look for a step in it. */
export function historyOf(ticket: string): ReadCall<History> {
	return listHistories(ticket, 'desc', (answer) => readHistory(answer, ticket));
}

/** The entries to be shown. */
export function historyRecordsOf(
	ticket: string,
	direction: 'asc' | 'desc',
): ReadCall<HistoryRecords> {
	return listHistories(ticket, direction, ({ envelope }) => historyRecords(envelope, ticket));
}
