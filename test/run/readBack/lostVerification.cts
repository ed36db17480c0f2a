// Verifications whose answer is lost, and what COC's history holds meanwhile.
import { OPERATOR } from '../../support/coc.cts';
import { HANDLE, useWatchedCoc } from '../../support/watch.cts';
import type { HistoryEntry } from '../../standin/index.cts';

export const COMMENT = 'Works again';
export const OTHER = 'f'.repeat(32);

/** A verification as Unresolved by our operator, with our comment. */
export const entry = (fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
	action: 'confirm',
	operator: OPERATOR,
	comment: COMMENT,
	result: false,
	at: Date.now(),
	...fields,
});

/** Somebody else's solution. */
export const submitted = (at = Date.now()) =>
	entry({ action: 'commitSolution1', operator: OTHER, comment: null, result: null, at });

export function useLostVerifications() {
	const coc = useWatchedCoc();
	return {
		coc,
		/** The next verification's answer is lost, after or before COC acted. */
		lose: (kind: 'resetAfter' | 'resetBefore') =>
			coc.standIn.fault({ kind, match: { path: HANDLE } }),
		/** What else happens to the ticket, right after the first verification was settled. */
		meanwhile: (change: (ticket: string) => void) => {
			coc.onAnswer = ({ path, ticket }) => {
				if (path !== HANDLE) return;
				coc.onAnswer = () => undefined;
				change(ticket!);
			};
		},
	};
}
