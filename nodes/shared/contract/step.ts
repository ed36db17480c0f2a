import type { History, HistoryEntry } from './history';
import { describeStatus, STATUS_LABELS } from './incident';

/** A step in an incident's life, and how COC's record tells of it. */
export interface Step {
	/** What the history calls it. */
	kind: 'acceptance' | 'solution' | 'verification';
	/** IAM user ID of the person who takes it. */
	operator: string;
	/** By what else it is known in the history. */
	mark: string;
	/** Whether an entry is what a step with this mark leaves behind. */
	bears: (entry: HistoryEntry, mark: string) => boolean;
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

	const { since } = window;
	const recent = history.entries.filter(
		({ at }) => at === null || since === null || at >= since - TOLERANCE_MS,
	);
	const similar = recent.filter(
		(entry) =>
			(entry.kind === step.kind && likeness(entry, step) !== 'none') ||
			(entry.kind === 'unknown' && likeness(entry, step) === 'full'),
	);
	const candidates = withoutOwned(similar, step, window.owned);
	if (candidates.length > 0) {
		const doubt = doubtOf(candidates, step, status, window);
		return doubt === null ? { shows: 'applied' } : unclear(doubt);
	}

	const absent = "its history doesn't hold it";
	if (status === step.from) {
		// Whoever took this step in between had the ticket sent back to where it was.
		const others = recent.some(
			({ kind, operator, at }) =>
				kind === step.kind && operator !== step.operator && at !== null && since !== null,
		);
		if (others) return unclear(`someone else ${step.done} it meanwhile`);
		return { shows: 'nothing', seen: `${absent}, ${now}` };
	}
	return mayHaveMoved(step, record, window)
		? unclear(absent)
		: { shows: 'tooLate', seen: `${absent}, ${now}` };
}

/** How much an entry is like the step: same operator and mark, one of them, none. */
function likeness(entry: HistoryEntry, { operator, mark, bears }: Step): 'full' | 'half' | 'none' {
	const same = Number(entry.operator === operator) + Number(bears(entry, mark));
	return same === 2 ? 'full' : same === 1 ? 'half' : 'none';
}

/** Why these entries don't prove that the step was recorded; null when one does. */
function doubtOf(
	candidates: HistoryEntry[],
	step: Step,
	status: string,
	{ since, uncertain }: Window,
): string | null {
	const [candidate] = candidates;
	if (candidate === undefined || candidates.length > 1) {
		return `its history holds ${candidates.length} entries that may be it`;
	}
	if (candidate.kind === 'unknown' || likeness(candidate, step) !== 'full') {
		return 'its history holds a similar entry';
	}
	if (uncertain || candidate.at === null || since === null) {
		return "its history holds an entry that may be another one's";
	}
	return step.mayLeadTo(status) ? null : 'its history holds it';
}

/**
 * Whether the step may have brought a ticket, which doesn't wait for it any more, into its status
 * while the history lags behind. Not when other steps led there. One that is equal, from before the
 * run, explains nothing, since its clock may be behind.
 */
function mayHaveMoved(step: Step, { history, status }: TicketRecord, { owned }: Window): boolean {
	if (!STATUS_LABELS.has(status)) return true;
	if (!step.mayLeadTo(status)) return false;
	const story = storyOf(step, history.entries);
	const equal = story.findIndex(
		(entry) =>
			entry.kind === step.kind && likeness(entry, step) === 'full' && !owned.includes(step.mark),
	);
	const others = equal < 0 ? story : story.slice(0, equal);
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
		const at = entry.operator === operator ? left.findIndex((mark) => bears(entry, mark)) : -1;
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
