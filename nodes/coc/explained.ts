import { transitionsOf, transitionsOnwards, type StepKind } from './lifecycle';
import { STATUS_LABELS } from './statuses';
import type { Transition } from './transitions';

/**
 * Whether an incident may have this status after a step was taken: by the step itself, or by others
 * that took it further since. A status that proves the other result of a verification is left out.
 * Where the step's result is uncertain, a status that isn't documented may be one as well.
 */
export function mayBeAfter(step: Transition, status: string): boolean {
	const others = transitionsOf(step.kind as StepKind).filter((row) => row !== step);
	if (others.some(({ to }) => to.includes(status))) return false;
	if (step.mayLeadTo !== undefined && !STATUS_LABELS.has(status)) return true;
	return reachableFrom(step).has(status);
}

function reachableFrom(step: Transition): Set<string> {
	const reached = new Set(resultsOf(step));
	// A set is walked through to its end, with what is added meanwhile.
	for (const status of reached) {
		transitionsOnwards(status)
			.flatMap(({ to }) => to)
			.forEach((one) => reached.add(one));
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
	const leadsHere = transitionsOf(newest).some((row) => resultsOf(row).includes(status));
	const isStraight = kinds.slice(0, other).every((kind, index) => {
		const before = kinds[index + 1]!;
		const from = transitionsOf(kind).flatMap((row) => row.from);
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
	// What leaves the status needs nothing of the kind, and nothing needs it.
	if (step.stays === true) return false;
	const leadsOn = transitionsOf(next).some(({ from }) => overlap(from, resultsOf(step)));
	return leadsOn && (before === undefined || leadsTo(before, step.from));
}

function isBack(kind: StepKind): boolean {
	return transitionsOf(kind).every((row) => row.isBack);
}

function leadsTo(kind: StepKind, statuses: readonly string[]): boolean {
	return transitionsOf(kind).some(({ to }) => overlap(to, statuses));
}

function resultsOf({ to, mayLeadTo = [] }: Transition): string[] {
	return [...to, ...mayLeadTo];
}

function overlap(one: readonly string[], other: readonly string[]): boolean {
	return one.some((status) => other.includes(status));
}
