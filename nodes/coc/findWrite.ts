import { compareTexts } from './compareTexts';
import { isExplained, isMissing, mayBeAfter } from './explained';
import {
	isSameState,
	type History,
	type HistoryEntry,
	type TicketRecord,
	type TicketState,
} from './history';
import { isStaying, shareKey, transitionOf, type StepKind } from './lifecycle';
import { describeStatus, STATUS_LABELS } from './statuses';
import { isOwnEntry, mayBe, withoutRecorded, type Trace } from './trace';

/** What is known of the writes of this run, to distinguish its own entries from others. */
export interface KnownWrites {
	/** When the run's first write to the ticket was sent, in ms by COC's clock; null when unknown. */
	since: number | null;
	/** The history right before the first send; null when it wasn't read. */
	before: History | null;
	/** Texts of this operator's entries that belong to earlier items of the run. */
	recorded: readonly string[];
	/** Whether an earlier item of the run may have left an entry that isn't among these. */
	maybeRecorded: boolean;
	/** The ticket as it was right before the first send; null when it wasn't read. */
	stateBefore: TicketState | null;
}

/** What COC's record shows of a write whose answer was lost. */
export type Finding =
	| { shows: 'applied' }
	/** Not applied, and the ticket still waits: sending it again is safe. */
	| { shows: 'absent'; seen: string }
	/** Not applied, and no longer possible: the ticket has moved on without it. */
	| { shows: 'tooLate'; seen: string }
	| { shows: 'unclear'; seen: string };

/** The history's clock and the one in the `Date` header may differ by this much, in ms. */
const TOLERANCE_MS = 1000;

/** Looks for a write in COC's record. */
export function findWrite(trace: Trace, record: TicketRecord, known: KnownWrites): Finding {
	const { history, status, isTaskOffered } = record;
	const step = transitionOf(trace.kind, trace.result);
	const now = `its status is ${describeStatus(status)}`;
	const unclear = (what: string): Finding => ({ shows: 'unclear', seen: `${what}, ${now}` });
	if (!history.complete) return unclear('not all of its history could be read');

	const recent = recentOf(history.entries, known);
	const similar = recent.filter((entry) => mayBe(entry, trace));
	const candidates = withoutRecorded(similar, trace, lateOf(trace, known));
	if (candidates.length > 0) {
		const doubt = doubtOf(candidates, trace, record, known);
		return doubt === null ? { shows: 'applied' } : unclear(`${doubt}${timeless(known)}`);
	}

	const absent = "its history doesn't hold it";
	const { stateBefore } = known;
	const isSame = stateBefore !== null && isSameState(record, stateBefore);
	// A task that still waits proves that nobody has taken this step.
	if (isTaskOffered === true && isSame) return { shows: 'absent', seen: `${absent}, ${now}` };
	if (!step.from.includes(status)) {
		return mayHaveMoved(trace, record, known)
			? unclear(absent)
			: { shows: 'tooLate', seen: `${absent}, ${now}` };
	}
	if (isTaskOffered === false) return unclear(`${absent}, but its task is used up`);
	if (stateBefore && !isSame) return unclear(`${absent}, but it was changed meanwhile`);
	if (othersOf(recent, trace, known).length > 0) {
		const when = timeless(known) || ' meanwhile';
		return unclear(`someone else ${step.done} it${when}`);
	}
	if (isOvertaken(trace, history, known)) return unclear(absent);
	return { shows: 'absent', seen: `${absent}, ${now}` };
}

/** Who else took the step meanwhile, so that the ticket must have come back. */
function othersOf(recent: HistoryEntry[], trace: Trace, { since }: KnownWrites): HistoryEntry[] {
	if (transitionOf(trace.kind, trace.result).isIndependent === true) return [];
	return recent.filter(
		({ kind, operator, at }) =>
			kind === trace.kind &&
			trace.operator !== null &&
			operator !== trace.operator &&
			(at !== null || since === null),
	);
}

/** Texts of earlier items whose entries weren't in the history yet when it was read before the send. */
function lateOf(trace: Trace, { before, recorded }: KnownWrites): readonly string[] {
	if (before === null || !before.complete) return recorded;
	const left = [...before.entries];
	return recorded.filter((text) => {
		const at = left.findIndex((entry) => isOwnEntry(entry, trace, text, 'same'));
		if (at < 0) return true;
		left.splice(at, 1);
		return false;
	});
}

/** Added where nothing distinguishes an entry of this run from an older one. */
function timeless({ since, before }: KnownWrites): string {
	return since === null && before === null
		? ", and COC's answers have no usable Date header, so that it is not known when"
		: '';
}

/** Whether a history holds an entry that a step may have made, and that wasn't there before. */
export function hasNewEntry(kind: StepKind, { entries }: History, before: History): boolean {
	const recent = recentOf(entries, { since: null, before });
	return recent.some((entry) => entry.kind === 'unknown' || shareKey(entry.kind, kind));
}

/** The entries that may have come since the write was sent. */
function recentOf(
	entries: HistoryEntry[],
	{ since, before }: Pick<KnownWrites, 'since' | 'before'>,
): HistoryEntry[] {
	const old = (before?.entries ?? []).map(printOf);
	return entries.filter((entry) => {
		const at = old.indexOf(printOf(entry));
		if (at >= 0) old.splice(at, 1);
		return at < 0 && (since === null || entry.at === null || isSince(entry.at, since));
	});
}

function isSince(at: number, since: number): boolean {
	return at >= since - TOLERANCE_MS;
}

function printOf({ kind, operator, comment, at }: HistoryEntry): string {
	return JSON.stringify([kind, operator, comment, at]);
}

/** Whether an entry's time proves that it came since the run's first write to the ticket. */
function isTimely({ at }: HistoryEntry, { since, before, recorded }: KnownWrites): boolean {
	if (at === null) return false;
	if (since !== null) return true;
	// Without COC's clock: newer than all that was there before, where nothing of ours was.
	if (before === null || !before.complete || recorded.length > 0) return false;
	return before.entries.every((entry) => entry.at !== null && entry.at < at);
}

/** Why these entries don't prove that the write was recorded; null when one does. */
function doubtOf(
	candidates: HistoryEntry[],
	trace: Trace,
	record: TicketRecord,
	known: KnownWrites,
): string | null {
	const [candidate] = candidates;
	if (candidate === undefined || candidates.length > 1) {
		return `its history holds ${candidates.length} entries that may be it`;
	}
	if (candidate.kind === 'unknown' || !isOwnEntry(candidate, trace, trace.text, 'same')) {
		return 'its history holds a similar entry';
	}
	if (known.maybeRecorded || !isTimely(candidate, known)) {
		return "its history holds an entry that may be another one's";
	}
	if (!fits(trace, record, known)) return 'its history holds it';
	const isTold = trace.text !== '' && compareTexts(candidate.comment ?? '', trace.text) === 'same';
	return isTold || isShown(trace, record, known)
		? null
		: 'its history holds an entry that may be it, without its text';
}

/** Whether the ticket may be in its status after the write. */
function fits(trace: Trace, { status }: TicketRecord, { stateBefore }: KnownWrites): boolean {
	const step = transitionOf(trace.kind, trace.result);
	if (step.isIndependent === true) return true;
	return mayBeAfter(step, status) || (step.stays === true && status === stateBefore?.status);
}

/**
 * Whether the ticket itself shows what was done, where the entry doesn't repeat the text: the task is
 * used up, and the ticket shows what the write leads to and didn't before. What leaves the status as it
 * is isn't shown by anything else.
 */
function isShown(trace: Trace, record: TicketRecord, { stateBefore }: KnownWrites): boolean {
	const { leads = {} } = trace;
	const { isTaskOffered } = record;
	const isStill = isStaying(trace.kind) && isTaskOffered === null;
	const names = Object.keys(leads) as Array<keyof TicketState>;
	const isLed = names.every(
		(name) => record[name] === leads[name] && stateBefore?.[name] !== leads[name],
	);
	return isTaskOffered !== true && !isStill && isLed;
}

/** Whether a step that came since the first write needs this one: then its entry is only late. */
function isOvertaken(trace: Trace, { entries }: History, { since }: KnownWrites): boolean {
	const [newest, before] = stepsOf(entries);
	if (since === null || newest?.at == null || !isSince(newest.at, since)) return false;
	const step = transitionOf(trace.kind, trace.result);
	return isMissing(step, newest.kind, before?.kind);
}

/**
 * Whether the write may have brought a ticket, which no longer waits for it, into its status while
 * the history lags behind. An own entry from before the run may be it, since its clock may be
 * behind: what is older explains nothing.
 */
function mayHaveMoved(
	trace: Trace,
	{ history, status }: TicketRecord,
	{ recorded }: KnownWrites,
): boolean {
	if (!STATUS_LABELS.has(status)) return true;
	const step = transitionOf(trace.kind, trace.result);
	if (!mayBeAfter(step, status)) return false;
	const steps = stepsOf(history.entries);
	const isKnown = recorded.some((text) => compareTexts(text, trace.text) === 'same');
	const own = steps.findIndex(
		(entry) =>
			entry.kind === trace.kind && isOwnEntry(entry, trace, trace.text, 'similar') && !isKnown,
	);
	const others = own < 0 ? steps : steps.slice(0, own);
	return !isExplained(
		status,
		others.map(({ kind }) => kind),
		step,
	);
}

/** An entry that is a step of the ticket's life to another status. */
type Step = HistoryEntry & { kind: StepKind };

function isStep(entry: HistoryEntry): entry is Step {
	return entry.kind !== 'unknown' && !isStaying(entry.kind);
}

/** The steps of the ticket's life so far, newest first, as far as their order is beyond doubt. */
function stepsOf(entries: HistoryEntry[]): Step[] {
	const steps = entries.filter(isStep);
	if (steps.some(({ at }) => at === null)) return [];
	const sorted = steps.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
	const doubtful = sorted.findIndex(({ at }, index) => at === sorted[index + 1]?.at);
	return doubtful < 0 ? sorted : sorted.slice(0, doubtful);
}
