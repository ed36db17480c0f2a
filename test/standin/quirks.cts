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
	/** v2's list gives its last page again, when a page behind it is asked for. */
	repeatsLastPage: boolean;
	/** Lists give at most so many at a time, whatever is asked for. */
	mostPerPage: number;
	/** Then v2's list counts its pages by what was asked for, and not by what it gives. */
	countsPagesAsAsked: boolean;
	/** What v2's list says how many incidents there are, by what is true; null for nothing. */
	total: (count: number) => unknown;
}

/** None. */
export const noQuirks: Quirks = {
	creationMs: 0,
	listLagMs: 0,
	ignoresPage: false,
	noDate: false,
	repeatsLastPage: false,
	mostPerPage: Infinity,
	countsPagesAsAsked: false,
	total: (count) => count,
};
