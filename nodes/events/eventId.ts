import type { History } from '../coc/history';
import { isoTime } from '../coc/json';
import { COMPLETED, TO_BE_VERIFIED } from '../coc/statuses';
import { lastStepTo, type Detail } from './record';
import type { TicketEvent } from './state';

/**
 * Names an event, alike whichever trigger found it and whenever it read the ticket: by what COC's
 * record keeps, never by the time of a reading. So whoever has two triggers can drop what comes twice.
 *
 * @param history null when it isn't known: then the update time stands in, and the same event may get
 *   another ID rather than two events the same one
 */
export function eventIdOf(
	{ event, ticket, newStatus, at }: TicketEvent,
	{ handledAt }: Pick<Detail, 'handledAt'>,
	history: History | null,
): string {
	// These happen to a ticket once.
	if (event === 'incidentCreated' || event === 'incidentClosed') return `${ticket}/${event}`;
	const solvedAt = newStatus === TO_BE_VERIFIED ? handledAt : null;
	const time = solvedAt ?? (history && lastStepTo(newStatus, history)) ?? at;
	const round = newStatus === COMPLETED ? '' : `/${isoTime(time)}`;
	return `${ticket}/${event}/${newStatus}${round}`;
}

/** Whether the ID of an event depends on the ticket's history. */
export function isNamedByHistory(
	{ event, newStatus }: TicketEvent,
	{ handledAt }: Pick<Detail, 'handledAt'>,
): boolean {
	if (event === 'incidentCreated' || event === 'incidentClosed') return false;
	return newStatus === TO_BE_VERIFIED ? handledAt === null : newStatus !== COMPLETED;
}
