/** What COC does that a client had better be prepared for. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	type Answered,
	call,
	CREATE,
	DETAIL,
	HANDLE,
	handling,
	HISTORIES,
	LIST,
	LIST_V2,
	OPERATOR,
	refuses,
	succeeds,
} from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let now: number;
let standIn: StandIn;
beforeEach(async () => {
	now = 1_795_510_800_000;
	standIn = await startStandIn({ now: () => now });
});
afterEach(() => standIn.close());

const post = (path: string, body: unknown) => call(standIn, path, { body });
function dataOf<T>(answered: Answered): T {
	succeeds(answered, expect.anything());
	return (answered.json as { data: T }).data;
}

describe('a creation that finishes later', () => {
	const incident = {
		incident_level: 'level_50',
		is_service_interrupt: 'false',
		incident_type: 'inc_type_p_security_issues',
		incident_title: 'Orders are not confirmed',
		incident_source: 'incident_source_forwarding',
		creator: OPERATOR,
		incident_assignee: [OPERATOR],
	};
	const create = async () =>
		dataOf<{ incident_num: string }>(await post(CREATE, incident)).incident_num;
	const totals = async (number: string) => {
		const filters = [{ field: 'ticket_id', operator: '=', values: [number] }];
		const answers = [
			await call(standIn, LIST),
			await post(LIST_V2, {}),
			await post(HISTORIES, { string_filters: filters }),
		];
		return answers.map((answered) => dataOf<{ total: number }>(answered).total);
	};

	test('leaves the ticket unknown to every call until then', async () => {
		standIn.quirks.creationMs = 10_000;
		const number = await create();
		const accept = handling(number, 'acceptedIncident1');
		const v2Histories = `/v2/incidents/${number}/histories`;

		now += 9999;
		expect(await totals(number)).toEqual([0, 0, 0]);
		for (const answered of [
			await call(standIn, `${DETAIL}/${number}`),
			await post(HANDLE, accept),
			await post(v2Histories, {}),
		]) {
			refuses(answered, /does not exist/, 'COC.00067003');
		}
		expect(standIn.tickets.get(number)).toMatchObject({ status: 'INCIDENT_STATUS_TRIGGERED' });
		expect(standIn.tickets.all()).toHaveLength(1);

		now += 1;
		expect(await totals(number)).toEqual([1, 1, 1]);
		expect(dataOf(await call(standIn, `${DETAIL}/${number}`))).toMatchObject({
			incident_num: number,
			create_time: now - 10_000,
		});
		expect(dataOf(await post(v2Histories, {}))).toMatchObject({ total: 1 });
		succeeds(await post(HANDLE, accept));
	});

	test('is no matter by default, or for a ticket that a test adds', async () => {
		expect(await totals(await create())).toEqual([1, 1, 1]);
		standIn.quirks.creationMs = 10_000;
		expect(await totals(standIn.addTicket().number)).toEqual([2, 2, 0]);
	});
});

describe('a list that is behind', () => {
	type Listed = Array<{ title: string; update_time: string; work_flow_status: string }>;
	const list = async (body: object = {}) =>
		dataOf<{ tickets: Listed }>(await post(LIST_V2, body)).tickets;
	const since = (at: number) => ({
		string_filters: [{ field: 'update_time', operator: '>=', values: [String(at)] }],
	});

	test('shows a new ticket later, with the time it was created at', async () => {
		standIn.quirks.listLagMs = 5000;
		const { number, createTime } = standIn.addTicket({ title: 'New' });
		now += 4999;
		expect(await list()).toEqual([]);
		expect(dataOf(await call(standIn, LIST))).toMatchObject({ total: 0 });
		expect(dataOf(await call(standIn, `${DETAIL}/${number}`))).toMatchObject({
			incident_num: number,
		});
		now += 1;
		expect(await list()).toMatchObject([{ title: 'New', create_time: String(createTime) }]);
		expect(dataOf(await call(standIn, LIST))).toMatchObject({ total: 1 });
	});

	test('shows each change later, and until then what was before', async () => {
		const began = now;
		const { number } = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		standIn.quirks.listLagMs = 5000;
		now = began + 6000;
		standIn.changeTicket(number, { status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		now = began + 8000;
		standIn.changeTicket(number, { status: 'INCIDENT_STATUS_RESOLVED' });

		for (const [after, status, changedAfter] of [
			[10_999, 'flow_triggered', 0],
			[11_000, 'flow_acknowledged', 6000],
			[12_999, 'flow_acknowledged', 6000],
			[13_000, 'flow_resolved', 8000],
		] as const) {
			now = began + after;
			const update_time = String(began + changedAfter);
			expect(await list()).toMatchObject([{ work_flow_status: status, update_time }]);
			expect(await list(since(began + 1))).toHaveLength(changedAfter && 1);
		}
	});

	test('is behind by the creation as well when that finishes later', async () => {
		standIn.quirks.listLagMs = 5000;
		standIn.addTicket({ knownFrom: now + 1000 });
		now += 5999;
		expect(await list()).toEqual([]);
		now += 1;
		expect(await list()).toHaveLength(1);
	});
});

test('a server that ignores the page gives the first one again and again', async () => {
	standIn.quirks.ignoresPage = true;
	for (let index = 0; index < 12; index++) standIn.addTicket({ title: String(index) });
	const page = async (number: number) =>
		dataOf<object>(await post(LIST_V2, { page: number, per_page: 10 }));
	const first = await page(1);
	expect(first).toMatchObject({ tickets: { length: 10 }, total: 12 });
	expect(await page(2)).toEqual(first);
	refuses(await post(LIST_V2, { page: 0 }), /\[page\]/);
});

test('several tickets and several changes can share one moment', async () => {
	const tickets = ['a', 'b', 'c'].map((title) => standIn.addTicket({ title, createTime: 1000 }));
	for (const { number } of tickets) {
		standIn.changeTicket(number, { status: 'INCIDENT_STATUS_ACKNOWLEDGED' }, { at: 2000 });
		standIn.changeTicket(number, { status: 'INCIDENT_STATUS_RESOLVED' }, { at: 2000 });
	}
	for (const operator of ['asc', 'desc']) {
		const sort_filter = { field: 'update_time', operator, values: ['update_time'] };
		const row = (title: string) => ({ title, create_time: '1000', update_time: '2000' });
		expect(
			dataOf(await post(LIST_V2, { sort_filter, fields: ['title', 'create_time', 'update_time'] })),
		).toEqual({ tickets: ['a', 'b', 'c'].map(row), total: 3 });
	}
	const { number } = tickets[0]!;
	expect(standIn.tickets.get(number)?.history.map(({ at }) => at)).toEqual([2000, 2000]);
});

test('the Date of answers can be another one, no date, or missing', async () => {
	const dateOf = async () => (await post(LIST_V2, {})).headers.date;
	expect(await dateOf()).toBe(new Date(now).toUTCString());
	standIn.quirks.date = (time) => new Date(time - 3_600_000).toUTCString();
	expect(await dateOf()).toBe(new Date(now - 3_600_000).toUTCString());
	standIn.quirks.date = () => 'yesterday';
	expect(await dateOf()).toBe('yesterday');
	standIn.quirks.date = () => null;
	expect(await dateOf()).toBeUndefined();
});

test('a row of the list can lack what it should have', async () => {
	const [first] = ['a', 'b'].map((title) => standIn.addTicket({ title }));
	standIn.quirks.row = (row) => (row.title === 'a' ? { ...row, create_time: null } : null);
	const { tickets } = dataOf<{ tickets: unknown[] }>(await post(LIST_V2, {}));
	expect(tickets).toHaveLength(2);
	expect(tickets).toContainEqual(
		expect.objectContaining({ ticket_id: first!.number, create_time: null }),
	);
	expect(tickets).toContain(null);
});
