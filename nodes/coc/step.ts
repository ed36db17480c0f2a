import type { History, HistoryEntry } from './history';
import { describeStatus, STATUS_LABELS } from './statuses';
import { compareTexts, type Likeness } from './compareTexts';

/** A step in an incident's life, and how COC's record tells of it. */
export interface Step {
	/** What the history calls it. */
	kind: 'acceptance' | 'solution' | 'verification';
	/** IAM user ID of the person who takes it. */
	operator: string;
	/** By what else it is known in the history. */
	mark: string;
	/** Whether an entry is what a step with this mark leaves behind, by all but its operator. */
	bears: (entry: HistoryEntry, mark: string) => Likeness;
	/** The status in which it can be taken. */
	from: string;
	/** "someone else *verified* it". */
	done: string;
	/** Whether it may have brought a ticket into this status. */
	mayLeadTo: (status: string) => boolean;
	/** The kinds of steps that bear on its status. */
	story: readonly Kind[];
	/** Whether steps of these kinds, newest first, led to a status without it. */
	explains: (kinds: readonly Kind[], status: string) => boolean;
}

type Kind = HistoryEntry['kind'];

/** COC's record of a ticket: what the history call and, after it, the detail call say. */
export interface TicketRecord {
	history: History;
	status: string;
}

/** What is known of the writes of this run, to tell an entry of its own from others. */
export interface Window {
	/** When the run began with this ticket, in ms by COC's clock; null when that isn't known. */
	since: number | null;
	/** The history as it was before this operator's first write to the ticket; null when it wasn't read. */
	before: History | null;
	/** Marks of this operator's entries that earlier items of the run own. */
	owned: readonly string[];
	/** Whether an earlier item of the run may have left an entry that it doesn't own. */
	uncertain: boolean;
}

/** What COC's record says of a write whose answer was lost. */
export type Sight =
	| { shows: 'applied' }
	/** Not applied, and the ticket still waits: to send it again is safe. */
	| { shows: 'nothing'; seen: string }
	/** Not applied, and it can't be any more: the ticket has moved on without it. */
	| { shows: 'tooLate'; seen: string }
	| { shows: 'unclear'; seen: string };

/** The history's clock and the one in the `Date` header may differ by this much, in ms. */
const TOLERANCE_MS = 1000;

/** Looks for a step in COC's record. */
export function findStep(step: Step, record: TicketRecord, window: Window): Sight {
	const { history, status } = record;
	const now = `its status is ${describeStatus(status)}`;
	const unclear = (what: string): Sight => ({ shows: 'unclear', seen: `${what}, ${now}` });
	if (!history.complete) return unclear('not all of its history could be read');

	const recent = recentOf(history.entries, window);
	const similar = recent.filter((entry) => mayBe(entry, step));
	const candidates = withoutOwned(similar, step, window.owned);
	if (candidates.length > 0) {
		const doubt = doubtOf(candidates, step, status, window);
		return doubt === null ? { shows: 'applied' } : unclear(`${doubt}${timeless(window)}`);
	}

	const absent = "its history doesn't hold it";
	if (status === step.from) {
		// Whoever took this step in between had the ticket sent back to where it was.
		const others = recent.some(
			({ kind, operator, at }) =>
				kind === step.kind && operator !== step.operator && (at !== null || window.since === null),
		);
		if (others) {
			const when = timeless(window) || ' meanwhile';
			return unclear(`someone else ${step.done} it${when}`);
		}
		return { shows: 'nothing', seen: `${absent}, ${now}` };
	}
	return mayHaveMoved(step, record, window)
		? unclear(absent)
		: { shows: 'tooLate', seen: `${absent}, ${now}` };
}

/** What is said where nothing tells an entry of this run from an older one. */
function timeless({ since, before }: Window): string {
	return since === null && before === null
		? ", and COC's answers have no usable Date header, so that it is not known when"
		: '';
}

/** The entries that may have come since the run began with the ticket. */
function recentOf(entries: HistoryEntry[], { since, before }: Window): HistoryEntry[] {
	if (since !== null) {
		return entries.filter(({ at }) => at === null || at >= since - TOLERANCE_MS);
	}
	const known = (before?.entries ?? []).map(printOf);
	return entries.filter((entry) => {
		const at = known.indexOf(printOf(entry));
		if (at >= 0) known.splice(at, 1);
		return at < 0;
	});
}

function printOf({ kind, operator, comment, at }: HistoryEntry): string {
	return JSON.stringify([kind, operator, comment, at]);
}

/** Whether an entry's time proves that it came since the run began with the ticket. */
function isTimely({ at }: HistoryEntry, { since, before, owned }: Window): boolean {
	if (at === null) return false;
	if (since !== null) return true;
	// Without COC's clock: newer than all that was there before, where nothing of ours was.
	if (before === null || !before.complete || owned.length > 0) return false;
	return before.entries.every((entry) => entry.at !== null && entry.at < at);
}

/** Whether an entry may be the step's, by as much as it is like it. */
function mayBe(entry: HistoryEntry, step: Step): boolean {
	const { operator, mark, bears } = step;
	const isOwn = entry.operator === operator;
	if (entry.kind === step.kind) return isOwn || bears(entry, mark) === 'same';
	return entry.kind === 'unknown' && isOwn && bears(entry, mark) !== 'none';
}

function isLike(entry: HistoryEntry, { operator, mark, bears }: Step, least: Likeness): boolean {
	if (entry.operator !== operator) return false;
	const likeness = bears(entry, mark);
	return likeness === 'same' || (least === 'similar' && likeness === 'similar');
}

/** Why these entries don't prove that the step was recorded; null when one does. */
function doubtOf(
	candidates: HistoryEntry[],
	step: Step,
	status: string,
	window: Window,
): string | null {
	const [candidate] = candidates;
	if (candidate === undefined || candidates.length > 1) {
		return `its history holds ${candidates.length} entries that may be it`;
	}
	if (candidate.kind === 'unknown' || !isLike(candidate, step, 'same')) {
		return 'its history holds a similar entry';
	}
	if (window.uncertain || !isTimely(candidate, window)) {
		return "its history holds an entry that may be another one's";
	}
	return step.mayLeadTo(status) ? null : 'its history holds it';
}

/**
 * Whether the step may have brought a ticket, which doesn't wait for it any more, into its status
 * while the history lags behind. Not when other steps led there. One that may be it, from before the
 * run, explains nothing, since its clock may be behind.
 */
function mayHaveMoved(step: Step, { history, status }: TicketRecord, { owned }: Window): boolean {
	if (!STATUS_LABELS.has(status)) return true;
	if (!step.mayLeadTo(status)) return false;
	const story = storyOf(step, history.entries);
	const isOwned = owned.some((mark) => compareTexts(mark, step.mark) === 'same');
	const alike = story.findIndex(
		(entry) => entry.kind === step.kind && isLike(entry, step, 'similar') && !isOwned,
	);
	const others = alike < 0 ? story : story.slice(0, alike);
	return !step.explains(
		others.map(({ kind }) => kind),
		status,
	);
}

/** Entries of earlier items of the run are theirs. */
function withoutOwned(
	entries: HistoryEntry[],
	{ operator, bears }: Step,
	owned: readonly string[],
): HistoryEntry[] {
	const left = [...owned];
	return entries.filter((entry) => {
		const isOwn = (mark: string) => entry.operator === operator && bears(entry, mark) === 'same';
		const at = left.findIndex(isOwn);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}

/** The steps so far, newest first, as far as their order is beyond doubt. */
function storyOf({ story }: Step, entries: HistoryEntry[]): HistoryEntry[] {
	const steps = entries.filter(({ kind }) => story.includes(kind));
	if (steps.some(({ at }) => at === null)) return [];
	const sorted = steps.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
	const doubtful = sorted.findIndex(({ at }, index) => at === sorted[index + 1]?.at);
	return doubtful < 0 ? sorted : sorted.slice(0, doubtful);
}
