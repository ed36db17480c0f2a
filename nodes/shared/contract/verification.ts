import { COMPLETED, DRAFT, TO_BE_VERIFIED } from './incident';
import type { Step, TicketRecord } from './step';

/** A verification as it is sent. */
export interface Verification {
	operator: string;
	result: boolean;
	comment: string;
}

/**
 * A verification in COC's record. The history doesn't hold its result: that follows from the
 * status, which only *Resolved* completes.
 */
export function verificationStep({ operator, result, comment }: Verification): Step {
	return {
		kind: 'verification',
		operator,
		mark: comment,
		bears: (entry, mark) => (entry.comment ?? '') === mark,
		from: TO_BE_VERIFIED,
		done: 'verified',
		mayLeadTo: (status) => status !== DRAFT && result === (status === COMPLETED),
		story: ['solution', 'verification'],
		explains: ([newest]) => newest === 'verification',
	};
}

/**
 * The result of a ticket's last verification, when it was verified: null while a solution waits,
 * unless this very verification is the last one (the same request once more). `untold` when times
 * that can't be read, or that are the same, hide which one was the last.
 */
export function lastResult(
	{ history, status }: TicketRecord,
	repeated: Verification,
): boolean | null | 'untold' {
	const verifications = history.entries.filter(({ kind }) => kind === 'verification');
	if (verifications.length === 0) return null;
	if (status !== TO_BE_VERIFIED) return status === COMPLETED;
	const newest = verifications.reduce((latest, { at }) => Math.max(latest, at ?? 0), 0);
	const maybeLast = verifications.filter(({ at }) => at === null || at === newest);
	const same = maybeLast.filter(
		({ operator, comment }) => operator === repeated.operator && comment === repeated.comment,
	);
	if (same.length === 0) return null;
	return same.length === maybeLast.length ? false : 'untold';
}
