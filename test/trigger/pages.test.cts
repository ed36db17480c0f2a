import { expect, test } from '@jest/globals';
import type { Row } from '../../nodes/CocIncidentTrigger/memory.ts';
import type * as source from '../../nodes/CocIncidentTrigger/pages.ts';
import { built } from '../support/built.cts';

const { pagesFrom } = built<typeof source>('nodes/CocIncidentTrigger/pages');

type List = (query: source.Query, call: number) => Row[];

const row = (ticket: string, updatedAt: number): Row => ({ ticket, createdAt: 1, updatedAt });

/** All that paging finds, or why it broke off; `list` is asked for pages of two. */
async function found(list: List): Promise<string[] | string> {
	const tickets: string[] = [];
	let call = 0;
	const pages = pagesFrom(10, 2, (query) => {
		if (++call > 50) throw new Error('It pages for ever');
		return Promise.resolve({ ok: true, value: { rows: list(query, call), now: 99 } });
	});
	for await (const page of pages) {
		if (!page.ok) return page.failure.reason;
		tickets.push(...page.value.rows.map(({ ticket }) => ticket));
	}
	return tickets;
}

/** A list as COC gives it. */
function cut(rows: Row[], { from, to = Infinity, page }: source.Query): Row[] {
	return rows
		.filter(({ updatedAt }) => updatedAt >= from && updatedAt <= to)
		.sort((a, b) => a.updatedAt - b.updatedAt)
		.slice((page - 1) * 2, page * 2);
}

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
	expect(await found(({ page }) => cut(rows, { from: 0, page }))).toMatch(/ignores the filter/);
});

test('a server that ignores the sorting is told of', async () => {
	expect(await found(() => [row('a', 12), row('b', 11)])).toMatch(/ignores the sorting/);
});

test('a list of one page can do without filter and sorting', async () => {
	const rows = [row('a', 12)];
	expect(await found(() => rows)).toEqual(['a']);
	expect(await found(() => [row('b', 5)])).toEqual([]);
});
