import { compareTexts } from './compareTexts';
import type { TicketRecord } from './history';
import { COMPLETED, TO_BE_VERIFIED } from './statuses';

/** A verification as it is sent. */
export interface Verification {
	operator: string;
	result: boolean;
	comment: string;
}

/**
 * The result of a ticket's last verification. Null while a solution waits, unless this very
 * verification is the last one (the same request once more). `similar` when the last one may be it,
 * in a spelling that isn't known; `unknown` when unreadable or equal times hide which was the last.
 */
export function lastResult(
	{ history, status }: TicketRecord,
	repeated: Verification,
): boolean | null | 'similar' | 'unknown' {
	const verifications = history.entries.filter(({ kind }) => kind === 'verification');
	if (verifications.length === 0) return null;
	if (status !== TO_BE_VERIFIED) return status === COMPLETED;
	const newest = verifications.reduce((latest, { at }) => Math.max(latest, at ?? 0), 0);
	const maybeLast = verifications.filter(({ at }) => at === null || at === newest);
	const alike = maybeLast
		.filter(({ operator }) => operator === repeated.operator)
		.map(({ comment }) => compareTexts(comment ?? '', repeated.comment))
		.filter((likeness) => likeness !== 'none');
	// The ticket waits again: another verification handed it back.
	if (alike.length === 0) return null;
	if (alike.length < maybeLast.length) return 'unknown';
	return alike.every((likeness) => likeness === 'same') ? false : 'similar';
}
