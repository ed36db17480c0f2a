/** What people in COC's console can do to a ticket. */
import { type HistoryEntry, openApproval, type Ticket } from '../standin/index.cts';
import { SOMEBODY } from './somebody.cts';

export interface Wanted {
	/** Who does it. */
	operator: string;
	/** The parameters of the write that it goes with. */
	params: Record<string, unknown>;
	at: number;
}
/** What changes, and how the record names it; null when it isn't possible now. */
export type Step = (ticket: Readonly<Ticket>, wanted: Wanted) => Changed | null;
export interface Changed {
	fields: Partial<Ticket>;
	entry: Pick<HistoryEntry, 'action' | 'result'>;
}

const done = (action: string, fields: Partial<Ticket>, result: boolean | null = null): Changed => ({
	fields,
	entry: { action, result },
});

const isNew = ({ status }: Readonly<Ticket>) => status === 'INCIDENT_STATUS_TRIGGERED';
const isRejected = ({ status }: Readonly<Ticket>) => status === 'INCIDENT_STATUS_REJECTED';
const isAccepted = ({ status }: Readonly<Ticket>) => status === 'INCIDENT_STATUS_ACKNOWLEDGED';
const isSolved = ({ status }: Readonly<Ticket>) => status === 'INCIDENT_STATUS_RESOLVED';
/** Its handler is at work, and nothing waits to be approved. */
const isFree = (ticket: Readonly<Ticket>) =>
	isAccepted(ticket) && !ticket.paused && ticket.approval === null;

function whatIsAsked({ approval, level }: Readonly<Ticket>): Partial<Ticket> {
	return approval?.kind === 'pause' ? { paused: true } : { level: approval?.level ?? level };
}

const ACCEPTED = { status: 'INCIDENT_STATUS_ACKNOWLEDGED' } as const;

export const consoleSteps = {
	accept: (ticket) => (isNew(ticket) ? done('accepted', ACCEPTED) : null),
	reject: (ticket) =>
		isNew(ticket) ? done('rejected', { status: 'INCIDENT_STATUS_REJECTED' }) : null,
	reopen: (ticket) =>
		isRejected(ticket) ? done('ReOpen', { status: 'INCIDENT_STATUS_TRIGGERED' }) : null,
	close: (ticket) =>
		isRejected(ticket) ? done('agreed', { status: 'INCIDENT_STATUS_COMPLETED' }) : null,
	addRemark: (ticket) =>
		isNew(ticket) || isAccepted(ticket) || isSolved(ticket) ? done('addRemark', {}) : null,
	forward(ticket, { params }) {
		if (!isNew(ticket) && !(isAccepted(ticket) && !ticket.paused)) return null;
		const assignee = (params.virtual_send_assignee ?? SOMEBODY) as string;
		return done(isNew(ticket) ? 'unAcceptedForward' : 'acceptedForward', { assignee });
	},
	submitSolution: (ticket, { at }) =>
		isAccepted(ticket) && !ticket.paused
			? done('commitSolution1', { status: 'INCIDENT_STATUS_RESOLVED', handleTime: at })
			: null,
	verify(ticket, { params }) {
		if (!isSolved(ticket)) return null;
		const result = params.virtual_confirm_result === true;
		return done('confirm', result ? { status: 'INCIDENT_STATUS_COMPLETED' } : ACCEPTED, result);
	},
	pause: (ticket) => (isFree(ticket) ? done('incidentPause', { paused: true }) : null),
	resume: (ticket) =>
		isAccepted(ticket) && ticket.paused ? done('recovery', { paused: false }) : null,
	changeLevel(ticket, { params }) {
		const level = (params.virtual_target_level ?? 'level_30') as string;
		return isFree(ticket) && level !== ticket.level ? done('changeLevel', { level }) : null;
	},
	/** Another level, which anybody may approve. */
	askForLevel: (ticket) =>
		isFree(ticket)
			? done('changeLevel', { approval: openApproval({ kind: 'level', level: 'level_50' }) })
			: null,
	approve(ticket, { operator }) {
		const { approval } = ticket;
		const agreed = [...(approval?.agreed ?? []), operator];
		if (!approval || approval.agreed.includes(operator)) return null;
		const isLast = !approval.all || agreed.length >= (approval.approvers?.length ?? 1);
		const fields = isLast ? whatIsAsked(ticket) : {};
		return done('agreed', { ...fields, approval: isLast ? null : { ...approval, agreed } });
	},
	refuse: ({ approval }) => (approval ? done('rejected', { approval: null }) : null),
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof consoleSteps;
export const stepOf = (name: StepName): Step => consoleSteps[name];
