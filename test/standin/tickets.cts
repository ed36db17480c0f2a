import type { Quirks } from './quirks.cts';

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
	/** The ticket's status at that step. */
	status?: string;
}

/** A pause or another level, asked for and not answered yet. */
export interface Approval {
	kind: 'pause' | 'level';
	/** The level that is asked for. */
	level: string | null;
	/** Who is asked: IAM user IDs, or null for anybody. */
	approvers: string[] | null;
	/** Whether all of them have to agree; else the first answer decides. */
	all: boolean;
	/** Who has agreed so far. */
	agreed: string[];
}

/** By default a pause, to which anybody may agree. */
export function openApproval(fields: Partial<Approval> = {}): Approval {
	return { kind: 'pause', level: null, approvers: null, all: false, agreed: [], ...fields };
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
	/** What still waits for approval: until then the ticket can't be closed. */
	approval: Approval | null;
	/** Counts only while it is accepted. */
	paused: boolean;
	/** How often its flow has moved: each time its tasks are used up, and others begin. */
	moves: number;
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
	clear(): void;
	/** Called after a ticket was added or has changed, until what is returned is called. */
	onChange(listener: (ticket: Ticket) => void): () => void;
	/** Grows with every change: tells whether a request changed anything. */
	readonly revision: number;
}

/** An empty store of tickets. */
export function createTickets(now: () => number, quirks: Pick<Quirks, 'entryStatus'>): Tickets {
	const byNumber = new Map<string, Ticket>();
	let revision = 0;
	const listeners = new Set<(ticket: Ticket) => void>();
	const changed = (ticket: Ticket) => {
		revision++;
		for (const listener of listeners) listener(ticket);
	};
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
			if (!fields.history) ticket.history = requests(ticket);
			if (byNumber.has(ticket.number)) throw new Error(`${ticket.number} exists already`);
			byNumber.set(ticket.number, ticket);
			changed(ticket);
			return ticket;
		},
		change(ticket, fields, entry) {
			const was = { ...ticket, history: [...ticket.history] };
			past.set(ticket, [...(past.get(ticket) ?? []), { until: entry.at, was }]);
			const moves = ticket.moves + Number(isMove(ticket, fields));
			Object.assign(ticket, { updateTime: entry.at, moves, ...fields });
			ticket.history.push({ status: quirks.entryStatus(was.status, ticket.status), ...entry });
			changed(ticket);
		},
		clear() {
			byNumber.clear();
			past.clear();
			revision++;
		},
		onChange(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		get revision() {
			return revision;
		},
	};
}

/** Whether other tasks wait after a change than before. */
function isMove(ticket: Ticket, fields: Partial<Ticket>): boolean {
	const parts = ['status', 'approval', 'paused'] as const;
	return parts.some((part) => fields[part] !== undefined && fields[part] !== ticket[part]);
}

/** Pauses and approvals don't come from nothing: somebody has asked for them. */
function requests({ approval, paused, status, assignee, creator, createTime }: Ticket) {
	const actions = [
		...(paused || approval?.kind === 'pause' ? ['incidentPause'] : []),
		...(approval?.kind === 'level' ? ['changeLevel'] : []),
	];
	const bare = { operator: assignee ?? creator, comment: null, result: null, at: createTime };
	return actions.map((action): HistoryEntry => ({ ...bare, action, status }));
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
		approval: null,
		paused: false,
		moves: 0,
		history: [],
	};
}

/** IM, the time to the second, ten digits: like IM202403221515060171753781. */
function ticketNumber(at: number, index: number): string {
	const time = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
	return `IM${time}${String(171_753_781 + index).padStart(10, '0')}`;
}
