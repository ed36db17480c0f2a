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
export function findStep(step: Step, { history, status }: TicketRecord, window: Window): Sight {
	const { since } = window;
	const unclear = (what: string): Sight => ({ shows: 'unclear', seen: `${what}, ${now}` });
	const now = `its status is ${describeStatus(status)}`;
	if (!history.complete) return unclear('not all of its history could be read');

	const inWindow = history.entries.filter(
		({ at }) => at === null || since === null || at >= since - TOLERANCE_MS,
	);
	const resembles = (entry: HistoryEntry) =>
		Number(entry.operator === step.operator) + Number(step.bears(entry, step.mark));
	const candidates = withoutOwned(
		inWindow.filter(
			(entry) =>
				(entry.kind === step.kind && resembles(entry) >= 1) ||
				(entry.kind === 'unknown' && resembles(entry) === 2),
		),
		step,
		window.owned,
	);
	const [candidate] = candidates;
	if (candidate !== undefined) {
		if (candidates.length > 1) return unclear(`${candidates.length} entries may be it`);
		if (candidate.kind === 'unknown' || resembles(candidate) < 2) {
			return unclear('its history holds a similar entry');
		}
		if (window.uncertain || candidate.at === null || since === null) {
			return unclear("its history holds an entry that may be another one's");
		}
		return step.mayLeadTo(status) ? { shows: 'applied' } : unclear('its history holds it');
	}

	const absent = "its history doesn't hold it";
	if (status === step.from) {
		const others = inWindow.some(
			({ kind, operator, at }) =>
				kind === step.kind && operator !== step.operator && at !== null && since !== null,
		);
		if (others) return unclear(`someone else ${step.done} it meanwhile`);
		return { shows: 'nothing', seen: `${absent}, ${now}` };
	}
	// The ticket has moved on, or never waited. If this write may have moved it, and the history only
	// lags behind the status, nothing is proven, unless other steps led there. An equal entry from
	// before the run explains nothing: its clock may be behind.
	const mayBeIt = (entry: HistoryEntry) =>
		entry.kind === step.kind && resembles(entry) === 2 && !window.owned.includes(step.mark);
	const explained = step.explains(storyOf(step, history.entries, mayBeIt), status);
	const mayBeItsWork = step.mayLeadTo(status) && !explained;
	if (mayBeItsWork || !STATUS_LABELS.has(status)) return unclear(absent);
	return { shows: 'tooLate', seen: `${absent}, ${now}` };
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

/** The kinds of the steps so far, newest first, as far as their order is beyond doubt. */
function storyOf(
	{ story }: Step,
	entries: HistoryEntry[],
	mayBeIt: (entry: HistoryEntry) => boolean,
): Kind[] {
	const steps = entries.filter(({ kind }) => story.includes(kind));
	if (steps.some(({ at }) => at === null)) return [];
	const sorted = steps.sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
	const end = sorted.findIndex(
		(entry, index) => entry.at === sorted[index + 1]?.at || mayBeIt(entry),
	);
	return sorted.slice(0, end < 0 ? sorted.length : end).map(({ kind }) => kind);
}
