// Pages that are shorter than asked for: that they are doesn't mean that they are the last ones.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Quirks } from '../../../../standin/quirks.cts';
import { endServersAfterEach } from '../../../../support/loopback.cts';
import { failureOf, operate } from '../../../../support/operate.cts';
import { useCoc } from '../../../../support/coc.cts';
import { all, answerBehind, bodies, list, LIST, randomBy, sorts, tickets } from './support.cts';

let meanwhile: () => void = () => undefined;
const coc = useCoc({
	onAnswer({ path }) {
		if (path === LIST) meanwhile();
	},
});
beforeEach(() => {
	meanwhile = () => undefined;
});
endServersAfterEach();
const START = Date.parse('2026-03-01T00:00:00Z');
const add = (count: number, at: (index: number) => number = (index) => START + index * 1000) =>
	Array.from({ length: count }, (_, index) => {
		const createTime = at(index);
		return coc.ticket({ createTime, updateTime: createTime, level: 'level_10' });
	});
const behave = (quirks: Partial<Quirks>) => void Object.assign(coc.standIn.quirks, quirks);
const failure = async () =>
	failureOf(await operate(coc, 'getAll', [{}], { parameters: { returnAll: true } }));

/** What a server may say how many there are; of the wrong ones none says that there are more. */
const totals: Array<[string, Quirks['total']]> = [
	['no total', () => undefined],
	['the right total', (count) => count],
	['the right total as text', String],
	['a total that is no number', () => 'many'],
	['a total of 0', () => 0],
	['a total that is too small', (count) => Math.floor(count / 2) + 1],
	['a total that is what the page holds', (count) => Math.min(count, 100)],
	['another total each time', (count) => count - (bodies(coc).length % 3)],
	['the total of the whole list, always', () => all(coc).length],
];

describe.each(totals)('a COC that gives at most 100 a page, with %s', (_name, total) => {
	test.each(sorts)('is read to its end: %s', async (_sort, sort) => {
		const numbers = add(250);
		behave({ mostPerPage: 100, total });
		const found = await tickets(coc, sort);
		expect(found).toHaveLength(250);
		expect(new Set(found)).toEqual(new Set(numbers));
		expect(bodies(coc).length).toBeLessThanOrEqual(4);
	});
});

test.each([
	['counts its pages by what it gives', false],
	['counts its pages by what it is asked for', true],
])('with more of one moment than such a page holds, none is lost: it %s', async (_name, asked) => {
	const numbers = [...add(30), ...add(250, () => START + 60_000), ...add(30)];
	behave({ mostPerPage: 100, countsPagesAsAsked: asked, total: () => undefined });
	for (const [, sort] of sorts) {
		const found = await tickets(coc, sort);
		expect(found).toHaveLength(numbers.length);
		expect(new Set(found)).toEqual(new Set(numbers));
	}
});

test.each([1, 2, 3])('a COC that gives %d at a time is read to its end', async (mostPerPage) => {
	const numbers = add(13, (index) => START + Math.floor(index / 2) * 1000);
	for (const total of [() => undefined, (count: number) => count]) {
		behave({ mostPerPage, total });
		for (const [, sort] of sorts) {
			const found = await tickets(coc, sort);
			expect(found).toHaveLength(13);
			expect(new Set(found)).toEqual(new Set(numbers));
		}
	}
});

test.each([1, 2, 3, 4])(
	'no gap and no double while incidents are created, changed and leave the filter (%d)',
	async (seed) => {
		const random = randomBy(seed);
		const before = add(150 + random(150), () => START + random(300) * 1000);
		const kept = new Set(before);
		behave({ mostPerPage: 20 + random(30), countsPagesAsAsked: random(2) === 0 });
		if (random(2) === 0) behave({ total: () => undefined });
		meanwhile = () => {
			add(random(10), () => Date.now());
			for (let times = random(8); times > 0; times--) {
				const number = before[random(before.length)]!;
				coc.standIn.changeTicket(number, { level: 'level_20' });
				kept.delete(number);
			}
		};
		const found = await tickets(coc, { filters: { level: ['level_10'] } });
		expect(new Set(found).size).toBe(found.length);
		expect([...kept].filter((number) => !found.includes(number))).toEqual([]);
	},
	60_000,
);

test('a limit above what a page holds is reached by several', async () => {
	const numbers = add(250).reverse();
	behave({ mostPerPage: 100, total: () => undefined });
	const found = await list(coc, { limit: 150 });
	expect(found.map(({ ticket }) => ticket)).toEqual(numbers.slice(0, 150));
	expect(bodies(coc)).toHaveLength(2);
});

describe('a list that one page holds', () => {
	test.each([
		[0, 1, 1],
		[1, 1, 2],
		[13, 1, 2],
		[100, 2, 2],
	])('of %d takes %d requests, and %d without a total', async (count, withTotal, without) => {
		add(count);
		expect(await tickets(coc)).toHaveLength(count);
		expect(bodies(coc)).toHaveLength(withTotal);
		behave({ total: () => undefined });
		expect(await tickets(coc)).toHaveLength(count);
		expect(bodies(coc)).toHaveLength(withTotal + without);
	});

	test.each<[string, Partial<Quirks>]>([
		['gives its last page again for those behind it', { repeatsLastPage: true }],
		['ignores the page', { ignoresPage: true }],
	])('is read to its end from a COC that %s', async (_name, quirks) => {
		behave({ ...quirks, total: () => undefined });
		for (const count of [1, 12]) {
			add(count, () => START + count);
			const found = await tickets(coc);
			expect(new Set(found)).toEqual(new Set(all(coc)));
			expect(found).toHaveLength(all(coc).length);
		}
	});
});

test('several pages of one moment end where a COC gives its last page again', async () => {
	const numbers = add(250, () => START);
	behave({ mostPerPage: 100, repeatsLastPage: true, total: () => undefined });
	expect(new Set(await tickets(coc))).toEqual(new Set(numbers));
});

describe('what can’t be read to its end is no list', () => {
	test('when COC says that there are more than it gives: both figures are told', async () => {
		add(40);
		behave({ total: () => 250 });
		expect(await failure()).toMatchObject({
			outcome: 'notRead',
			error: expect.stringContaining('COC says that there are 250 incidents, but gave only 40'),
		});
		expect(bodies(coc).length).toBeLessThanOrEqual(3);
	});

	test('when there are more of one moment than a page holds, and COC ignores the page', async () => {
		add(130);
		add(150, () => START - 1);
		behave({ mostPerPage: 100, ignoresPage: true });
		const { outcome, error } = await failure();
		expect(outcome).toBe('notRead');
		expect(error).toMatch(/COC says that there are 280 incidents, but gave only 230/);
	});

	test.each<[string, (body: Record<string, unknown>) => object]>([
		['page and filters', (body) => ({ ...body, page: 1, string_filters: [] })],
		['all but the number on a page', ({ per_page }) => ({ per_page })],
	])('when COC ignores %s, and gives fewer than asked for', async (_name, change) => {
		add(250);
		for (const total of [() => undefined, (count: number) => count]) {
			behave({ mostPerPage: 100, total });
			await answerBehind(coc, change);
			expect((await failure()).outcome).toBe('notRead');
			coc.credential.data.endpoint = coc.standIn.url;
		}
		expect(bodies(coc).length).toBeLessThan(11);
	});
});
