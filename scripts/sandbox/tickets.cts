import type { HistoryEntry, Ticket } from '../../test/standin/index.cts';
import { openApproval } from '../../test/standin/index.cts';

/** IAM users by their IDs: the one whose token is printed, and those whose tickets there are. */
export const people = {
	operator: '7da46971b7e24eed90cf777cc2ff8b91',
	handler: '1c7e0b5d8f3a4e62a9d04b6c5e2f7081',
	dutyManager: '5b2f9e1a7c6d4083b1e8f3a2d6c90e47',
};

const MINUTE = 60_000;
const WAITS = 'INCIDENT_STATUS_RESOLVED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const NOT_ACCEPTED = 'INCIDENT_STATUS_TRIGGERED';

/** A sandbox ticket: the last digits of its number, what it is for, and what differs from a plain one. */
type Row = [digits: number, use: string, fields: Partial<Ticket> & Pick<Ticket, 'title' | 'level'>];

const rows: Row[] = [
	...(
		[
			[3791, 'level_10', 'Payments are down'],
			[3792, 'level_20', 'Search returns no results'],
			[3793, 'level_30', 'Orders are not confirmed'],
			[3794, 'level_40', 'The login page is slow'],
			[3795, 'level_50', 'A report has no heading'],
		] as const
	).map(([digits, level, title]): Row => [digits, 'to verify', { title, level }]),
	[3781, 'verify-incident', { title: 'Payments time out', level: 'level_20' }],
	[3782, 'verify-incident', { title: 'The mail queue grows', level: 'level_30' }],
	[3783, 'verify-many-incidents', { title: 'The error rate is high', level: 'level_20' }],
	[3784, 'verify-many-incidents', { title: 'The print queue is full', level: 'level_40' }],
	[3785, 'verify-many-incidents', { title: 'Search takes 4 s', level: 'level_30' }],
	[3786, 'verify-many-incidents', { title: 'Invoices arrive twice', level: 'level_30' }],
	[3787, 'verify-from-other-system', { title: 'Payments fail now and then', level: 'level_30' }],
	[
		3801,
		'to accept, escalate-unaccepted-incidents',
		{ title: 'The backup failed', level: 'level_30', status: NOT_ACCEPTED },
	],
	[3802, 'to solve', { title: 'Uploads break off', level: 'level_20', status: ACCEPTED }],
	[
		3803,
		'to resume',
		{ title: 'A disk is nearly full', level: 'level_40', status: ACCEPTED, paused: true },
	],
	[
		3804,
		'to approve',
		{
			...{ title: 'A certificate expires', level: 'level_30', status: ACCEPTED },
			approval: openApproval(),
		},
	],
	[
		3805,
		'to reopen or close',
		{ title: 'Figures look odd', level: 'level_50', status: 'INCIDENT_STATUS_REJECTED' },
	],
	[
		3806,
		'closed',
		{ title: 'The start page is blank', level: 'level_10', status: 'INCIDENT_STATUS_COMPLETED' },
	],
	[
		3807,
		'a draft',
		{ title: 'The shop is slow', level: 'level_40', status: 'incident_draft', assignee: null },
	],
];

/** The steps of a ticket's life before a status. */
const STEPS: Partial<Record<Ticket['status'], string[]>> = {
	[NOT_ACCEPTED]: ['create'],
	[ACCEPTED]: ['create', 'acceptedIncident1'],
	[WAITS]: ['create', 'acceptedIncident1', 'commitSolution1'],
	INCIDENT_STATUS_REJECTED: ['create', 'rejected'],
	INCIDENT_STATUS_COMPLETED: ['create', 'acceptedIncident1', 'commitSolution1', 'confirm'],
};

/**
 * The sandbox's tickets, with what each is for. Numbers are fixed, so that what was built with them
 * still works after a restart; times are not, since examples look for tickets of the last hours.
 */
export function sandboxTickets(now: number): Array<{ use: string; ticket: Partial<Ticket> }> {
	return rows.map(([digits, use, fields], index) => {
		// Those further up in the list are the ones changed last.
		const createTime = now - (60 + index) * MINUTE;
		const ticket = {
			number: `IM20240322151506017175${digits}`,
			status: WAITS,
			creator: people.operator,
			assignee: people.handler,
			...fields,
		} as const;
		const steps = STEPS[ticket.status] ?? [];
		const history = steps.map((action, step) => entry(action, createTime + step * 10 * MINUTE));
		if (ticket.paused || ticket.approval) history.push(entry('incidentPause', createTime + 1));
		const solved = steps.includes('commitSolution1') && {
			cause: 'A setting was wrong',
			solution: 'The setting is right again',
			handleTime: createTime + 20 * MINUTE,
		};
		const updateTime = history.at(-1)?.at ?? createTime;
		return { use, ticket: { ...ticket, ...solved, createTime, updateTime, history } };
	});
}

function entry(action: string, at: number): HistoryEntry {
	const operator = ['create', 'confirm'].includes(action) ? people.operator : people.handler;
	const result = action === 'confirm' ? true : null;
	const status = Object.entries(STEPS).find(([, steps]) => steps.at(-1) === action)?.[0];
	return { action, operator, comment: null, result, at, status: status ?? ACCEPTED };
}
