/** What COC does that a client had better be prepared for. */
export interface Quirks {
	/** Creation finishes asynchronously: COC knows a ticket so long after it gave its number. */
	creationMs: number;
}

/** None. */
export const noQuirks: Quirks = { creationMs: 0 };
