import {
	ACCEPTED,
	COMPLETED,
	NOT_ACCEPTED,
	REJECTED,
	STATUS_LABELS,
	TO_BE_VERIFIED,
} from './statuses';

/** A step of an incident's life, and how it shows in COC's record. */
export interface Transition {
	/** What the history is searched for. */
	kind: string;
	/** In the console's words. */
	label: string;
	/** "someone else *verified* it". */
	done: string;
	/** The result of a verification; the history doesn't hold it. */
	result?: boolean;
	/** Its keys in v1's and then v2's calls, as the history may name it. */
	keys: readonly string[];
	/** The statuses in which the step is possible. */
	from: readonly string[];
	/** The statuses to which it leads. */
	to: readonly string[];
	/** Statuses to which it may lead as well: the pages contradict each other. */
	mayLeadTo?: readonly string[];
	/** It takes the incident back to an earlier status. */
	isBack?: true;
	/** It leaves the incident in its status. */
	stays?: true;
	/** It answers a request for a pause or another level. */
	isAnswer?: true;
	/** Any number of people may do it, without regard to each other. */
	isIndependent?: true;
	/** Whether the history repeats the step's text as its comment; not documented for all. */
	comment: 'always' | 'sometimes' | 'never';
}

/** What happens while a handler is at work, and leaves the incident there. */
const WHILE_ACCEPTED = { from: [ACCEPTED], to: [ACCEPTED], stays: true } as const;

/** A request may still wait for its answer when the incident is solved. */
const ANSWER = {
	from: [ACCEPTED, TO_BE_VERIFIED],
	to: [ACCEPTED, TO_BE_VERIFIED],
	stays: true,
	isAnswer: true,
	comment: 'sometimes',
} as const;

const ANY_STATUS = [...STATUS_LABELS.keys()];

/**
 * The incident's life, a row for each step (Incident Status page, HandleCocIncident, HandleIncident).
 * `rejected` and `agreed` mean one thing while the incident is with its creator or waits for a handler,
 * and another one, the answer to a request, while its handler is at work.
 */
export const LIFECYCLE = [
	{
		kind: 'acceptance',
		label: 'Accept',
		done: 'accepted',
		keys: ['acceptedIncident1', 'accepted'],
		from: [NOT_ACCEPTED],
		to: [ACCEPTED],
		comment: 'never',
	},
	{
		// It may have to be accepted once more.
		kind: 'handover',
		label: 'Forward',
		done: 'forwarded',
		keys: ['forwardOther1', 'unAcceptedForward', 'acceptedForward'],
		from: [NOT_ACCEPTED, ACCEPTED],
		to: [NOT_ACCEPTED, ACCEPTED],
		isBack: true,
		comment: 'sometimes',
	},
	{
		kind: 'rejection',
		label: 'Reject',
		done: 'rejected',
		keys: ['rejected'],
		from: [NOT_ACCEPTED],
		to: [REJECTED],
		comment: 'sometimes',
	},
	{
		kind: 'reopening',
		label: 'Reopen',
		done: 'reopened',
		keys: ['Reopen', 'ReOpen'],
		from: [REJECTED],
		to: [NOT_ACCEPTED],
		isBack: true,
		comment: 'never',
	},
	{
		kind: 'agreement',
		label: 'Close',
		done: 'closed',
		keys: ['agreed'],
		from: [REJECTED],
		to: [COMPLETED],
		comment: 'never',
	},
	{
		kind: 'solution',
		label: 'Submit Solution',
		done: 'solved',
		keys: ['commitSolution1', 'commitSolution'],
		from: [ACCEPTED],
		to: [TO_BE_VERIFIED],
		comment: 'sometimes',
	},
	{
		kind: 'verification',
		label: 'Verify',
		done: 'verified',
		result: true,
		keys: ['confirm'],
		from: [TO_BE_VERIFIED],
		to: [COMPLETED],
		comment: 'always',
	},
	{
		kind: 'verification',
		label: 'Verify',
		done: 'verified',
		result: false,
		keys: ['confirm'],
		from: [TO_BE_VERIFIED],
		to: [ACCEPTED],
		mayLeadTo: [NOT_ACCEPTED, REJECTED],
		isBack: true,
		comment: 'always',
	},
	{
		...WHILE_ACCEPTED,
		kind: 'pauseRequest',
		label: 'Pause',
		done: 'paused',
		keys: ['incidentPause'],
		comment: 'sometimes',
	},
	{
		...WHILE_ACCEPTED,
		kind: 'resumption',
		label: 'Resume',
		done: 'resumed',
		keys: ['recovery'],
		comment: 'never',
	},
	{
		...WHILE_ACCEPTED,
		kind: 'levelRequest',
		label: 'Change Level',
		done: 'changed the level of',
		keys: ['incidentChangeLevel1', 'changeLevel'],
		comment: 'sometimes',
	},
	{
		...ANSWER,
		kind: 'approval',
		label: 'Approve',
		done: 'approved',
		keys: ['agreed'],
	},
	{
		...ANSWER,
		kind: 'refusal',
		label: 'Refuse',
		done: 'refused',
		keys: ['rejected'],
	},
	{
		kind: 'remark',
		label: 'Add Remark',
		done: 'remarked on',
		keys: ['addRemark'],
		from: ANY_STATUS,
		to: ANY_STATUS,
		stays: true,
		isIndependent: true,
		comment: 'always',
	},
] as const satisfies readonly Transition[];
