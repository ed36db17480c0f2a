/** What COC does that a client had better be prepared for. */
export interface Quirks {
	/** Creation finishes asynchronously: COC knows a ticket so long after it gave its number. */
	creationMs: number;
	/** Lists are so long behind: new tickets and changes show up that much later. */
	listLagMs: number;
	/** v2's list gives its first page, whatever page is asked for. */
	ignoresPage: boolean;
	/** The `Date` of answers, by COC's clock in ms since 1970; null for none. */
	date: (now: number) => string | null;
	/** A row of v2's list as it is given; `row` is as it should be. */
	row: (row: Record<string, unknown>) => unknown;
}

/** None. */
export const noQuirks: Quirks = {
	creationMs: 0,
	listLagMs: 0,
	ignoresPage: false,
	date: (now) => new Date(now).toUTCString(),
	row: (row) => row,
};
