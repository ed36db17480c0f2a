import type { History, HistoryEntry } from './history';
import { COMPLETED, describeStatus, STATUS_LABELS, TO_BE_VERIFIED } from './incident';

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
	{ history, status }: TicketRecord,
	window: Window,
): Sight {
	const { since } = window;
	const unclear = (what: string): Sight => ({ shows: 'unclear', seen: `${what}, ${now}` });
	const now = `its status is ${describeStatus(status)}`;
	if (!history.complete) return unclear('not all of its history could be read');

	const inWindow = history.entries.filter(
		({ at }) => at === null || since === null || at >= since - TOLERANCE_MS,
	);
	const resembles = (entry: HistoryEntry) =>
		Number(entry.operator === wanted.operator) + Number(entry.comment === wanted.comment);
	const candidates = withoutOwned(
		inWindow.filter(
			(entry) =>
				(entry.kind === 'verification' && resembles(entry) >= 1) ||
				(entry.kind === 'unknown' && resembles(entry) === 2),
		),
		wanted.operator,
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
		const fits = wanted.result === (status === COMPLETED);
		return fits ? { shows: 'applied' } : unclear('its history holds it');
	}

	const absent = "its history doesn't hold it";
	if (status === TO_BE_VERIFIED) {
		const others = inWindow.some(
			({ kind, operator, at }) =>
				kind === 'verification' && operator !== wanted.operator && at !== null && since !== null,
		);
		if (others) return unclear('someone else verified it meanwhile');
		return { shows: 'nothing', seen: `${absent}, ${now}` };
	}
	// The ticket has moved on, or never waited. If this write may have moved it, and the history only
	// lags behind the status, nothing is proven, unless another verification was the last step.
	const mayBeItsWork = wanted.result === (status === COMPLETED);
	// An equal entry from before the run explains nothing: its clock may be behind.
	const last = lastStep(history.entries);
	const isAnothers =
		last !== undefined && (resembles(last) < 2 || window.owned.includes(wanted.comment));
	const explained = last?.kind === 'verification' && isAnothers;
	if ((mayBeItsWork && !explained) || !STATUS_LABELS.has(status)) return unclear(absent);
	return { shows: 'tooLate', seen: `${absent}, ${now}` };
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
