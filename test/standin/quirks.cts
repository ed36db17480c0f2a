/** What COC does that a client had better be prepared for. */
export interface Quirks {
	/** Creation finishes asynchronously: COC knows a ticket so long after it gave its number. */
	creationMs: number;
	/** Lists are so long behind: new tickets and changes show up that much later. */
	listLagMs: number;
	/** v2's list gives its first page, whatever page is asked for. */
	ignoresPage: boolean;
	/** v2's list gives its last page again, when a page behind it is asked for. */
	repeatsLastPage: boolean;
	/** Lists give at most so many at a time, whatever is asked for. */
	mostPerPage: number;
	/** Then v2's list counts its pages by what was asked for, and not by what it gives. */
	countsPagesAsAsked: boolean;
	/** What v2's list says how many incidents there are, by what is true; null for nothing. */
	total: (count: number) => unknown;
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
	repeatsLastPage: false,
	mostPerPage: Infinity,
	countsPagesAsAsked: false,
	total: (count) => count,
	date: (now) => new Date(now).toUTCString(),
	row: (row) => row,
};
