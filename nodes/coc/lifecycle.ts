import {
	ACCEPTED,
	COMPLETED,
	NOT_ACCEPTED,
	REJECTED,
	STATUS_LABELS,
	TO_BE_VERIFIED,
} from './statuses';

/** A step of an incident's life, and how it shows in COC's record. */
interface Transition {
	/** What the history is searched for. */
	kind: string;
	/** The result of a verification; the history doesn't hold it. */
	result?: boolean;
	/** Its keys in v1's and v2's calls, as the history may name it. */
	keys: readonly string[];
	/** The statuses in which the step is possible. */
	from: readonly string[];
	/** The statuses to which it leads. */
	to: readonly string[];
	/** Statuses to which it may lead as well: the pages contradict each other. */
	mayLeadTo?: readonly string[];
	/** It takes the incident back to an earlier status. */
	isBack?: true;
	/** Whether the history repeats the step's text as its comment; not documented for all. */
	comment: 'always' | 'sometimes' | 'never';
	/** "someone else *verified* it". */
	done: string;
}

/**
 * The incident's life, a row for each step (Incident Status page, HandleCocIncident, HandleIncident).
 * A `handover` forwards or resubmits the incident, which may have to be accepted once more.
 * An `agreement` closes it after a rejection.
 */
const LIFECYCLE = [
	{
		kind: 'acceptance',
		keys: ['acceptedIncident1', 'accepted'],
		from: [NOT_ACCEPTED],
		to: [ACCEPTED],
		comment: 'never',
		done: 'accepted',
	},
	{
		kind: 'handover',
		keys: ['forwardOther1', 'unAcceptedForward', 'acceptedForward', 'ReOpen', 'Reopen'],
		from: [NOT_ACCEPTED, ACCEPTED, REJECTED],
		to: [NOT_ACCEPTED, ACCEPTED],
		isBack: true,
		comment: 'sometimes',
		done: 'handed over',
	},
	{
		kind: 'rejection',
		keys: ['rejected'],
		from: [NOT_ACCEPTED],
		to: [REJECTED],
		comment: 'sometimes',
		done: 'rejected',
	},
	{
		kind: 'agreement',
		keys: ['agreed'],
		from: [REJECTED],
		to: [COMPLETED],
		comment: 'never',
		done: 'closed',
	},
	{
		kind: 'solution',
		keys: ['commitSolution1', 'commitSolution'],
		from: [ACCEPTED],
		to: [TO_BE_VERIFIED],
		comment: 'sometimes',
		done: 'solved',
	},
	{
		kind: 'verification',
		result: true,
		keys: ['confirm'],
		from: [TO_BE_VERIFIED],
		to: [COMPLETED],
		comment: 'always',
		done: 'verified',
	},
	{
		kind: 'verification',
		result: false,
		keys: ['confirm'],
		from: [TO_BE_VERIFIED],
		to: [ACCEPTED],
		mayLeadTo: [NOT_ACCEPTED, REJECTED],
		isBack: true,
		comment: 'always',
		done: 'verified',
	},
] as const satisfies readonly Transition[];

export type StepKind = (typeof LIFECYCLE)[number]['kind'];

const ROWS: readonly Transition[] = LIFECYCLE;

/** Of two keys in one entry the first of these counts: it proves more. */
const KEY_ORDER: readonly StepKind[] = [
	'verification',
	'solution',
	'acceptance',
	'handover',
	'rejection',
	'agreement',
];

/** The step that these keys name; null for none. */
export function stepOfKeys(keys: readonly unknown[]): StepKind | null {
	const isNamed = (kind: StepKind) =>
		rowsOf(kind).some((row) => row.keys.some((key) => keys.includes(key)));
	return KEY_ORDER.find(isNamed) ?? null;
}

/** The row of a step. */
export function transitionOf(kind: StepKind, result?: boolean): Transition {
	const row = ROWS.find((one) => one.kind === kind && one.result === result);
	if (row === undefined) throw new Error(`The lifecycle has no row for ${kind}`);
	return row;
}

/** The status in which an incident waits for a step. */
export function statusBefore(kind: StepKind): string {
	return ROWS.find((row) => row.kind === kind)?.from[0] ?? '';
}

/**
 * Whether an incident may have this status after a step was taken: by the step itself, or by others
 * that took it further since. A status that proves the other result of a verification is left out.
 * Where the step's result is uncertain, a status that isn't documented may be one as well.
 */
export function mayBeAfter(step: Transition, status: string): boolean {
	const others = ROWS.filter((row) => row.kind === step.kind && row !== step);
	if (others.some(({ to }) => to.includes(status))) return false;
	if (step.mayLeadTo !== undefined && !STATUS_LABELS.has(status)) return true;
	return reachableFrom(step).has(status);
}

function reachableFrom(step: Transition): Set<string> {
	const reached = new Set(resultsOf(step));
	// A set is walked through to its end, with what is added meanwhile.
	for (const status of reached) {
		const next = ROWS.filter((row) => row.isBack !== true && row.from.includes(status));
		next.flatMap(({ to }) => to).forEach((one) => reached.add(one));
	}
	return reached;
}

/**
 * Whether other steps explain a status without a certain step, whose entry may only be late: another
 * one of its kind was taken, nothing went back since, and each step since leads straight to the next.
 *
 * @param kinds of the steps in the history, newest first
 */
export function isExplained(status: string, kinds: readonly StepKind[], step: Transition): boolean {
	const other = kinds.findIndex((kind) => kind === step.kind);
	const [newest] = kinds;
	if (other < 0 || newest === undefined) return false;
	const leadsHere = rowsOf(newest).some((row) => resultsOf(row).includes(status));
	const isStraight = kinds.slice(0, other).every((kind, index) => {
		const before = kinds[index + 1]!;
		const from = rowsOf(kind).flatMap((row) => row.from);
		return !isBack(kind) && leadsTo(before, from) && !isMissing(step, kind, before);
	});
	return leadsHere && isStraight;
}

/**
 * Whether a step may be missing right before another one in the history.
 *
 * @param before the step before that one; undefined when the history shows none
 */
export function isMissing(step: Transition, next: StepKind, before: StepKind | undefined): boolean {
	const leadsOn = rowsOf(next).some(({ from }) => overlap(from, resultsOf(step)));
	return leadsOn && (before === undefined || leadsTo(before, step.from));
}

function isBack(kind: StepKind): boolean {
	return rowsOf(kind).every((row) => row.isBack);
}

function leadsTo(kind: StepKind, statuses: readonly string[]): boolean {
	return rowsOf(kind).some(({ to }) => overlap(to, statuses));
}

function rowsOf(kind: StepKind): Transition[] {
	return ROWS.filter((row) => row.kind === kind);
}

function resultsOf({ to, mayLeadTo = [] }: Transition): string[] {
	return [...to, ...mayLeadTo];
}

function overlap(one: readonly string[], other: readonly string[]): boolean {
	return one.some((status) => other.includes(status));
}
