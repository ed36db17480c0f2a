/** Whom a request asks first. */
export interface Approvers {
	people: string[];
	/** Whether all of them have to agree; else the first answer decides. */
	all: boolean;
}

/** What a tenant configures, and what COC does that a client had better be prepared for. */
export interface Quirks {
	/** Who approves a pause; null when nobody has to. */
	pauseApproval: Approvers | null;
	/** Who approves a less severe level; null when nobody has to. */
	deEscalationApproval: Approvers | null;
	/** Whom a shift dispatches a ticket to. */
	onShift: (scene: string, role: string) => string | null;
	/** Tasks are cut to what is the caller's own. */
	cutsTasks: boolean;
	/** Nobody may do what is another person's task, in v1's call as little as in v2's. */
	refusesOthers: boolean;
	/** A new ticket has no tasks for so long. */
	emptyTasksMs: number;
	/** The status of an entry in the history, by the ticket's before and after that step. */
	entryStatus: (before: string, after: string) => string;
	/** Which field of v1's history has the key of what was done; elsewhere `action` is "process". */
	keyIn: 'action' | 'sub_action' | 'final_sub_action';
	/** Whether a history keeps the comment of what was done. */
	keepsComment: (key: string) => boolean;
	/** Creation finishes asynchronously: COC knows a ticket so long after it gave its number. */
	creationMs: number;
	/** An alarm names the incident that was made of it so much later. */
	linkMs: number;
	/** Whether alarms that have an incident get another one. */
	linksAgain: boolean;
	/** Alarms that aren't cleared, although the call works. */
	leavesAlarm: (id: string) => boolean;
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
	/** Who may lead a war room and take part in it; null for anybody. */
	personnel: string[] | null;
	/** Where the console shows an incident. */
	incidentUrl: (ticket: string) => string | null;
	/** A row of v2's list, or of war rooms, as it is given; `row` is as it should be. */
	row: (row: Record<string, unknown>) => unknown;
}

/** None. */
export const noQuirks: Quirks = {
	pauseApproval: null,
	deEscalationApproval: null,
	onShift: () => null,
	cutsTasks: false,
	refusesOthers: false,
	emptyTasksMs: 0,
	entryStatus: (_before, after) => after,
	keyIn: 'action',
	keepsComment: () => true,
	creationMs: 0,
	linkMs: 0,
	linksAgain: false,
	leavesAlarm: () => false,
	listLagMs: 0,
	ignoresPage: false,
	repeatsLastPage: false,
	mostPerPage: Infinity,
	countsPagesAsAsked: false,
	total: (count) => count,
	date: (now) => new Date(now).toUTCString(),
	personnel: null,
	incidentUrl: (ticket) => `https://console.example/coc/${ticket}`,
	row: (row) => row,
};
