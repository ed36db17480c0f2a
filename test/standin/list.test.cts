import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, LIST_V2, OPERATOR, refuses, stops, succeeds } from './client.cts';
import { type StandIn, startStandIn, type Ticket } from './index.cts';

type Listed = Record<string, unknown>;

let standIn: StandIn;
const noon = 1_795_510_800_000;
let now = noon;
let pressed: Ticket;

const post = (body: unknown) => call(standIn, LIST_V2, { body });
async function listed(body: unknown): Promise<{ tickets: Listed[]; total?: number }> {
	const answered = await post(body);
	succeeds(answered, expect.anything());
	return (answered.json as { data: { tickets: Listed[]; total?: number } }).data;
}
const titles = async (body: object) =>
	(await listed({ per_page: 200, ...body })).tickets.map(({ title }) => title);
const filter = (field: string, operator: string, ...values: string[]) => ({
	field,
	operator,
	values,
});
const sort = (field: string, operator: string) => ({ field, operator, values: [field] });

beforeAll(async () => {
	standIn = await startStandIn({ now: () => now });
	// One a second; the third is changed again when all are there.
	for (const [title, level] of [
		['Red', 'level_10'],
		['Green', 'level_20'],
		['Blue', 'level_30'],
		['Blue-green', 'level_30'],
	] as const) {
		standIn.addTicket({ title, level });
		now += 1000;
	}
	pressed = standIn.tickets.all()[2]!;
	standIn.changeTicket(
		pressed.number,
		{ status: 'INCIDENT_STATUS_COMPLETED', handleTime: 5, region: 'cn-north-4' },
		{ operator: 'another' },
	);
});
afterAll(() => standIn.close());

test('a ticket has every documented field, all as texts', async () => {
	const { tickets, total } = await listed({
		string_filters: [filter('ticket_id', '=', pressed.number)],
	});
	const label = (prop_id: string, biz_id: string, name: string) => ({
		prop_id,
		biz_id,
		name_zh: name,
		name_en: name,
	});
	expect(total).toBe(1);
	expect(tickets).toEqual([
		{
			ticket_id: pressed.number,
			title: 'Blue',
			description: null,
			level_id: 'level_30',
			source_id: 'incident_source_manual',
			mtm_type: 'inc_type_p_function_issues',
			mtm_region: 'cn-north-4',
			enterprise_project_id: '0',
			current_cloud_service_id: null,
			forward_rule_id: null,
			is_service_interrupt: 'false',
			work_flow_status: 'flow_completed',
			phase: 'phase_end',
			assignee: OPERATOR,
			creator: OPERATOR,
			operator: 'another',
			create_time: String(noon + 2000),
			update_time: String(noon + 4000),
			start_time: null,
			handle_time: '5',
			incident_ownership: null,
			enum_data_list: [
				label('level_id', 'level_30', 'P3'),
				label('mtm_type', 'inc_type_p_function_issues', 'Function'),
				label('source_id', 'incident_source_manual', 'Manual creation'),
				label('work_flow_status', 'flow_completed', 'Completed'),
				label('phase', 'phase_end', 'End'),
				label('enterprise_project_id', '0', 'default'),
				label('assignee', OPERATOR, 'user-7da46971'),
				label('creator', OPERATOR, 'user-7da46971'),
				label('operator', 'another', 'user-another'),
			],
		},
	]);
	expect(standIn.requests.at(-1)).toMatchObject({ ticket: pressed.number, applied: false });
});

test('a ticket has only the fields that were asked for', async () => {
	const wanted = { fields: ['title', 'level_id'], per_page: 1 };
	expect((await listed(wanted)).tickets).toEqual([{ title: 'Red', level_id: 'level_10' }]);
});

describe('sorting', () => {
	test.each([
		['create_time', 'asc', ['Red', 'Green', 'Blue', 'Blue-green']],
		['create_time', 'desc', ['Blue-green', 'Blue', 'Green', 'Red']],
		['update_time', 'asc', ['Red', 'Green', 'Blue-green', 'Blue']],
		['update_time', 'desc', ['Blue', 'Blue-green', 'Green', 'Red']],
	])('goes by %s, %s', async (field, operator, wanted) => {
		expect(await titles({ sort_filter: sort(field, operator) })).toEqual(wanted);
	});
});

describe('a filter', () => {
	test.each([
		[filter('title', '=', 'Blue'), ['Blue']],
		[filter('title', '!=', 'Blue'), ['Red', 'Green', 'Blue-green']],
		[filter('title', 'like', 'een'), ['Green', 'Blue-green']],
		[filter('title', 'startwith', 'Blue'), ['Blue', 'Blue-green']],
		[filter('title', 'endwith', 'green'), ['Blue-green']],
		[filter('level_id', 'in', 'level_10', 'level_20'), ['Red', 'Green']],
		[filter('create_time', '>', String(noon + 1000)), ['Blue', 'Blue-green']],
		[filter('create_time', '>=', String(noon + 1000)), ['Green', 'Blue', 'Blue-green']],
		[filter('create_time', '<', String(noon + 1000)), ['Red']],
		[filter('create_time', '<=', String(noon + 1000)), ['Red', 'Green']],
		[filter('update_time', '=', String(noon + 4000)), ['Blue']],
		[filter('handle_time', '<', '10'), ['Blue']],
		[filter('mtm_region', '=', 'cn-north-4'), ['Blue']],
		[filter('mtm_region', '!=', 'cn-north-4'), ['Red', 'Green', 'Blue-green']],
		[filter('work_flow_status', '=', 'flow_resolved'), ['Red', 'Green', 'Blue-green']],
	])('%j finds %j', async (one, wanted) => {
		expect(await titles({ string_filters: [one] })).toEqual(wanted);
	});

	test('of each kind must be passed, by size where it is a time', async () => {
		const window = {
			string_filters: [{ ...filter('create_time', '>=', String(noon + 1)), name: 'start' }],
			int_filters: [{ ...filter('create_time', '<=', String(noon + 2000)), name: 'end' }],
		};
		expect(await titles(window)).toEqual(['Green', 'Blue']);
		expect(await titles({ ...window, condition: '' })).toEqual(['Green', 'Blue']);
	});
});

test('a condition combines the filters, which then need names of their own', async () => {
	const string_filters = [
		{ ...filter('title', 'startwith', 'Blue'), name: 'a' },
		{ ...filter('title', 'endwith', 'green'), name: 'b' },
		{ ...filter('level_id', '=', 'level_10'), name: 'c' },
	];
	const condition = '( a & b ) | c';
	expect(await titles({ string_filters, condition })).toEqual(['Red', 'Blue-green']);
	for (const name of [undefined, 'a']) {
		const other = { ...filter('title', '=', 'x'), name };
		const body = { string_filters: [...string_filters, other], condition };
		refuses(await post(body), /name of its own/);
	}
	refuses(await post({ string_filters, condition: 'a & b' }), /\[condition\] leaves out/);
	refuses(await post({ condition: 'x'.repeat(10_001) }), /10000/);
});

describe('the list is refused', () => {
	test.each([
		['page 0', { page: 0 }, /\[page\].*1 to 1000000/],
		['page 1000001', { page: 1_000_001 }, /\[page\]/],
		['a page that is a text', { page: '1' }, /\[page\]/],
		['no tickets on a page', { per_page: 0 }, /\[per_page\].*1 to 200/],
		['201 tickets on a page', { per_page: 201 }, /\[per_page\]/],
		['a fraction', { per_page: 1.5 }, /\[per_page\]/],
		['a flag that is a text', { contain_total: 'true' }, /\[contain_total\]/],
		['v1 paging', { offset: 1, limit: 1 }, /\[offset\] is unknown/],
		['an unknown field', { fields: ['status'] }, /\[status\] is unknown/],
		[
			'a filter on an unknown field',
			{ string_filters: [filter('status', '=', 'x')] },
			/\[status\]/,
		],
		['an unknown operator', { string_filters: [filter('title', '==', 'x')] }, /\[==\]/],
		[
			'two values where one goes',
			{ string_filters: [filter('title', '=', 'a', 'b')] },
			/one value/,
		],
		[
			'a time that is a date',
			{ string_filters: [filter('create_time', '>', '2026-11-24')] },
			/number/,
		],
		['a text among the numbers', { int_filters: [filter('title', '=', '1')] }, /\[title\]/],
		[
			'a number that is no text',
			{ int_filters: [{ ...filter('create_time', '>'), values: [1] }] },
			/\[values\]/,
		],
		['21 filters', { string_filters: Array(21).fill(filter('title', '=', 'x')) }, /at most 20/],
		['another sort field', { sort_filter: sort('title', 'asc') }, /"create_time", "update_time"/],
		['another order', { sort_filter: sort('create_time', 'ASC') }, /\[operator\]/],
		['a list of sorts', { sort_filter: [sort('create_time', 'asc')] }, /sort_filter must be/],
		[
			'a sort with another value',
			{ sort_filter: { ...sort('create_time', 'asc'), values: ['title'] } },
			/\["create_time"\]/,
		],
		['an array', [], /must be a JSON object/],
	])('with %s', async (_what, body, message) => {
		refuses(await post(body), message);
	});

	test('without the permission', async () => {
		const token = standIn.issueToken({ permissions: ['coc:ticket:get'] });
		stops(await call(standIn, LIST_V2, { body: {}, token }), 403, 'APIGW.0302');
		stops(await call(standIn, LIST_V2), 404, 'APIGW.0101');
	});
});

test('other kinds of tickets are none of its own', async () => {
	expect(await listed({ ticket_types: ['issues_mgmt'] })).toEqual({ tickets: [], total: 0 });
	expect(await titles({ ticket_types: ['incident'] })).toHaveLength(4);
});

test('a change by the API moves the time of the last change', async () => {
	const { number } = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
	now += 500;
	const body = { incident_num: number, operator: OPERATOR, operate_key: 'acceptedIncident1' };
	succeeds(await call(standIn, '/v1/external/incident/handle', { body }));
	const { tickets } = await listed({ string_filters: [filter('ticket_id', '=', number)] });
	expect(tickets[0]).toMatchObject({
		create_time: String(now - 500),
		update_time: String(now),
		work_flow_status: 'flow_acknowledged',
	});
});
