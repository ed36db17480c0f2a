/** The operations that change a ticket, each with a ticket that waits for it: a new one adds an entry. */
import { openApproval, type Ticket } from '../standin/index.cts';
import { OPERATOR } from './coc.cts';
import { entry, OTHER } from './operate.cts';

export interface Change {
	/** The ticket before it. */
	ticket: () => Partial<Ticket>;
	/** What the item brings beside the ticket. */
	fields: Record<string, unknown>;
	version: 'v1' | 'v2';
	/** What v2's call sends. */
	sent?: { action: string; params: object };
}

const MINUTES_AGO = () => Date.now() - 600_000;
const asked = (action: string): Partial<Ticket>['history'] => [
	entry(action, { operator: OTHER, at: MINUTES_AGO(), comment: 'Needed' }),
];
const inStatus = (status: Ticket['status'], more: () => Partial<Ticket> = () => ({})) => {
	return () => ({ status, history: [], ...more() });
};
const NOT_ACCEPTED = 'INCIDENT_STATUS_TRIGGERED';
const REJECTED = 'INCIDENT_STATUS_REJECTED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';

export const changes = {
	accept: {
		version: 'v1',
		ticket: inStatus(NOT_ACCEPTED),
		fields: { operator: OPERATOR },
	},
	addRemark: {
		version: 'v2',
		ticket: inStatus(ACCEPTED),
		fields: { remark: 'The provider is informed' },
		sent: { action: 'addRemark', params: { note: 'The provider is informed' } },
	},
	approve: {
		version: 'v2',
		ticket: inStatus(ACCEPTED, () => ({
			approval: openApproval({ kind: 'pause' }),
			history: asked('incidentPause')!,
		})),
		fields: { comment: 'Fine until Monday' },
		sent: {
			action: 'agreed',
			params: { pause_approve_conclusion: true, note: 'Fine until Monday' },
		},
	},
	changeLevel: {
		version: 'v2',
		ticket: inStatus(ACCEPTED, () => ({ level: 'level_30' })),
		fields: { level: 'level_10', reason: 'All regions are concerned' },
		sent: {
			action: 'changeLevel',
			params: {
				virtual_target_level: 'level_10',
				virtual_change_level_comment: 'All regions are concerned',
			},
		},
	},
	close: {
		version: 'v2',
		ticket: inStatus(REJECTED),
		fields: {},
		sent: { action: 'agreed', params: {} },
	},
	forward: {
		version: 'v2',
		ticket: inStatus(ACCEPTED),
		fields: { assignee: OTHER, comment: 'Please look at the database', analysis: 'Network fine' },
		sent: {
			action: 'acceptedForward',
			params: {
				virtual_send_assignee: OTHER,
				virtual_send_comment: 'Please look at the database',
				virtual_current_location_info: 'Network fine',
			},
		},
	},
	pause: {
		version: 'v2',
		ticket: inStatus(ACCEPTED),
		fields: { until: '2030-01-01T00:00:00.000Z', reason: 'The part arrives on Monday' },
		sent: {
			action: 'incidentPause',
			params: { pause_end_time: 1_893_456_000_000, pause_reason: 'The part arrives on Monday' },
		},
	},
	refuse: {
		version: 'v2',
		ticket: inStatus(ACCEPTED, () => ({
			approval: openApproval({ kind: 'level', level: 'level_50' }),
			history: asked('changeLevel')!,
		})),
		fields: { comment: 'Customers are still waiting' },
		sent: {
			action: 'rejected',
			params: { conclusion: false, note: 'Customers are still waiting' },
		},
	},
	reject: {
		version: 'v2',
		ticket: inStatus(NOT_ACCEPTED),
		fields: { reason: 'Not ours' },
		sent: { action: 'rejected', params: { virtual_confirm_comment: 'Not ours' } },
	},
	reopen: {
		version: 'v2',
		ticket: inStatus(REJECTED),
		fields: {},
		sent: {
			action: 'ReOpen',
			params: {
				enterprise_project_id: '0',
				level_id: 'level_30',
				is_service_interrupt: false,
				mtm_type: 'inc_type_p_function_issues',
				title: 'Orders are not confirmed',
				source_id: 'incident_source_manual',
				assignee: OPERATOR,
			},
		},
	},
	resume: {
		version: 'v2',
		ticket: inStatus(ACCEPTED, () => ({ paused: true })),
		fields: {},
		sent: { action: 'recovery', params: {} },
	},
	submitSolution: {
		version: 'v1',
		ticket: inStatus(ACCEPTED),
		fields: {
			...{ operator: OPERATOR, type: 'inc_type_p_security_issues', cause: 'Expired' },
			...{ solution: 'Renewed the certificate', serviceInterrupted: true },
			...{ startTime: '2026-03-22T15:15:06Z', recoveryTime: '2026-03-22T16:15:06Z' },
		},
	},
	verify: {
		version: 'v1',
		ticket: inStatus('INCIDENT_STATUS_RESOLVED'),
		fields: { operator: OPERATOR, result: true, comment: 'Works again' },
	},
} as const satisfies Record<string, Change>;

export type ChangeName = keyof typeof changes;
export const CHANGES = Object.keys(changes) as ChangeName[];

/** Those of v2's call, which COC is asked about first. */
export type V2ChangeName = {
	[Name in ChangeName]: (typeof changes)[Name]['version'] extends 'v2' ? Name : never;
}[ChangeName];
export const V2_CHANGES = CHANGES.filter(
	(name) => changes[name].version === 'v2',
) as V2ChangeName[];

/** A ticket in each state, and the node's operations that are possible in it. */
export const states: Record<string, { ticket: () => Partial<Ticket>; possible: string[] }> = {
	draft: {
		// Not a new one, whose tasks may only be late.
		ticket: () => ({ status: 'incident_draft', createTime: MINUTES_AGO() }),
		possible: [],
	},
	'not accepted': {
		ticket: inStatus(NOT_ACCEPTED),
		possible: ['accept', 'reject', 'forward', 'addRemark'],
	},
	rejected: { ticket: inStatus(REJECTED), possible: ['reopen', 'close'] },
	accepted: {
		ticket: inStatus(ACCEPTED),
		possible: ['submitSolution', 'forward', 'changeLevel', 'pause', 'addRemark'],
	},
	'with a pause asked for': {
		ticket: () => ({ status: ACCEPTED, approval: openApproval() }),
		possible: ['submitSolution', 'forward', 'addRemark', 'approve', 'refuse'],
	},
	'with a level asked for': {
		ticket: () => ({
			status: ACCEPTED,
			approval: openApproval({ kind: 'level', level: 'level_50' }),
		}),
		possible: ['submitSolution', 'forward', 'addRemark', 'approve', 'refuse'],
	},
	paused: { ticket: () => ({ status: ACCEPTED, paused: true }), possible: ['resume', 'addRemark'] },
	'to be verified': {
		ticket: inStatus('INCIDENT_STATUS_RESOLVED'),
		possible: ['verify', 'addRemark'],
	},
	completed: { ticket: inStatus('INCIDENT_STATUS_COMPLETED'), possible: [] },
};
