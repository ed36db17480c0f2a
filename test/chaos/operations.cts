/** The operations that change a ticket: the ticket that waits for each, and what its items bring. */
import { openApproval, type Ticket, type TicketStatus } from '../standin/index.cts';
import type { Random } from '../support/random.cts';
import { HANDLER, RIVAL, SOMEBODY } from './somebody.cts';

export interface Sort {
	/** v1's call names an operator, v2's acts as the caller. */
	version: 'v1' | 'v2';
	/** The status in which it waits, one of several. */
	from: TicketStatus[];
	/** What else it takes, by the user who will act. */
	waiting?: (dice: Random, actor: string) => Partial<Ticket>;
	/** Without that it isn't possible in its status either. */
	isMore?: true;
	/** The fields of an item besides ticket, operator and text. */
	fields?: (dice: Random) => Record<string, unknown>;
	/** The field with the text that COC's record keeps; none where it keeps none. */
	text?: string;
	/** The field with a text that the record doesn't keep. */
	lostText?: string;
	/** Any number of them fit one ticket: so often, of 1000 items, it is one that had an item. */
	several?: number;
}

const NOT_ACCEPTED = 'INCIDENT_STATUS_TRIGGERED';
const REJECTED = 'INCIDENT_STATUS_REJECTED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const TO_BE_VERIFIED = 'INCIDENT_STATUS_RESOLVED';

/** A pause or another level waits for one approver, for all of several, or for anybody. */
function asked(dice: Random, actor: string): Partial<Ticket> {
	const kind = dice.pick(['pause', 'level'] as const);
	const level = kind === 'level' ? 'level_50' : null;
	const who = dice.pick([
		{ approvers: null, all: false },
		{ approvers: [actor, RIVAL], all: false },
		{ approvers: [actor, RIVAL, HANDLER], all: true },
	]);
	return { approval: openApproval({ kind, level, ...who }), level: 'level_30' };
}

const forwarded = (dice: Random) => ({
	...dice.pick([
		{ assignTo: 'person', assignee: SOMEBODY },
		{ assignTo: 'person', assignee: HANDLER },
		{ assignTo: 'shift', assigneeScene: 'scene', assigneeRole: 'role' },
	]),
	analysis: dice.pick(['', 'The network is fine']),
});
const solved = (dice: Random) => ({
	...{ type: 'inc_type_p_security_issues', cause: 'Expired', serviceInterrupted: dice.once(2) },
	...{ startTime: '2026-03-22T15:15:06Z', recoveryTime: '2026-03-22T16:15:06Z' },
});

const sorts = {
	accept: { version: 'v1', from: [NOT_ACCEPTED] },
	addRemark: {
		...{ version: 'v2', from: [NOT_ACCEPTED, ACCEPTED, TO_BE_VERIFIED] },
		...{ text: 'remark', several: 600 },
	},
	approve: { version: 'v2', from: [ACCEPTED], waiting: asked, isMore: true, text: 'comment' },
	changeLevel: {
		...{ version: 'v2', from: [ACCEPTED], text: 'reason', several: 150 },
		waiting: () => ({ level: 'level_30' }),
		fields: (dice) => ({ level: dice.pick(['level_10', 'level_20', 'level_40', 'level_50']) }),
	},
	close: { version: 'v2', from: [REJECTED] },
	forward: {
		...{ version: 'v2', from: [NOT_ACCEPTED, ACCEPTED], text: 'comment', several: 400 },
		fields: forwarded,
	},
	pause: {
		...{ version: 'v2', from: [ACCEPTED], text: 'reason' },
		fields: () => ({ until: '2030-01-01T00:00:00.000Z' }),
	},
	refuse: { version: 'v2', from: [ACCEPTED], waiting: asked, isMore: true, text: 'comment' },
	reject: { version: 'v2', from: [NOT_ACCEPTED], text: 'reason' },
	reopen: { version: 'v2', from: [REJECTED] },
	resume: { version: 'v2', from: [ACCEPTED], waiting: () => ({ paused: true }), isMore: true },
	submitSolution: { version: 'v1', from: [ACCEPTED], fields: solved, lostText: 'solution' },
	verify: {
		...{ version: 'v1', from: [TO_BE_VERIFIED], text: 'comment' },
		fields: (dice) => ({ result: dice.once(2) }),
	},
} as const satisfies Record<string, Sort>;

export type OperationName = keyof typeof sorts;
export const OPERATIONS = Object.keys(sorts) as OperationName[];
export const sortOf = (operation: OperationName): Sort => sorts[operation];
