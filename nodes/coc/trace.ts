import { compareTexts, containsText, type Likeness } from './compareTexts';
import type { HistoryEntry, TicketState } from './history';
import { shareKey, transitionOf, type StepKind } from './lifecycle';

/** What a write leaves in COC's record, by which it is found after its answer was lost. */
export interface Trace {
	kind: StepKind;
	/** Of a verification. */
	result?: boolean;
	/** IAM user ID of the person who acts; null when unknown: then kind, text and time decide. */
	operator: string | null;
	/** The text that the history may repeat. */
	text: string;
	/** What the ticket shows once it is done. */
	leads?: Partial<TicketState> | undefined;
}

/** Whether this write could have made the entry. */
export function mayBe(entry: HistoryEntry, trace: Trace): boolean {
	const isOwn = trace.operator === null || entry.operator === trace.operator;
	const likeness = likenessOf(entry, trace, trace.text);
	if (isOfKind(entry, trace)) return isOwn || likeness === 'same';
	return entry.kind === 'unknown' && isOwn && likeness !== 'none';
}

/** Whether an entry is of the write's kind, or of one that the history may name by the same key. */
function isOfKind({ kind }: HistoryEntry, trace: Trace): boolean {
	return kind !== 'unknown' && (kind === trace.kind || shareKey(kind, trace.kind));
}

/** How an entry compares with what this write leaves behind, its operator aside. */
function likenessOf({ comment }: HistoryEntry, trace: Trace, text: string): Likeness {
	switch (transitionOf(trace.kind, trace.result).comment) {
		case 'never':
			return 'same';
		case 'always':
			return compareTexts(comment ?? '', text);
		case 'sometimes':
			return !comment || containsText(comment, text) ? 'same' : compareTexts(comment, text);
	}
}

/** Whether an entry is this write's own, by operator and text. */
export function isOwnEntry(
	entry: HistoryEntry,
	trace: Trace,
	text: string,
	least: Likeness,
): boolean {
	if (trace.operator === null) {
		// Only its text distinguishes it from somebody else's.
		return text !== '' && compareTexts(entry.comment ?? '', text) === 'same';
	}
	if (entry.operator !== trace.operator) return false;
	const likeness = likenessOf(entry, trace, text);
	return likeness === 'same' || (least === 'similar' && likeness === 'similar');
}

/**
 * Entries without those of earlier items of the run; those of the write's own kind count first, and of
 * these the ones with the very text.
 */
export function withoutRecorded(
	entries: readonly HistoryEntry[],
	trace: Trace,
	recorded: readonly string[],
): HistoryEntry[] {
	const removed = new Set<HistoryEntry>();
	for (const text of recorded) {
		const own = entries.filter(
			(entry) => !removed.has(entry) && isOwnEntry(entry, trace, text, 'same'),
		);
		const ofKind = own.filter((entry) => isOfKind(entry, trace));
		const exact = ofKind.find(({ comment }) => compareTexts(comment ?? '', text) === 'same');
		const one = exact ?? ofKind[0] ?? own[0];
		if (one !== undefined) removed.add(one);
	}
	return entries.filter((entry) => !removed.has(entry));
}
