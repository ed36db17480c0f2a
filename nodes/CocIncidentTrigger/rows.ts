import type { Answer } from '../shared/contract/answer';
import { asRecord, timeOf, wordsOf } from '../shared/contract/json';
import type { Row } from './memory';

/**
 * All rows of a list's answer, in its order; null when it is no list. One that can't be followed is
 * among them with its flaw, since it takes a place on its page.
 *
 * @param from the update time from which on the list was asked for, in ms since 1970
 */
export function rowsOf({ envelope, success }: Answer, from: number): Row[] | null {
	const tickets = asRecord(envelope?.data)?.tickets;
	if (!success || !Array.isArray(tickets)) return null;
	const rows = (tickets as unknown[]).map(readRow);
	let lower = from;
	return rows.map(({ updatedAt, ...row }, index) => {
		if (updatedAt !== null) {
			lower = updatedAt;
			return { ...row, updatedAt };
		}
		// Without a time of its own it has that of its place.
		const upper = rows.slice(index).find((one) => one.updatedAt !== null)?.updatedAt ?? Infinity;
		lower = Math.max(lower, Math.min(row.createdAt, upper));
		return { ...row, updatedAt: lower, isUndated: true };
	});
}

function readRow(value: unknown): Omit<Row, 'updatedAt'> & { updatedAt: number | null } {
	const record = asRecord(value);
	const ticket = wordsOf(record?.ticket_id);
	const createdAt = timeOf(record?.create_time);
	const updatedAt = timeOf(record?.update_time);
	// A number of dots would ask for another address.
	if (ticket === null || /^\.{1,2}$/.test(ticket)) {
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
