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
	/** A pause or level change still waits for approval: the ticket can't be closed. */
	openApproval: boolean;
	history: HistoryEntry[];
}

export interface Tickets {
	get(number: string): Ticket | undefined;
	/** In the order of their creation. */
	all(): Ticket[];
	add(fields?: Partial<Ticket>): Ticket;
	change(ticket: Ticket, fields: Partial<Ticket>, entry: HistoryEntry): void;
	/** Grows with every change: tells whether a request changed anything. */
	readonly revision: number;
}

/** An empty store of tickets. */
export function createTickets(now: () => number): Tickets {
	const byNumber = new Map<string, Ticket>();
	let revision = 0;

	return {
		get: (number) => byNumber.get(number),
		all: () => [...byNumber.values()],
		add(fields = {}) {
			const ticket = { ...defaults(fields.createTime ?? now(), byNumber.size), ...fields };
			if (byNumber.has(ticket.number)) throw new Error(`${ticket.number} exists already`);
			byNumber.set(ticket.number, ticket);
			revision++;
			return ticket;
		},
		change(ticket, fields, entry) {
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
		openApproval: false,
		history: [],
	};
}

/** IM, the time to the second, ten digits: like IM202403221515060171753781. */
function ticketNumber(at: number, index: number): string {
	const time = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
	return `IM${time}${String(171_753_781 + index).padStart(10, '0')}`;
}
