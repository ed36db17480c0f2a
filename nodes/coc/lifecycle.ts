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
	/** Any number of people may do it, without regard to each other. */
	isIndependent?: true;
	/** Whether the history repeats the step's text as its comment; not documented for all. */
	comment: 'always' | 'sometimes' | 'never';
}

/** What happens while a handler is at work, and leaves the incident there. */
const WHILE_ACCEPTED = { from: [ACCEPTED], to: [ACCEPTED], stays: true } as const;

const ANY_STATUS = [...STATUS_LABELS.keys()];

/**
 * The incident's life, a row for each step (Incident Status page, HandleCocIncident, HandleIncident).
 * `rejected` and `agreed` mean one thing while the incident is with its creator or waits for a handler,
 * and another one, the answer to a request, while its handler is at work.
 */
const LIFECYCLE = [
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
		...WHILE_ACCEPTED,
		kind: 'approval',
		label: 'Approve',
		done: 'approved',
		keys: ['agreed'],
		comment: 'sometimes',
	},
	{
		...WHILE_ACCEPTED,
		kind: 'refusal',
		label: 'Refuse',
		done: 'refused',
		keys: ['rejected'],
		comment: 'sometimes',
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
		comment: 'sometimes',
	},
] as const satisfies readonly Transition[];

export type StepKind = (typeof LIFECYCLE)[number]['kind'];

const ROWS: readonly Transition[] = LIFECYCLE;

/** Of two keys in one entry the first of these counts: it proves more. */
const KEY_ORDER: readonly StepKind[] = [
	...(['verification', 'solution', 'acceptance', 'handover', 'reopening'] as const),
	...(['rejection', 'agreement', 'pauseRequest', 'levelRequest', 'resumption', 'remark'] as const),
];

/** The step that these keys name; null for none. Of two meanings of a key it is the one that moves. */
export function stepOfKeys(keys: readonly unknown[]): StepKind | null {
	const isNamed = (kind: StepKind) =>
		transitionsOf(kind).some((row) => row.keys.some((key) => keys.includes(key)));
	return KEY_ORDER.find(isNamed) ?? null;
}

/** The step that a key offered in a status stands for; null for a key that isn't known to mean one. */
export function stepOffered(key: string, status: string): StepKind | null {
	const rows = LIFECYCLE.filter((row: Transition) => row.keys.includes(key));
	const kinds = new Set(rows.map(({ kind }) => kind));
	// A key that means one thing means it in any status, one that isn't documented included.
	if (kinds.size === 1) return rows[0]!.kind;
	return rows.find(({ from }: Transition) => from.includes(status))?.kind ?? null;
}

/** The row of a step. */
export function transitionOf(kind: StepKind, result?: boolean): Transition {
	const row = ROWS.find((one) => one.kind === kind && one.result === result);
	if (row === undefined) throw new Error(`The lifecycle has no row for ${kind}`);
	return row;
}

/** All rows of a step: one for each result of a verification. */
export function transitionsOf(kind: StepKind): Transition[] {
	return ROWS.filter((row) => row.kind === kind);
}

/** The rows of steps by which an incident goes on from a status, and not back. */
export function transitionsOnwards(status: string): Transition[] {
	return ROWS.filter((row) => row.isBack !== true && row.from.includes(status));
}

/** The statuses in which a step is possible. */
export function statusesBefore(kind: StepKind): readonly string[] {
	return transitionsOf(kind)[0]?.from ?? [];
}

/** The key by which v2's call names a step, where COC doesn't offer one. */
export function v2KeyOf(kind: StepKind): string {
	return transitionsOf(kind)[0]?.keys.at(-1) ?? kind;
}

/** A step in the console's words. */
export function labelOf(kind: StepKind): string {
	return transitionsOf(kind)[0]?.label ?? kind;
}

/** Whether a step leaves an incident in its status. */
export function isStaying(kind: StepKind): boolean {
	return transitionsOf(kind).every(({ stays }) => stays === true);
}

/** Whether the history may name both steps by the same key. */
export function shareKey(one: StepKind, other: StepKind): boolean {
	const keys = transitionsOf(one).flatMap((row) => row.keys);
	return transitionsOf(other).some((row) => row.keys.some((key) => keys.includes(key)));
}
