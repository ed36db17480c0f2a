/** The documented statuses of an incident. */
export const ticketStatuses = [
	'incident_draft',
	'INCIDENT_STATUS_TRIGGERED',
	'INCIDENT_STATUS_REJECTED',
	'INCIDENT_STATUS_ACKNOWLEDGED',
	'INCIDENT_STATUS_RESOLVED',
	'INCIDENT_STATUS_COMPLETED',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

/** One thing that was done to a ticket. `result` is the verification's, null for all else. */
export interface HistoryEntry {
	action: string;
	operator: string;
	comment: string | null;
	result: boolean | null;
	at: number;
	/** The ticket's status at that step; its values aren't published, so that there is a default. */
	status?: string;
}

export interface Ticket {
	number: string;
	status: TicketStatus;
	level: string;
	type: string;
	title: string;
	description: string | null;
	source: string;
	ownership: string | null;
	creator: string;
	assignee: string | null;
	assigneeScene: string | null;
	assigneeRole: string | null;
	region: string | null;
	enterpriseProject: string | null;
	application: string | null;
	isServiceInterrupt: boolean;
	createTime: number;
	/** When it was changed last, by default when it was created. */
	updateTime: number;
	startTime: number | null;
	faultRecoveryTime: number | null;
	handleTime: number | null;
	cause: string | null;
	solution: string | null;
	/** Until then COC doesn't know the ticket yet. */
	knownFrom: number;
	/** A pause or level change still waits for approval: the ticket can't be closed. */
	openApproval: boolean;
	history: HistoryEntry[];
}

export interface Tickets {
	/** Whether COC knows it already or not. */
	get(number: string): Ticket | undefined;
	/** In the order of their creation, whether COC knows them already or not. */
	all(): Ticket[];
	/** What COC knows. */
	find(number: string): Ticket | undefined;
	known(): Ticket[];
	/** What COC's lists show that are so long behind: the tickets that were there, as they were. */
	listed(lagMs: number): Ticket[];
	add(fields?: Partial<Ticket>): Ticket;
	change(ticket: Ticket, fields: Partial<Ticket>, entry: HistoryEntry): void;
	/** Grows with every change: tells whether a request changed anything. */
	readonly revision: number;
}

/** An empty store of tickets. */
export function createTickets(now: () => number): Tickets {
	const byNumber = new Map<string, Ticket>();
	let revision = 0;
	// What a ticket was before each of its changes, and until when.
	const past = new Map<Ticket, Array<{ until: number; was: Ticket }>>();
	const isKnown = ({ knownFrom }: Ticket) => knownFrom <= now();
	const known = () => [...byNumber.values()].filter(isKnown);

	return {
		get: (number) => byNumber.get(number),
		all: () => [...byNumber.values()],
		find(number) {
			const ticket = byNumber.get(number);
			return ticket && isKnown(ticket) ? ticket : undefined;
		},
		known,
		listed(lagMs) {
			if (lagMs === 0) return known();
			const at = now() - lagMs;
			return [...byNumber.values()]
				.filter(({ knownFrom, createTime }) => Math.max(knownFrom, createTime) <= at)
				.map((ticket) => past.get(ticket)?.find(({ until }) => until > at)?.was ?? ticket);
		},
		add(fields = {}) {
			const ticket = { ...defaults(fields.createTime ?? now(), byNumber.size), ...fields };
			if (byNumber.has(ticket.number)) throw new Error(`${ticket.number} exists already`);
			byNumber.set(ticket.number, ticket);
			revision++;
			return ticket;
		},
		change(ticket, fields, entry) {
			const was = { ...ticket, history: [...ticket.history] };
			past.set(ticket, [...(past.get(ticket) ?? []), { until: entry.at, was }]);
			Object.assign(ticket, { updateTime: entry.at, ...fields });
			ticket.history.push(entry);
			revision++;
		},
		get revision() {
			return revision;
		},
	};
}

/** A ticket whose solution waits to be verified. */
function defaults(at: number, index: number): Ticket {
	return {
		number: ticketNumber(at, index),
		status: 'INCIDENT_STATUS_RESOLVED',
		level: 'level_30',
		type: 'inc_type_p_function_issues',
		title: 'Orders are not confirmed',
		description: null,
		source: 'incident_source_manual',
		ownership: null,
		creator: '7da46971b7e24eed90cf777cc2ff8b91',
		assignee: '7da46971b7e24eed90cf777cc2ff8b91',
		assigneeScene: null,
		assigneeRole: null,
		region: null,
		enterpriseProject: '0',
		application: null,
		isServiceInterrupt: false,
		createTime: at,
		updateTime: at,
		startTime: null,
		faultRecoveryTime: null,
		handleTime: null,
		cause: null,
		solution: null,
		knownFrom: 0,
		openApproval: false,
		history: [],
	};
}

/** IM, the time to the second, ten digits: like IM202403221515060171753781. */
function ticketNumber(at: number, index: number): string {
	const time = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
	return `IM${time}${String(171_753_781 + index).padStart(10, '0')}`;
}
