import { LIFECYCLE, type Transition } from './transitions';

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

/** What COC's nodes of approvals are called: of one approver, and of several in parallel (sic). */
export const APPROVAL_NODES = { one: 'ApprovalNode', several: 'MutilateInstanceNode' } as const;

/** What COC's node of a paused incident is called. */
export const PAUSE_NODE = 'PauseNode';

/**
 * The step that an offered key stands for; null for a key that isn't known to mean one.
 *
 * @param nodeType of the step in COC's flow that offers it; null when it isn't known
 */
export function stepOffered(key: string, status: string, nodeType: string | null): StepKind | null {
	const rows = LIFECYCLE.filter((row: Transition) => row.keys.includes(key));
	const kinds = new Set(rows.map(({ kind }) => kind));
	// A key that means one thing means it in any status, one that isn't documented included.
	if (kinds.size === 1) return rows[0]!.kind;
	const isApproval = Object.values<string | null>(APPROVAL_NODES).includes(nodeType);
	// Elsewhere the key alone tells of a request only while the handler is at work.
	const isMeant = ({ from, isAnswer }: Transition) =>
		isApproval ? isAnswer === true : from[0] === status;
	return rows.find(isMeant)?.kind ?? null;
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

/** The rows of steps by which an incident goes on from a status: not back, nor just on the spot. */
export function transitionsOnwards(status: string): Transition[] {
	return ROWS.filter(({ isBack, stays, from }) => !isBack && !stays && from.includes(status));
}

/** The steps that lead from a status to another one, in the console's words. */
export function labelsOfStepsFrom(status: string): string[] {
	const rows = ROWS.filter(({ stays, from }) => !stays && from.includes(status));
	return [...new Set(rows.map(({ label }) => label))];
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
