import { describe, expect, test } from '@jest/globals';
import type * as rowsSource from '../../nodes/CocIncidentTrigger/rows.ts';
import type { Row } from '../../nodes/events/state.ts';
import type * as source from '../../nodes/client/pagesByTime.ts';
import type { TimeQuery } from '../../nodes/client/timeList.ts';
import { built } from '../support/built.cts';

const { pagesByTime } = built<typeof source>('nodes/client/pagesByTime');
const { updatesFrom } = built<typeof rowsSource>('nodes/CocIncidentTrigger/rows');

type Query = rowsSource.Query;
type List = (query: Query, call: number) => Row[];

const row = (ticket: string, updatedAt: number): Row => ({ ticket, createdAt: 1, updatedAt });

interface Asked {
	/** How many are asked for at once. */
	perPage?: number;
	/** What COC says how many there are, by what it gives. */
	total?: (given: number, query: Query) => number | null;
}

let calls = 0;

/** All that paging finds, or why it broke off; `list` is asked for pages of two. */
async function found(
	list: List,
	{ perPage = 2, total = () => null }: Asked = {},
): Promise<string[] | string> {
	const tickets: string[] = [];
	calls = 0;
	const ends: boolean[] = [];
	const pages = updatesFrom(10, perPage, (query) => {
		if (++calls > 50) throw new Error('It pages for ever');
		const rows = list(query, calls);
		const value = { rows, now: 99, total: total(rows.length, query) };
		return Promise.resolve({ ok: true, value });
	});
	for await (const page of pages) {
		if (!page.ok) return page.failure.reason;
		tickets.push(...page.value.rows.map(({ ticket }) => ticket));
		ends.push(page.value.next === null);
	}
	// Whoever reads it learns that the end was reached, at the end only.
	expect(ends).toEqual(ends.map((_, index) => index === ends.length - 1));
	return tickets;
}

function within(rows: Row[], { from, to = Infinity }: Omit<Query, 'page' | 'perPage'>): Row[] {
	return rows
		.filter(({ updatedAt }) => updatedAt >= from && updatedAt <= to)
		.sort((a, b) => a.updatedAt - b.updatedAt);
}

/** A list as COC gives it. */
function cut(rows: Row[], query: Query): Row[] {
	const { page, perPage } = query;
	return within(rows, query).slice((page - 1) * perPage, page * perPage);
}

/** A list of a COC that gives at most two at once, and counts its pages so. */
const two = (rows: Row[], query: Query) =>
	cut(rows, { ...query, perPage: Math.min(2, query.perPage) });

test('every ticket is found once, whatever shares an update time', async () => {
	for (const times of [
		[10, 10, 10, 10, 10],
		[10, 11, 11, 12],
		[11, 11, 11, 12, 12, 12, 12, 13],
		[10, 10],
		[],
	]) {
		const rows = times.map((time, index) => row(`IM${index}`, time));
		expect(await found((query) => cut(rows, query))).toEqual(rows.map(({ ticket }) => ticket));
	}
});

test('tickets that leave a page while it is read make no gap', async () => {
	const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((ticket) => row(ticket, 10));
	// The first changes once the first page was read: all others move up by one.
	const tickets = await found((query, call) => {
		if (call === 2) rows[0]!.updatedAt = 20;
		return cut(rows, query);
	});
	expect([...tickets].sort()).toEqual(['a', 'a', 'b', 'c', 'd', 'e', 'f']);
});

test('a server that ignores the page doesn’t hold the trigger for ever', async () => {
	const rows = ['a', 'b', 'c'].map((ticket) => row(ticket, 10));
	expect(await found((query) => cut(rows, { ...query, page: 1 }))).toMatch(/ignores the page/);
});

test('a server that ignores the filter is told of', async () => {
	const rows = ['a', 'b', 'c'].map((ticket) => row(ticket, 5));
	expect(await found(({ page }) => cut(rows, { from: 0, page, perPage: 2 }))).toMatch(
		/ignores the filter/,
	);
});

test('a server that ignores the sorting is told of', async () => {
	expect(await found(() => [row('a', 12), row('b', 11)])).toMatch(/ignores the sorting/);
});

test('a list of one page can do without filter and sorting', async () => {
	const rows = [row('a', 12)];
	expect(await found(() => rows)).toEqual(['a']);
	expect(await found(({ page }) => (page === 1 ? [row('b', 5)] : []))).toEqual([]);
	const some = [row('a', 12), row('b', 5), row('c', 11)];
	expect(await found(({ page }) => (page === 1 ? some : []), { perPage: 9 })).toEqual(['c', 'a']);
});

test('one that ignores filter and page says nothing of its end, unless by its total', async () => {
	const rows = [row('a', 5), row('b', 12)];
	const asked = { perPage: 9 };
	expect(await found(() => rows, asked)).toMatch(/ignores the filter/);
	expect(await found(() => rows, { ...asked, total: () => 2 })).toEqual(['b']);
});

const lists: Array<[string, number[]]> = [
	['none', []],
	['one', [10]],
	['one of a later time', [12]],
	['two of one time', [12, 12]],
	['some of different times', [10, 11, 12, 13, 14, 15]],
	['many of one time', [10, 10, 10, 10, 10]],
	['many of one time after others', [10, 11, 12, 12, 12, 12, 12, 13]],
];

describe.each(lists)('with fewer on a page than asked for, of %s', (_name, times) => {
	const rows = times.map((time, index) => row(`IM${index}`, time));
	const tickets = rows.map(({ ticket }) => ticket);

	test.each<[string, Asked['total']]>([
		['no total', () => null],
		['a total of 0', () => 0],
		['the right total', (_given, query) => within(rows, query).length],
		['a total of the whole list, always', () => rows.length],
	])('every ticket is found once: %s', async (_total, total) => {
		for (const perPage of [3, 9]) {
			expect(await found((query) => two(rows, query), { perPage, total: total! })).toEqual(tickets);
			const countsAsAsked: List = (query) => cut(rows, query).slice(0, 2);
			expect(await found(countsAsAsked, { perPage, total: total! })).toEqual(tickets);
		}
	});
});

test.each([
	['none', [], 1],
	['one', [12], 2],
	['some of one time', [12, 12, 12], 2],
	['some', [10, 11, 12], 2],
] as const)(
	'the end of a page with %s is found by one more request, and by none with a total',
	async (...args) => {
		const [, times, requests] = args;
		const rows = times.map((time, index) => row(`IM${index}`, time));
		const list: List = (query) => cut(rows, query);
		await found(list, { perPage: 9 });
		expect(calls).toBe(requests);
		await found(list, { perPage: 9, total: (_given, query) => within(rows, query).length });
		expect(calls).toBe(1);
	},
);

test('a server that gives its last page again for those behind it comes to an end', async () => {
	for (const times of [[10], [11, 12], [10, 10, 10, 10, 10], [10, 11, 11, 11, 11, 12]]) {
		const rows = times.map((time, index) => row(`IM${index}`, time));
		const again: List = (query) => {
			const pages = Math.max(1, Math.ceil(within(rows, query).length / query.perPage));
			return cut(rows, { ...query, page: Math.min(query.page, pages) });
		};
		const tickets = rows.map(({ ticket }) => ticket);
		expect(await found(again)).toEqual(tickets);
		expect(await found(again, { perPage: 9 })).toEqual(tickets);
	}
});

test('a server that says that there are more than it gives is told of', async () => {
	const rows = [row('a', 11), row('b', 12)];
	const total = () => 250;
	expect(await found((query) => cut(rows, query), { perPage: 9, total })).toMatch(
		/there are 250 incidents, but gave only 2/,
	);
});

test('a ticket that changes while its end is looked for is found', async () => {
	for (const [perPage, change] of [2, 3, 9].flatMap((size) => [1, 2, 3].map((at) => [size, at]))) {
		const rows = ['a', 'b', 'c', 'd', 'e'].map((ticket) => row(ticket, 10));
		const tickets = await found(
			(query, call) => {
				if (call === change! + 1) rows[0]!.updatedAt = 20;
				return two(rows, query);
			},
			{ perPage: perPage! },
		);
		expect([...new Set(tickets)].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
	}
});

test('tickets that come late into a group, and push others onto the next page, make no gap', async () => {
	const rows = ['a', 'b', 'c', 'd'].map((ticket) => row(ticket, 10));
	const tickets = await found(
		(query, call) => {
			// Twice in a row the page then holds what the one before held.
			if (call === 3 || call === 4) rows.unshift(row(`late ${call}`, 10));
			return cut(rows, query);
		},
		{ perPage: 1 },
	);
	expect([...tickets].sort()).toEqual(['a', 'b', 'c', 'd', 'late 3', 'late 4']);
});

/** The newest first, as for a list in the editor; it stops after each part with rows, or never. */
async function newestFirst(
	list: List,
	perPage: number,
	stops: boolean,
): Promise<string[] | string> {
	const tickets: string[] = [];
	let mark: source.Mark | null = null;
	calls = 0;
	const fetch = (query: TimeQuery) => {
		if (++calls > 100) throw new Error('It pages for ever');
		const { from = 0, to = Infinity } = query;
		const negated = { ...query, from: to === Infinity ? -1e9 : -to, to: -from };
		return Promise.resolve({ ok: true as const, value: { rows: list(negated, calls), now: 99 } });
	};
	do {
		const pages = pagesByTime<Row>(
			{
				...{ sign: -1, perPage, fetch },
				keyOf: ({ ticket }) => ticket,
				timeOf: ({ updatedAt, isUndated }) => (isUndated === true ? null : -updatedAt),
			},
			mark,
		);
		for await (const page of pages) {
			if (!page.ok) return page.failure.reason;
			tickets.push(...page.value.rows.map(({ ticket }) => ticket));
			mark = JSON.parse(JSON.stringify(page.value.next)) as source.Mark | null;
			if (stops && page.value.rows.length > 0) break;
		}
	} while (mark !== null);
	return tickets;
}

describe.each([
	['at one go', false],
	['with a stop after each part', true],
])('the newest first, %s', (_name, stops) => {
	test.each(lists)('every ticket of %s is found once', async (_list, times) => {
		const rows = times.map((time, index) => row(`IM${index}`, -time)).reverse();
		const tickets = within(rows, { from: -Infinity }).map(({ ticket }) => ticket);
		for (const perPage of [1, 2, 3, 9]) {
			expect(await newestFirst((query) => cut(rows, query), perPage, stops)).toEqual(tickets);
			expect(await newestFirst((query) => two(rows, query), perPage, stops)).toEqual(tickets);
		}
	});

	test('tickets that leave a group while it is read make no gap', async () => {
		for (const leavesAt of [2, 3, 4, 5]) {
			const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((ticket) => row(ticket, -10));
			const list: List = (query, call) => {
				if (call === leavesAt) rows.shift();
				return cut(rows, query);
			};
			const tickets = await newestFirst(list, 2, stops);
			expect(tickets).toEqual(expect.arrayContaining(['b', 'c', 'd', 'e', 'f']));
			expect(new Set(tickets).size).toBe(tickets.length);
		}
	});

	test('a list without order is read by number', async () => {
		for (const rows of [
			['a', 'b', 'c', 'd', 'e'].map((ticket) => ({ ...row(ticket, 0), isUndated: true })),
			['a', 'b', 'c', 'd', 'e'].map((ticket, index) => row(ticket, -(index % 2))),
		]) {
			const list: List = ({ page, perPage }) => rows.slice((page - 1) * perPage, page * perPage);
			expect(await newestFirst(list, 3, stops)).toEqual(['a', 'b', 'c', 'd', 'e']);
		}
	});

	test('a server that ignores the page where one moment fills it is told of', async () => {
		const rows = ['a', 'b', 'c'].map((ticket) => row(ticket, -10));
		const list: List = (query) => cut(rows, { ...query, page: 1 });
		expect(await newestFirst(list, 2, stops)).toMatch(/the same incidents again and again/);
	});
});
