import type { History, HistoryEntry } from './history';
import { COMPLETED, describeStatus, DRAFT, STATUS_LABELS, TO_BE_VERIFIED } from './incident';

/** A verification as it is sent. */
export interface Verification {
	operator: string;
	result: boolean;
	comment: string;
}

/** COC's record of a ticket: what the history call and, after it, the detail call say. */
export interface TicketRecord {
	history: History;
	status: string;
}

/** What is known of the writes of this run, to tell an entry of its own from others. */
export interface Window {
	/** When the run began with this ticket, in ms by COC's clock; null when that isn't known. */
	since: number | null;
	/** Comments of this operator's entries that earlier items of the run own. */
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

/**
 * Looks for a verification in COC's record. The history doesn't hold its result: that follows from
 * the status, which only *Resolved* completes.
 */
export function findVerification(
	wanted: Verification,
	record: TicketRecord,
	window: Window,
): Sight {
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
			(entry.kind === 'verification' && likeness(entry, wanted) !== 'none') ||
			(entry.kind === 'unknown' && likeness(entry, wanted) === 'full'),
	);
	const candidates = withoutOwned(similar, wanted.operator, window.owned);
	if (candidates.length > 0) {
		const doubt = doubtOf(candidates, wanted, status, window);
		return doubt === null ? { shows: 'applied' } : unclear(doubt);
	}

	const absent = "its history doesn't hold it";
	if (status === TO_BE_VERIFIED) {
		// Whoever verified it in between had it sent back, and another solution waits now.
		const others = recent.some(
			({ kind, operator, at }) =>
				kind === 'verification' && operator !== wanted.operator && at !== null && since !== null,
		);
		if (others) return unclear('someone else verified it meanwhile');
		return { shows: 'nothing', seen: `${absent}, ${now}` };
	}
	return mayHaveMoved(wanted, record, window)
		? unclear(absent)
		: { shows: 'tooLate', seen: `${absent}, ${now}` };
}

/** How much an entry is like the verification: same operator and comment, one of them, none. */
function likeness(
	{ operator, comment }: HistoryEntry,
	wanted: Verification,
): 'full' | 'half' | 'none' {
	const same = Number(operator === wanted.operator) + Number(comment === wanted.comment);
	return same === 2 ? 'full' : same === 1 ? 'half' : 'none';
}

/** Why these entries don't prove that the verification was recorded; null when one does. */
function doubtOf(
	candidates: HistoryEntry[],
	wanted: Verification,
	status: string,
	{ since, uncertain }: Window,
): string | null {
	const [candidate] = candidates;
	if (candidate === undefined || candidates.length > 1) {
		return `its history holds ${candidates.length} entries that may be it`;
	}
	if (candidate.kind === 'unknown' || likeness(candidate, wanted) !== 'full') {
		return 'its history holds a similar entry';
	}
	if (uncertain || candidate.at === null || since === null) {
		return "its history holds an entry that may be another one's";
	}
	return wanted.result === (status === COMPLETED) ? null : 'its history holds it';
}

/**
 * Whether the verification may have brought a ticket, which doesn't wait any more, into its status
 * while the history lags behind. Not when that status is another's work: a verification as the last
 * step. An equal one from before the run explains nothing, since its clock may be behind.
 */
function mayHaveMoved(
	wanted: Verification,
	{ history, status }: TicketRecord,
	{ owned }: Window,
): boolean {
	if (!STATUS_LABELS.has(status)) return true;
	if (status === DRAFT || wanted.result !== (status === COMPLETED)) return false;
	const last = lastStep(history.entries);
	if (last?.kind !== 'verification') return true;
	return likeness(last, wanted) === 'full' && !owned.includes(wanted.comment);
}

/** Entries of earlier items of the run are theirs. */
function withoutOwned(
	entries: HistoryEntry[],
	operator: string,
	owned: readonly string[],
): HistoryEntry[] {
	const left = [...owned];
	return entries.filter((entry) => {
		const at = entry.operator === operator ? left.indexOf(entry.comment ?? '') : -1;
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}

/** The newest solution or verification; none when a time can't be read or two share it. */
function lastStep(entries: HistoryEntry[]): HistoryEntry | undefined {
	const steps = entries.filter(({ kind }) => kind === 'verification' || kind === 'solution');
	if (steps.some(({ at }) => at === null)) return undefined;
	const newest = steps.reduce((latest, { at }) => Math.max(latest, at ?? 0), 0);
	const last = steps.filter(({ at }) => at === newest);
	return last.length === 1 ? last[0] : undefined;
}

/**
 * The result of a ticket's last verification, when it was verified: none while a solution waits,
 * unless this very verification is the last one (the same request once more).
 */
export function lastResult(
	{ history, status }: TicketRecord,
	repeated: Verification,
): boolean | null {
	const verifications = history.entries.filter(({ kind }) => kind === 'verification');
	if (verifications.length === 0) return null;
	if (status !== TO_BE_VERIFIED) return status === COMPLETED;
	const newest = verifications.reduce((last, entry) =>
		(entry.at ?? 0) > (last.at ?? 0) ? entry : last,
	);
	const same = newest.operator === repeated.operator && newest.comment === repeated.comment;
	return same ? false : null;
}
