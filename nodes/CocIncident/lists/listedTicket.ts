import type { INodeListSearchItems } from 'n8n-workflow';
import { listedLabel, type ListedIncident } from '../../coc/calls/listIncidents';
import { LEVELS } from '../../coc/enumerations';
import { asNonEmptyText } from '../../coc/json';
import { STATUS_LABELS } from '../../coc/statuses';
import { ticketNumber } from '../../coc/url';
import type { RequestKind } from '../../coc/waitingRequest';
import { shortenTo } from '../../fields/checks';
import type { WantedTickets } from './ticketsFor';

/** What the list has of an incident; small, since a page's token holds those not looked at yet. */
export interface ListedTicket {
	number: string;
	title: string | null;
	/** In words. */
	level: string | null;
	/** The process status in v2's own words; its values aren't published. */
	flow: string | null;
	/** Where it was read. */
	status: string | null;
}

/** A ticket that can be chosen, and the request on it that waits, where the operation answers one. */
export interface Shown extends ListedTicket {
	request: RequestKind | null;
}

/** An incident of v2's list; null for one without a number. */
export function listedTicket(incident: ListedIncident): ListedTicket | null {
	const number = ticketNumber(incident.ticket_id);
	if (number === null) return null;
	const level = asNonEmptyText(incident.level_id);
	return {
		number,
		title: asNonEmptyText(incident.title),
		level: listedLabel(incident, 'level_id') ?? LEVELS.get(level ?? '') ?? level,
		flow: listedLabel(incident, 'work_flow_status') ?? asNonEmptyText(incident.work_flow_status),
		status: null,
	};
}

/** What the editor shows of an entry before it cuts it off, in letters; a Chinese one counts twice. */
const ENTRY_WIDTH = 54;
/** A title is shortened for the rest to be seen, but not to less than this. */
const LEAST_TITLE = 12;
const WIDE = /[\u2E80-\uFFEF]/;

const REQUESTS: Record<RequestKind, string> = { level: 'Level', pause: 'Pause' };

/**
 * "P1 · Payments are down · IM2026…3781": what tells tickets apart comes first, and stays readable in
 * the narrow field once one is picked.
 */
export function entryOf(ticket: Shown, wanted: WantedTickets | null): INodeListSearchItems {
	const { number, level, title, request } = ticket;
	const before = [level, request && REQUESTS[request]];
	const shortNumber = number.length > 12 ? `${number.slice(0, 6)}…${number.slice(-4)}` : number;
	const after = [standingOf(ticket, wanted), shortNumber];
	const room = Math.max(LEAST_TITLE, ENTRY_WIDTH - joined([...before, '', ...after]).length);
	const shortTitle = title && shortenTo(title, WIDE.test(title) ? Math.floor(room / 2) : room);
	return { name: joined([...before, shortTitle, ...after]), value: number };
}

function joined(parts: Array<string | null>): string {
	return parts.filter((part) => part !== null).join(' · ');
}

/** Where a ticket stands; null where all in the list stand there, or its request says more. */
function standingOf({ status, flow, request }: Shown, wanted: WantedTickets | null): string | null {
	if (request !== null) return null;
	if (status === null) return flow;
	const [only, ...others] = wanted?.statuses ?? [];
	return others.length === 0 && only === status ? null : (STATUS_LABELS.get(status) ?? status);
}
