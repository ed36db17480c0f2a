/** The pages of v2's list. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { call, LIST_V2 } from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let standIn: StandIn;
beforeEach(async () => {
	standIn = await startStandIn();
	for (let index = 0; index < 12; index++) standIn.addTicket({ title: String(index) });
});
afterEach(() => standIn.close());

async function page(body: object) {
	const { json } = await call(standIn, LIST_V2, { body });
	return (json as { data: { tickets: Array<{ title: string }>; total?: number } }).data;
}

test('a page has ten tickets by default, the last one what is left', async () => {
	expect(await page({})).toMatchObject({ tickets: { length: 10 }, total: 12 });
	const second = await page({ page: 2 });
	expect(second.tickets.map(({ title }) => title)).toEqual(['10', '11']);
	expect(await page({ page: 3 })).toEqual({ tickets: [], total: 12 });
	expect((await page({ page: 4, per_page: 3 })).tickets).toHaveLength(3);
});

test('a page comes without a total when that is not wanted', async () => {
	expect(await page({ contain_total: false })).toEqual({ tickets: expect.any(Array) });
});

test('a COC that gives fewer at a time than it is asked for counts its pages either way', async () => {
	standIn.quirks.mostPerPage = 5;
	const titles = async (body: object) => (await page(body)).tickets.map(({ title }) => title);
	expect(await titles({ per_page: 8, page: 2 })).toEqual(['5', '6', '7', '8', '9']);
	standIn.quirks.countsPagesAsAsked = true;
	expect(await titles({ per_page: 8, page: 2 })).toEqual(['8', '9', '10', '11']);
	expect(await titles({ per_page: 2, page: 2 })).toEqual(['2', '3']);
});

test('a COC may give its last page for those behind it, and say any number of tickets', async () => {
	Object.assign(standIn.quirks, {
		repeatsLastPage: true,
		total: (count: number) => `${count + 1}`,
	});
	const last = await page({ page: 2 });
	expect(last).toMatchObject({ tickets: { length: 2 }, total: '13' });
	expect(await page({ page: 9 })).toEqual(last);
});
