import type { ReadCall } from '../call';
import { readHistory, type History } from '../history';

/** The v1 call that lists what happened to a ticket, newest first: `POST …/incident/list-histories`. */
export function historyOf(ticket: string): ReadCall<History> {
	return {
		what: 'history',
		iamAction: 'coc:ticket:getOperationHistories',
		request: {
			method: 'POST',
			path: '/v1/external/incident/list-histories',
			json: {
				string_filters: [{ field: 'ticket_id', operator: '=', values: [ticket] }],
				sort_filter: { field: 'start_time', operator: 'desc', values: ['start_time'] },
			},
		},
		take: (answer) => readHistory(answer, ticket),
	};
}
