/** The operations that change a ticket, each with a ticket that waits for it: a new one adds an entry. */
import { openApproval, type Ticket } from '../standin/index.cts';
import { OPERATOR } from './coc.cts';
import { entry, OTHER } from './operate.cts';

export interface Change {
	/** What messages call it. */
	effect: string;
	/** The ticket before it. */
	ticket: () => Partial<Ticket>;
	/** What the item brings beside the ticket. */
	fields: Record<string, unknown>;
	version: 'v1' | 'v2';
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
		...{ effect: 'acceptance', version: 'v1' },
		ticket: inStatus(NOT_ACCEPTED),
		fields: { operator: OPERATOR },
	},
	addRemark: {
		...{ effect: 'remark', version: 'v2' },
		ticket: inStatus(ACCEPTED),
		fields: { remark: 'The provider is informed' },
	},
	approve: {
		...{ effect: 'approval', version: 'v2' },
		ticket: inStatus(ACCEPTED, () => ({
			approval: openApproval({ kind: 'pause' }),
			history: asked('incidentPause')!,
		})),
		fields: { comment: 'Fine until Monday' },
	},
	changeLevel: {
		...{ effect: 'change of level', version: 'v2' },
		ticket: inStatus(ACCEPTED, () => ({ level: 'level_30' })),
		fields: { level: 'level_10', reason: 'All regions are concerned' },
	},
	close: {
		...{ effect: 'closing', version: 'v2' },
		ticket: inStatus(REJECTED),
		fields: {},
	},
	forward: {
		...{ effect: 'forwarding', version: 'v2' },
		ticket: inStatus(ACCEPTED),
		fields: { assignee: OTHER, comment: 'Please look at the database', analysis: 'Network fine' },
	},
	pause: {
		...{ effect: 'pause', version: 'v2' },
		ticket: inStatus(ACCEPTED),
		fields: { until: '2030-01-01T00:00:00.000Z', reason: 'The part arrives on Monday' },
	},
	refuse: {
		...{ effect: 'refusal', version: 'v2' },
		ticket: inStatus(ACCEPTED, () => ({
			approval: openApproval({ kind: 'level', level: 'level_50' }),
			history: asked('changeLevel')!,
		})),
		fields: { comment: 'Customers are still waiting' },
	},
	reject: {
		...{ effect: 'rejection', version: 'v2' },
		ticket: inStatus(NOT_ACCEPTED),
		fields: { reason: 'Not ours' },
	},
	reopen: {
		...{ effect: 'reopening', version: 'v2' },
		ticket: inStatus(REJECTED),
		fields: {},
	},
	resume: {
		...{ effect: 'resumption', version: 'v2' },
		ticket: inStatus(ACCEPTED, () => ({ paused: true })),
		fields: {},
	},
	submitSolution: {
		...{ effect: 'solution', version: 'v1' },
		ticket: inStatus(ACCEPTED),
		fields: {
			...{ operator: OPERATOR, type: 'inc_type_p_security_issues', cause: 'Expired' },
			...{ solution: 'Renewed the certificate', serviceInterrupted: true },
			...{ startTime: '2026-03-22T15:15:06Z', recoveryTime: '2026-03-22T16:15:06Z' },
		},
	},
	verify: {
		...{ effect: 'verification', version: 'v1' },
		ticket: inStatus('INCIDENT_STATUS_RESOLVED'),
		fields: { operator: OPERATOR, result: true, comment: 'Works again' },
	},
} as const satisfies Record<string, Change>;

export type ChangeName = keyof typeof changes;
export const CHANGES = Object.keys(changes) as ChangeName[];
