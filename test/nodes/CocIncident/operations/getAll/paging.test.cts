// Reading page by page: every incident once, whatever happens meanwhile and whoever answers.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { endServersAfterEach } from '../../../../support/loopback.cts';
import { failureOf, operate } from '../../../../support/operate.cts';
import { byLength } from '../../../../support/length.cts';
import { useCoc } from '../../../../support/coc.cts';
import {
	all,
	answerBehind,
	bodies,
	list,
	LIST,
	randomBy,
	sorts,
	tickets,
	type Change,
} from './support.cts';

let meanwhile: (page: number) => void = () => undefined;
const coc = useCoc({
	onAnswer({ path }) {
		if (path === LIST) meanwhile(bodies(coc).length);
	},
});
beforeEach(() => {
	meanwhile = () => undefined;
});
endServersAfterEach();
const START = Date.parse('2026-03-01T00:00:00Z');
const add = (count: number, at: (index: number) => number) =>
	Array.from({ length: count }, (_, index) => {
		const createTime = at(index);
		return coc.ticket({ createTime, updateTime: createTime, level: 'level_10' });
	});
describe.each(sorts)('%s', (_name, sort) => {
	test.each([0, 1, 199, 200, 201, 400, 613])('%d incidents come out, each once', async (count) => {
		const numbers = add(count, (index) => START + ((index * 7919) % 1000) * 60_000);
		const found = await tickets(coc, sort);
		expect(found).toHaveLength(count);
		expect(new Set(found)).toEqual(new Set(numbers));
		expect(bodies(coc).every((body) => body.per_page === 200)).toBe(true);
		expect(bodies(coc).length).toBeLessThanOrEqual(Math.floor(count / 199) + 1);
	});

	test.each(byLength([1, 2], [1, 2, 3, 4, 5]))(
		'no gap and no double while incidents are created, changed and leave the filter (%d)',
		async (seed) => {
			const random = randomBy(seed);
			const before = add(450 + random(400), () => START + random(300) * 1000);
			const kept = new Set(before);
			meanwhile = () => {
				add(random(30), () => Date.now());
				for (let times = random(30); times > 0; times--) {
					const number = before[random(before.length)]!;
					if (random(2) === 0) {
						coc.standIn.changeTicket(number, { title: `Changed ${random(1000)}` });
					} else {
						coc.standIn.changeTicket(number, { level: 'level_20' });
						kept.delete(number);
					}
				}
			};
			const found = await tickets(coc, { ...sort, filters: { level: ['level_10'] } });
			expect(bodies(coc).length).toBeGreaterThan(2);
			expect(new Set(found).size).toBe(found.length);
			expect([...kept].filter((number) => !found.includes(number))).toEqual([]);
			const known = new Set(all(coc));
			expect(found.filter((number) => !known.has(number))).toEqual([]);
		},
		60_000,
	);
});

test('the order is the wanted one, over all pages', async () => {
	add(450, (index) => START + ((index * 7919) % 1000) * 60_000);
	for (const [, sort] of sorts) {
		const found = await list(coc, { returnAll: true, simplify: false, ...sort });
		const { field, direction } = {
			field: 'createdAt',
			direction: 'desc',
			...(sort.sort as object),
		};
		const times = found.map((one) =>
			Number(one[field === 'createdAt' ? 'create_time' : 'update_time']),
		);
		const sign = direction === 'asc' ? 1 : -1;
		expect(times).toEqual([...times].sort((a, b) => sign * (a - b)));
	}
});

test('with more incidents of one moment than a page holds, none is lost', async () => {
	add(650, () => START);
	for (const [, sort] of sorts) {
		expect(new Set(await tickets(coc, sort))).toEqual(new Set(all(coc)));
	}
});

test('reading upwards ends, however fast others create', async () => {
	add(250, (index) => START + index);
	meanwhile = () => void add(200, () => Date.now() + 3_600_000);
	const found = await tickets(coc, { sort: { direction: 'asc' } });
	expect(found.length).toBeGreaterThanOrEqual(250);
	expect(bodies(coc).length).toBeLessThan(6);
});

describe('a limit', () => {
	test.each([
		[1, 1],
		[50, 1],
		[200, 1],
		[201, 2],
		[450, 3],
	])('of %d takes the newest in %d requests', async (limit, requests) => {
		const numbers = add(500, (index) => START + index * 1000);
		const found = await list(coc, { limit });
		expect(found.map(({ ticket }) => ticket)).toEqual(numbers.reverse().slice(0, limit));
		expect(bodies(coc)).toHaveLength(requests);
	});
});

describe('a server', () => {
	const behind = async (change: Change) => await answerBehind(coc, change);

	test.each(sorts)('that ignores the page loses and doubles nothing: %s', async (_name, sort) => {
		const numbers = add(613, (index) => START + index * 1000);
		await behind((body) => ({ ...body, page: 1 }));
		const found = await tickets(coc, sort);
		expect(found).toHaveLength(613);
		expect(new Set(found)).toEqual(new Set(numbers));
	});

	test.each<[string, (body: Record<string, unknown>) => object]>([
		['page and filters', (body) => ({ ...body, page: 1, string_filters: [] })],
		['all but the number on a page', ({ per_page }) => ({ per_page })],
	])('that ignores %s makes no endless loop, and it is told', async (_name, change) => {
		add(613, (index) => START + index * 1000);
		await behind(change);
		const run = await operate(coc, 'getAll', [{}], { parameters: { returnAll: true } });
		const { error, outcome } = failureOf(run);
		expect(outcome).toBe('notRead');
		expect(error).toContain('COC gave the same incidents again and again');
		expect(bodies(coc).length).toBeLessThan(6);
	});

	test('that ignores the number on a page gives all, each once', async () => {
		const numbers = add(180, (index) => START + index * 1000);
		await behind((body) => ({ ...body, per_page: 200 }));
		const found = await list(coc, { limit: 20 });
		expect(found.map(({ ticket }) => ticket)).toEqual(numbers.reverse().slice(0, 20));
	});
});

test('a failure on a later page is that of the list: half a list is none', async () => {
	add(450, (index) => START + index);
	meanwhile = (page) => {
		if (page === 1) {
			coc.standIn.fault({ kind: 'status', status: 403, times: 9, match: { path: LIST } });
		}
	};
	const run = await operate(coc, 'getAll', [{}], { parameters: { returnAll: true } });
	expect(failureOf(run)).toMatchObject({ outcome: 'notRead', httpStatus: 403 });
});

test('what may pass is tried again, page by page', async () => {
	add(450, (index) => START + index);
	meanwhile = (page) => {
		if (page < 3) coc.standIn.fault({ kind: 'resetAfter', match: { path: LIST } });
	};
	expect(await tickets(coc)).toHaveLength(450);
});

test('a page of 200 long descriptions in Chinese is read', async () => {
	for (let index = 0; index < 200; index++) coc.ticket({ description: '验'.repeat(2000) });
	expect(await tickets(coc)).toHaveLength(200);
});

test('stopping the execution ends it between two pages', async () => {
	add(900, (index) => START + index);
	const stop = new AbortController();
	meanwhile = (page) => {
		if (page === 2) stop.abort();
	};
	await coc.run(
		[{}],
		{ parameters: { operation: 'getAll', returnAll: true } },
		{ signal: stop.signal },
	);
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(bodies(coc)).toHaveLength(2);
});
