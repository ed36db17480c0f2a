import type { Fault } from '../client/listEnd';
import { pagesByTime, type Part } from '../client/pagesByTime';
import type { Fetched, Strict, TimeQuery } from '../client/timeList';
import type { Answer } from '../coc/answer';
import { asRecord, timeOf } from '../coc/json';
import { ticketNumber } from '../coc/url';
import { unreadFailure, type Read } from '../errors/failure';
import type { Row } from '../events/state';

/** What is asked for: tickets by update time, the oldest first. */
export type Query = TimeQuery & { from: number };

/** One answer of the list. */
export type Listed = Fetched<Row>;

/**
 * Pages through the list from an update time on, the oldest update first. A list in another order is
 * a failure, since the times of its pages would not show what was read.
 */
export function updatesFrom(
	from: number,
	perPage: number,
	list: (query: Query) => Promise<Read<Listed>>,
): AsyncGenerator<Read<Part<Row>>, void, void> {
	return pagesByTime(
		{
			...{ sign: 1, perPage, strict },
			keyOf: ({ ticket, updatedAt, isUndated }) =>
				isUndated === true ? ticket : `${ticket} ${updatedAt}`,
			timeOf: ({ updatedAt }) => updatedAt,
			fetch: async (query) => await list({ from, ...query }),
		},
		{ bound: from },
	);
}

const IGNORED: Record<Fault, string> = {
	page: 'the page that is asked for',
	filter: 'the filter of the update time',
	sorting: 'the sorting by update time',
};

const REPORT =
	"More incidents have changed than fit on one page, and some would be lost. Narrow the 'Filters', and report this.";

const strict: Strict<Row> = {
	isUndated: ({ isUndated }) => isUndated === true,
	failureOf(broken) {
		const failure =
			typeof broken === 'string'
				? unreadFailure(`COC's list of incidents ignores ${IGNORED[broken]}`, REPORT)
				: broken;
		return { ...failure, cause: 'configuration-invalid' };
	},
};

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
