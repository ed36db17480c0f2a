import { COMPLETED, DRAFT, TO_BE_VERIFIED } from './statuses';
import type { Step, TicketRecord } from './step';
import { compareTexts } from './compareTexts';

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
		bears: (entry, mark) => compareTexts(entry.comment ?? '', mark),
		from: TO_BE_VERIFIED,
		done: 'verified',
		mayLeadTo: (status) => status !== DRAFT && result === (status === COMPLETED),
		story: ['solution', 'verification'],
		explains: ([newest]) => newest === 'verification',
	};
}

/**
 * The result of a ticket's last verification, when it was verified: null while a solution waits,
 * unless this very verification is the last one (the same request once more). `similar` when that
 * one may be it, in a shape that isn't known; `untold` when times that can't be read, or that are
 * the same, hide which one was the last.
 */
export function lastResult(
	{ history, status }: TicketRecord,
	repeated: Verification,
): boolean | null | 'similar' | 'untold' {
	const verifications = history.entries.filter(({ kind }) => kind === 'verification');
	if (verifications.length === 0) return null;
	if (status !== TO_BE_VERIFIED) return status === COMPLETED;
	const newest = verifications.reduce((latest, { at }) => Math.max(latest, at ?? 0), 0);
	const maybeLast = verifications.filter(({ at }) => at === null || at === newest);
	const alike = maybeLast
		.filter(({ operator }) => operator === repeated.operator)
		.map(({ comment }) => compareTexts(comment ?? '', repeated.comment))
		.filter((likeness) => likeness !== 'none');
	// Verified while it waited again: this one handed it back.
	if (alike.length === 0) return null;
	if (alike.length < maybeLast.length) return 'untold';
	return alike.every((likeness) => likeness === 'same') ? false : 'similar';
}
