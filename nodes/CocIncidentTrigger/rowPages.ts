import { createEnd, type End, type Part } from '../client/listEnd';
import { unreadFailure, type Failure, type Read } from '../errors/failure';
import type { Row } from './state';

/** What is asked for: tickets by update time, the oldest first. */
export interface Query {
	/** Only those updated at this time or later. */
	from: number;
	/** Only those updated at this time or earlier. */
	to?: number;
	/** From 1 on. */
	page: number;
	/** How many at most. */
	perPage: number;
}

/** One answer of the list. */
export interface Listed {
	rows: Row[];
	/** How many there are, by COC's word. */
	total?: number | null;
	/** COC's clock at the answer; null when it doesn't tell. */
	now: number | null;
}

export interface PageOfRows extends Pick<Listed, 'rows' | 'now'> {
	isLast: boolean;
}

type List = (query: Query) => Promise<Read<Listed>>;

/**
 * Pages through the list from an update time on. Tickets change meanwhile and then move to the end,
 * so that no page is found by its number, which would make gaps: each begins at the update time where
 * the one before ended. Rows that were seen before are left out. Which page is the last one is
 * decided as in every list of incidents.
 */
export async function* pagesFrom(
	from: number,
	perPage: number,
	list: List,
): AsyncGenerator<Read<PageOfRows>, void, void> {
	const end = createEnd(perPage);
	for (let bound = from; ; ) {
		const query = { from: bound, page: 1, perPage };
		const read = await list(query);
		if (!read.ok) return yield read;
		const { rows, now } = read.value;
		const { length: given } = rows;
		const { isNew, failure, ...judged } = end.judge(partOf(read.value, query));
		if (failure !== null) return yield broken(failure);
		const fault = faultIn(rows, bound);
		const last = rows.at(-1)?.updatedAt ?? bound;
		const isOfOneTime = rows.every(({ updatedAt }) => updatedAt === last);
		let { isLast } = judged;
		if (!isLast && fault !== null && given >= perPage) return yield faulty(fault);
		if (!isLast && given < perPage && (isOfOneTime || fault !== null)) {
			const behind = await isEnd(end, list, {
				...{ page: 2, perPage: given },
				from: fault === null ? last : bound,
			});
			if (!behind.ok) return yield behind;
			if (!behind.value && fault !== null) return yield faulty(fault);
			isLast = behind.value;
		}
		if (!isLast && rows.every(({ isUndated }) => isUndated)) {
			return yield await byNumber({ from: bound }, read.value, list);
		}
		const fresh = rows.filter((_, index) => isNew[index]);
		yield { ok: true, value: { rows: sorted(fresh, bound), now, isLast } };
		if (isLast) return;
		const isFull = given >= perPage;
		if (!isOfOneTime || (isFull && last > bound)) {
			bound = last;
			continue;
		}
		// As many of one update time as COC gives at once: only numbers are left.
		for await (const group of pagesAt({ from: last, to: last }, rows, list)) {
			if (!group.ok) return yield group;
			const news = end.take(group.value.rows.map(keyOf));
			const others = group.value.rows.filter((_, index) => news[index]);
			yield { ok: true, value: { ...group.value, rows: others, isLast: false } };
		}
		bound = last + 1;
	}
}

/**
 * Whether nothing stands behind a page that is shorter than asked for. What stands there isn't taken
 * from this answer: it may have moved up meanwhile, and others with it over the edge of the page.
 */
async function isEnd(end: End, list: List, query: Query): Promise<Read<boolean>> {
	const read = await list(query);
	if (!read.ok) return read;
	if (end.hasNew(read.value.rows.map(keyOf))) return { ok: true, value: false };
	const { isLast, failure } = end.judge(partOf(read.value, query));
	return failure === null ? { ok: true, value: isLast } : broken(failure);
}

function partOf({ rows, total = null }: Listed, query: Query): Part {
	const fault = faultIn(rows, query.from);
	return {
		...{ given: rows.length, total },
		keys: rows.map(keyOf),
		offset: (query.page - 1) * query.perPage,
		isSorted: fault !== 'sorting',
		isWithin: fault !== 'filter',
		isNewStretch: query.page === 1,
	};
}

/**
 * The rest of a list whose first page shows no update times: as one page, since no time tells how far
 * a part of it goes.
 */
async function byNumber(
	group: Pick<Query, 'from'>,
	{ rows, now }: Listed,
	list: List,
): Promise<Read<PageOfRows>> {
	const all = new Map(rows.map((row) => [keyOf(row), row]));
	for await (const read of pagesAt(group, rows, list)) {
		if (!read.ok) return read;
		for (const row of read.value.rows) all.set(keyOf(row), row);
	}
	return { ok: true, value: { rows: sorted([...all.values()], group.from), now, isLast: true } };
}

/** How often a page in a row may give what the one before gave: late tickets push others onto it. */
const MOST_REPEATS = 3;

/**
 * All pages of one update time, to the end and back: tickets only leave this group, by changing, and
 * those behind them move up, over the edge of a page that was read. On the way back they are met.
 *
 * @param first the first page: a server that gives fewer than it is asked for may count its pages
 * either way, unless asked for as many as this one held
 */
async function* pagesAt(
	times: Pick<Query, 'from' | 'to'>,
	first: Row[],
	list: List,
): AsyncGenerator<Read<Listed>> {
	const group = { ...times, perPage: first.length };
	const begin = first.map(keyOf).join();
	let page = 2;
	let before = begin;
	let isIgnored = true;
	let repeats = 0;
	for (; repeats < MOST_REPEATS; page++) {
		const read = await list({ ...group, page });
		yield read;
		if (!read.ok) return;
		const { rows } = read.value;
		if (rows.length === 0) break;
		const all = rows.map(keyOf).join();
		isIgnored &&= all === begin;
		// A server that ignores the number gives the same page for ever, another one its last.
		repeats = all === before ? repeats + 1 : 0;
		before = all;
	}
	if (isIgnored && repeats === MOST_REPEATS) return yield faulty('page');
	while (--page >= 1) {
		const read = await list({ ...group, page });
		yield read;
		if (!read.ok) return;
	}
}

function keyOf({ ticket, updatedAt, isUndated }: Row): string {
	return isUndated === true ? ticket : `${ticket} ${updatedAt}`;
}

function sorted(rows: Row[], from: number): Row[] {
	return rows
		.filter(({ updatedAt }) => updatedAt >= from)
		.sort((a, b) => a.updatedAt - b.updatedAt);
}

type Fault = 'page' | 'filter' | 'sorting';

/** What a server ignored of the request; only a list that fits into one page can do without it. */
function faultIn(rows: Row[], from: number): Fault | null {
	if (rows.some(({ updatedAt }) => updatedAt < from)) return 'filter';
	const isSorted = rows.every((row, index) => row.updatedAt >= (rows[index - 1]?.updatedAt ?? 0));
	return isSorted ? null : 'sorting';
}

const IGNORED: Record<Fault, string> = {
	page: 'the page that is asked for',
	filter: 'the filter of the update time',
	sorting: 'the sorting by update time',
};

function faulty(fault: Fault): { ok: false; failure: Failure } {
	return broken(unreadFailure(`COC's list of incidents ignores ${IGNORED[fault]}`, REPORT));
}

function broken(failure: Failure): { ok: false; failure: Failure } {
	return { ok: false, failure: { ...failure, cause: 'configuration-invalid' } };
}

const REPORT =
	"More incidents have changed than fit on one page, and some would be lost. Narrow the 'Filters', and report this.";
