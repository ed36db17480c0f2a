import type { Answer } from '../coc/answer';
import { asRecord, timeOf } from '../coc/json';
import { ticketNumber } from '../coc/url';
import type { Row } from './state';

/**
 * All rows of a list's answer, in its order; null when it is no list. One that can't be followed is
 * among them with its flaw, since it takes a place on its page.
 *
 * @param from the update time from which on the list was asked for, in ms since 1970
 */
export function rowsOf({ envelope, success }: Answer, from: number): Row[] | null {
	const tickets = asRecord(envelope?.data)?.tickets;
	if (!success || !Array.isArray(tickets)) return null;
	let place = from;
	return (tickets as unknown[]).map(readRow).map(({ updatedAt, ...row }) => {
		if (updatedAt === null) return { ...row, updatedAt: place, isUndated: true };
		place = updatedAt;
		return { ...row, updatedAt };
	});
}

function readRow(value: unknown): Omit<Row, 'updatedAt'> & { updatedAt: number | null } {
	const record = asRecord(value);
	const ticket = ticketNumber(record?.ticket_id);
	const createdAt = timeOf(record?.create_time);
	const updatedAt = timeOf(record?.update_time);
	if (ticket === null) {
		const place = { ticket: `? ${JSON.stringify(value)}`, createdAt: 0, updatedAt };
		return { ...place, flaw: 'one in the list has no readable number (ticket_id)' };
	}
	if (createdAt === null) {
		return {
			ticket,
			createdAt: 0,
			updatedAt,
			flaw: `ticket ${ticket} has no readable create_time`,
		};
	}
	return { ticket, createdAt, updatedAt };
}
