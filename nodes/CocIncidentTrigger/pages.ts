import { inputFailure, type Failure } from '../shared/contract/explain';
import type { Read } from '../shared/items/reader';
import type { Row } from './memory';

/** What is asked for: tickets by update time, the oldest first. */
export interface Query {
	/** Only those updated at this time or later. */
	from: number;
	/** Only those updated at this time or earlier. */
	to?: number;
	/** From 1 on. */
	page: number;
}

/** One answer of the list. */
export interface Listed {
	rows: Row[];
	/** COC's clock at the answer; null when it doesn't tell. */
	now: number | null;
}

export interface PageOfRows extends Listed {
	isLast: boolean;
}

/**
 * Pages through the list from an update time on. Tickets change meanwhile and then move to the end,
 * so that no page is found by its number, which would make gaps: each begins at the update time where
 * the one before ended. Rows that were seen before are left out.
 */
export async function* pagesFrom(
	from: number,
	perPage: number,
	list: (query: Query) => Promise<Read<Listed>>,
): AsyncGenerator<Read<PageOfRows>, void, void> {
	const seen = new Set<string>();
	const fresh = (rows: Row[]) => {
		const unseen = rows.filter((row) => !seen.has(keyOf(row)));
		unseen.forEach((row) => seen.add(keyOf(row)));
		return unseen;
	};

	for (let bound = from; ; ) {
		const read = await list({ from: bound, page: 1 });
		if (!read.ok) return yield read;
		const { rows, now } = read.value;
		const fault = faultIn(rows, bound);
		if (fault !== null && rows.length >= perPage) return yield faulty(fault);
		const isLast = rows.length < perPage;
		if (!isLast && rows.every(({ isUndated }) => isUndated)) {
			return yield await byNumber({ from: bound }, read.value, list);
		}
		yield { ok: true, value: { rows: fresh(sorted(rows, bound)), now, isLast } };
		if (isLast) return;
		const last = rows.at(-1)!.updatedAt;
		if (last > bound || rows[0]!.updatedAt < last) {
			bound = last;
			continue;
		}
		// A whole page of one update time: only numbers are left.
		for await (const group of pagesAt({ from: bound, to: bound }, list)) {
			if (!group.ok) return yield group;
			yield { ok: true, value: { ...group.value, rows: fresh(group.value.rows), isLast: false } };
		}
		bound++;
	}
}

/**
 * The rest of a list whose first page shows no update times: as one page, since no time tells how far
 * a part of it goes.
 */
async function byNumber(
	group: Pick<Query, 'from'>,
	{ rows, now }: Listed,
	list: (query: Query) => Promise<Read<Listed>>,
): Promise<Read<PageOfRows>> {
	const all = new Map(rows.map((row) => [keyOf(row), row]));
	for await (const read of pagesAt(group, list)) {
		if (!read.ok) return read;
		for (const row of read.value.rows) all.set(keyOf(row), row);
	}
	return { ok: true, value: { rows: sorted([...all.values()], group.from), now, isLast: true } };
}

/**
 * All pages of one update time, to the end and back: tickets only leave this group, by changing, and
 * those behind them move up, over the edge of a page that was read. On the way back they are met.
 */
async function* pagesAt(
	group: Pick<Query, 'from' | 'to'>,
	list: (query: Query) => Promise<Read<Listed>>,
): AsyncGenerator<Read<Listed>, void, void> {
	let page = 2;
	let before = '';
	for (; ; page++) {
		const read = await list({ ...group, page });
		yield read;
		if (!read.ok) return;
		const { rows } = read.value;
		const all = rows.map(keyOf).join();
		if (rows.length === 0) break;
		// A server that ignores the number gives the same page for ever.
		if (all === before) return yield faulty('ignores the page that is asked for');
		before = all;
	}
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

/** What a server ignored of the request; only a list that fits into one page can do without it. */
function faultIn(rows: Row[], from: number): string | null {
	if (rows.some(({ updatedAt }) => updatedAt < from))
		return 'ignores the filter of the update time';
	const isSorted = rows.every((row, index) => row.updatedAt >= (rows[index - 1]?.updatedAt ?? 0));
	return isSorted ? null : 'ignores the sorting by update time';
}

function faulty(what: string): { ok: false; failure: Failure } {
	return {
		ok: false,
		failure: {
			...inputFailure(`COC's list of incidents ${what}`, REPORT),
			outcome: 'notRead',
			origin: 'service',
			cause: 'configuration-invalid',
		},
	};
}

const REPORT =
	"More incidents have changed than fit on one page, and some would be lost. Narrow the 'Filters', and report this.";
