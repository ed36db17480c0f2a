import type { Answer } from '../answer';
import type { ReadCall } from '../call';
import { asNonEmptyText, asRecord, recordsOf } from '../json';
import { MAX_LIST_BYTES } from '../limits';
import { knownStatus } from '../statuses';
import { LIST_ACTION, readTotal } from './listIncidents';

/**
 * A harmless read of one ticket (ListIncidentSimpleTickets), made to see whether the credential is
 * accepted; `offset` is the number of the page, from 1 on.
 */
export const PROBE = {
	method: 'GET',
	path: '/v1/incident-tickets?limit=1&offset=1',
	timeoutMs: 10_000,
} as const;

/** Most tickets on a page. */
export const MOST_SIMPLE_TICKETS = 100;

/** The statuses on a page of all tickets, by their numbers. */
export interface SimpleTickets {
	statuses: Map<string, string>;
	/** How many tickets there are; null when the answer doesn't say. */
	total: number | null;
}

/**
 * The v1 call that lists all incidents, with their status, in an order that isn't documented:
 * `GET /v1/incident-tickets`.
 *
 * @param page from 1 on
 */
export function listSimpleTickets(page: number): ReadCall<SimpleTickets> {
	return {
		what: 'list',
		iamAction: LIST_ACTION,
		request: {
			method: 'GET',
			path: `/v1/incident-tickets?limit=${MOST_SIMPLE_TICKETS}&offset=${page}`,
			maxBytes: MAX_LIST_BYTES,
		},
		take: readSimpleTickets,
	};
}

/** `data.IncidentSimpleTicketInfos[]`, however its key is spelled; only documented statuses count. */
function readSimpleTickets(answer: Answer): SimpleTickets | null {
	const data = asRecord(answer.envelope?.data) ?? {};
	const [, infos] =
		Object.entries(data).find(([key]) => key.toLowerCase() === 'incidentsimpleticketinfos') ?? [];
	const records = answer.success ? recordsOf(infos) : null;
	if (records === null) return null;
	const statuses = new Map<string, string>();
	for (const record of records) {
		const number = asNonEmptyText(record.ticket_id);
		const status = knownStatus(record.status);
		if (number !== null && status !== null) statuses.set(number, status);
	}
	return { statuses, total: readTotal(answer) };
}
