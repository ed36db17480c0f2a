/** What COC does that a client had better be prepared for. */
export interface Quirks {
	/** Creation finishes asynchronously: COC knows a ticket so long after it gave its number. */
	creationMs: number;
	/** Lists are so long behind: new tickets and changes show up that much later. */
	listLagMs: number;
	/** v2's list gives its first page, whatever page is asked for. */
	ignoresPage: boolean;
	/** Answers have no header Date. */
	noDate: boolean;
}

/** None. */
export const noQuirks: Quirks = { creationMs: 0, listLagMs: 0, ignoresPage: false, noDate: false };
