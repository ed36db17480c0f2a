// The list behind the field Ticket: newest first, page by page, for Verify those that wait for it.
import { describe, expect, test } from '@jest/globals';
import type { Fault, Ticket } from '../../../standin/index.cts';
import { DETAIL, TASKS } from '../../../support/operate.cts';
import { reasonOf, useLists, type Shown } from './support.cts';

const d = useLists();
const SIMPLE = '/v1/incident-tickets';
const START = Date.parse('2026-11-20T08:00:00Z');

/** Tickets a minute apart, the oldest first; gives their numbers, the newest first. */
function addTickets(count: number, fields: (index: number) => Partial<Ticket> = () => ({})) {
	const numbers = Array.from({ length: count }, (_, index) => {
		const createTime = START + index * 60_000;
		return d.coc.addTicket({ createTime, ...fields(index) }).number;
	});
	return numbers.reverse();
}

/** A page of the list that has the statuses, with one ticket. */
const simpleList = (ticket: object) =>
	JSON.stringify({
		error_code: 'GOM.00000000',
		data: { total: 1, IncidentSimpleTicketInfos: [{ ticket_id: 'IM1', status: '', ...ticket }] },
	});
const values = (pages: Shown[][]) => pages.flat().map(({ value }) => value);

describe('for an operation that takes any ticket', () => {
	test('all are there, newest first, page by page', async () => {
		const numbers = addTickets(180);
		const pages = await d.pages('searchTickets', d.credential('token'), { operation: 'get' });
		expect(values(pages)).toEqual(numbers);
		expect(pages.length).toBeGreaterThan(3);
	});

	test('one shows its level, title, status and number, in the words of the console', async () => {
		const { number } = d.coc.addTicket({
			title: 'Payments are down',
			level: 'level_20',
			status: 'INCIDENT_STATUS_ACKNOWLEDGED',
		});
		const [[shown] = []] = await d.pages('searchTickets', d.credential('token'), {
			operation: 'get',
		});
		const short = `${number.slice(0, 6)}…${number.slice(-4)}`;
		expect(shown).toEqual({
			name: `P2 · Payments are down · Accepted · ${short}`,
			value: number,
		});
	});

	test.each([
		['Response times of the order service in cn-north-4 exceed the agreed limit', 'Response times'],
		['支付服务在华北四区不可用，用户无法完成下单，需要尽快恢复，请相关同事查看', '支付服务在华北'],
	])('a title that is too long is cut, not what stands behind it: %s', async (title, begin) => {
		d.coc.addTicket({ title, level: 'level_20', status: 'INCIDENT_STATUS_TRIGGERED' });
		const [[shown] = []] = await d.pages('searchTickets', d.credential('token'), {
			operation: 'get',
		});
		expect(shown?.name).toMatch(/^P2 · .*… · Not accepted yet · IM2026…\d{4}$/);
		expect(shown?.name).toContain(begin);
		expect(shown?.name.length).toBeLessThanOrEqual(54);
	});

	test('tickets created while a user scrolls move nothing to another page', async () => {
		const numbers = addTickets(120);
		const first = await d.list('searchTickets', d.credential('token'), { operation: 'get' });
		if (first.error) throw new Error(reasonOf(first));
		for (let index = 0; index < 30; index++) d.coc.addTicket();
		const shown = [...first.results];
		let { paginationToken } = first;
		while (paginationToken) {
			const next = await d.list('searchTickets', d.credential('token'), {
				operation: 'get',
				paginationToken,
			});
			if (next.error) throw new Error(reasonOf(next));
			shown.push(...next.results);
			({ paginationToken } = next);
		}
		expect(shown.map(({ value }) => value)).toEqual(numbers);
	});

	test('a COC that ignores the page gives each ticket once, and comes to an end', async () => {
		const numbers = addTickets(130);
		d.coc.quirks.ignoresPage = true;
		const pages = await d.pages('searchTickets', d.credential('token'), { operation: 'get' });
		expect(values(pages)).toEqual(numbers);
	});

	test.each([
		['no total', () => undefined],
		['a total', (count: number) => count],
	])('a COC that gives fewer at a time than it is asked for, with %s', async (_name, total) => {
		const numbers = addTickets(130, (index) => ({ createTime: START + (index >> 1) * 60_000 }));
		for (const mostPerPage of [7, 20]) {
			Object.assign(d.coc.quirks, { mostPerPage, total });
			const pages = await d.pages('searchTickets', d.credential('token'), { operation: 'get' });
			expect(values(pages)).toHaveLength(130);
			expect(new Set(values(pages))).toEqual(new Set(numbers));
		}
	});

	test('more of one moment than a page holds are all there', async () => {
		const numbers = addTickets(130, () => ({ createTime: START }));
		const pages = await d.pages('searchTickets', d.credential('token'), { operation: 'get' });
		expect(values(pages)).toHaveLength(130);
		expect(new Set(values(pages))).toEqual(new Set(numbers));
	});

	test('a COC that gives less than it says that there is, is told of', async () => {
		addTickets(15);
		d.coc.quirks.total = () => 99;
		const listed = await d.list('searchTickets', d.credential('token'));
		expect(reasonOf(listed)).toMatch(/there are 99 incidents, but gave only 15.*'By ID'/);
		addTickets(60);
		// As soon as a user scrolls to the end.
		const all = d.pages('searchTickets', d.credential('token'), { operation: 'get' });
		await expect(all).rejects.toThrow(/there are 99 incidents, but gave only 75/);
	});

	test('nothing more is read than the list', async () => {
		addTickets(5);
		await d.pages('searchTickets', d.credential('token'), { operation: 'get' });
		expect(d.coc.requests.map(({ path }) => path)).toEqual(['/v2/incidents/list']);
	});
});

describe('for Verify', () => {
	test('only those that wait for verification are there, whatever page they are on', async () => {
		const waits = (index: number) => index % 40 === 3;
		const numbers = addTickets(210, (index) => ({
			status: waits(index) ? 'INCIDENT_STATUS_RESOLVED' : 'INCIDENT_STATUS_COMPLETED',
		}));
		const expected = numbers.filter((_, index) => waits(209 - index));
		const pages = await d.pages('searchTickets', d.credential('token'));
		expect(values(pages)).toEqual(expected);
		// All have the same status.
		for (const { name } of pages.flat()) {
			expect(name).toMatch(/^P3 · Orders are not confirmed · IM2026…\d{4}$/);
		}
	});

	test('pages of others only are passed over without a stop', async () => {
		const numbers = addTickets(160, (index) => ({
			status: index < 2 ? 'INCIDENT_STATUS_RESOLVED' : 'INCIDENT_STATUS_COMPLETED',
		}));
		const listed = await d.list('searchTickets', d.credential('token'), { operation: 'verify' });
		expect(listed).toEqual({
			results: [
				expect.objectContaining({ value: numbers[158] }),
				expect.objectContaining({ value: numbers[159] }),
			],
		});
	});

	test('at most ten tickets are looked at in the same moment', async () => {
		addTickets(50);
		d.coc.fault({ kind: 'latency', ms: 10_000, together: 10, match: { path: TASKS }, times: 50 });
		await d.pages('searchTickets', d.credential('token'), { operation: 'addRemark' });
		expect(d.coc.peakConnections).toBe(10);
	});

	const asked = (path: RegExp | string) =>
		d.coc.requests.filter((request) => request.path.match(path)).length;
	/** The oldest last: the order of the list that has the statuses isn't documented. */
	const inOrder = {
		'the oldest first': (numbers: number[]) => numbers,
		'the newest first': (numbers: number[]) => numbers.reverse(),
		none: (numbers: number[]) => numbers.sort((a, b) => ((a * 7) % 500) - ((b * 7) % 500)),
	};

	test.each(Object.entries(inOrder))(
		'of 500 it takes some requests only; order of the statuses: %s',
		async (_name, order) => {
			const tickets = order(Array.from({ length: 500 }, (_, index) => index)).map((index) => {
				const status: Ticket['status'] =
					index % 64 === 1 ? 'INCIDENT_STATUS_RESOLVED' : 'INCIDENT_STATUS_COMPLETED';
				const createTime = START + index * 60_000;
				return { createTime, number: d.coc.addTicket({ createTime, status }).number, status };
			});
			const expected = tickets
				.filter(({ status }) => status === 'INCIDENT_STATUS_RESOLVED')
				.sort((a, b) => b.createTime - a.createTime)
				.map(({ number }) => number);
			const pages = await d.pages('searchTickets', d.credential('token'));
			expect(values(pages)).toEqual(expected);
			// Ten pages of two lists, and one to see that there are no more. A busy machine may need a
			// further page of entries, which asks once more where the list ended.
			expect(d.coc.requests.length).toBeLessThanOrEqual(11 + pages.length - 1);
			expect(asked(DETAIL)).toBe(0);
		},
	);

	test('a filled list asks for no more than it shows', async () => {
		addTickets(500);
		const listed = await d.list('searchTickets', d.credential('token'));
		expect(listed).toMatchObject({ results: { length: 20 }, paginationToken: expect.any(String) });
		expect(d.coc.requests.length).toBeLessThanOrEqual(3);
	});

	test.each<[string, Fault]>([
		['is refused', { kind: 'status', status: 403 }],
		['has other statuses', { kind: 'raw', status: 200, body: simpleList({ status: 'Pending' }) }],
		['has other numbers', { kind: 'raw', status: 200, body: simpleList({ ticket_id: '1' }) }],
		['is none', { kind: 'raw', status: 200, body: '{"error_code":"GOM.00000000","data":{}}' }],
	])('where the list of statuses %s, each ticket is read', async (_name, fault) => {
		const numbers = addTickets(25, (index) => ({
			status: index % 5 === 0 ? 'INCIDENT_STATUS_RESOLVED' : 'INCIDENT_STATUS_COMPLETED',
		}));
		d.coc.fault({ ...fault, times: 99, match: { path: SIMPLE } });
		const expected = numbers.filter((_, index) => (24 - index) % 5 === 0);
		expect(values(await d.pages('searchTickets', d.credential('token')))).toEqual(expected);
		expect([asked(DETAIL), asked(SIMPLE)]).toEqual([25, 1]);
	});

	test('a few are read by themselves', async () => {
		addTickets(10);
		await d.pages('searchTickets', d.credential('token'));
		expect([asked(DETAIL), asked(SIMPLE)]).toEqual([10, 0]);
	});

	test('what is found is shown when the rest takes long, and the token goes on from there', async () => {
		const waits = (index: number) => index % 10 === 4;
		const numbers = addTickets(40, (index) => ({
			status: waits(index) ? 'INCIDENT_STATUS_RESOLVED' : 'INCIDENT_STATUS_COMPLETED',
		}));
		d.coc.fault({ kind: 'status', status: 403, times: 99, match: { path: SIMPLE } });
		// As if COC took that long for the first ten.
		d.coc.fault({ kind: 'latency', ms: 3100, times: 10, match: { path: DETAIL } });
		const pages = await d.pages('searchTickets', d.credential('token'));
		expect(pages.map(({ length }) => length)).toEqual([1, 3]);
		expect(values(pages)).toEqual(numbers.filter((_, index) => waits(39 - index)));
		expect(asked(DETAIL)).toBe(40);
	});

	test('none waiting is an empty list', async () => {
		addTickets(3, () => ({ status: 'INCIDENT_STATUS_COMPLETED' }));
		expect(await d.pages('searchTickets', d.credential('token'))).toEqual([[]]);
	});
});

describe('a search', () => {
	test.each([
		['a part of the title', 'payments'],
		['other letters, large and small', 'PAYMENTS are'],
		['a title’s word with white space around', ' Payments '],
		['characters that mean something elsewhere', '50 % (50|60) & "more"'],
	])('finds by %s, on every page', async (_what, filter) => {
		const title = 'Payments are down: 50 % (50|60) & "more"';
		const numbers = addTickets(160, (index) => (index % 4 === 0 ? { title } : { title: 'Other' }));
		const expected = numbers.filter((_, index) => (159 - index) % 4 === 0);
		const pages = await d.pages('searchTickets', d.credential('token'), {
			operation: 'get',
			filter,
		});
		expect(values(pages)).toEqual(expected);
	});

	test('finds by a part of the number', async () => {
		addTickets(3);
		const { number } = d.coc.addTicket({ number: 'IM202403221515060171753781' });
		for (const filter of ['IM20240322151506', '5150601717', 'im2024032215']) {
			const pages = await d.pages('searchTickets', d.credential('token'), { filter });
			expect(values(pages)).toEqual([number]);
		}
	});

	test('that finds nothing gives an empty list', async () => {
		addTickets(60);
		const found = await d.pages('searchTickets', d.credential('token'), { filter: 'nowhere' });
		expect(found).toEqual([[]]);
	});
});
