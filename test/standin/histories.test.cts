import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	call,
	HANDLE,
	handling,
	HISTORIES,
	OPERATOR,
	refuses,
	stops,
	succeeds,
	verifying,
} from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let standIn: StandIn;
let number: string;
let now = 1_795_510_800_000;
const began = now;
const post = (path: string, body: unknown) => call(standIn, path, { body });
const only = (...values: string[]) => [{ field: 'ticket_id', operator: '=', values }];
const sort = (operator: string) => ({ field: 'start_time', operator, values: ['start_time'] });

interface Entry {
	id: string;
	action: string;
	start_time: number;
}
async function entries(body: unknown, path = HISTORIES): Promise<Entry[]> {
	const answered = await post(path, body);
	const { data } = answered.json as { data: { total: number; info: Entry[] } };
	succeeds(answered, { total: data.info.length, info: expect.any(Array) });
	return data.info;
}

beforeAll(async () => {
	standIn = await startStandIn({ now: () => now });
	({ number } = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' }));
	standIn.addTicket({
		history: [{ action: 'create', operator: 'a', comment: null, result: null, at: 1 }],
	});
	const solution = {
		mtm_type: 'inc_type_p_config_issues',
		is_service_interrupt: false,
		cause: 'A wrong setting',
		solution: 'Put right',
	};
	for (const body of [
		handling(number, 'acceptedIncident1', {}),
		handling(number, 'commitSolution1', solution),
		{ ...verifying(number, false, 'Still failing'), operator: 'another' },
	]) {
		now += 1000;
		succeeds(await post(HANDLE, body));
	}
});
afterAll(() => standIn.close());

describe('the histories of v1', () => {
	test('tell who did what to a ticket, with every documented field', async () => {
		const [entry] = await entries({ string_filters: only(number), sort_filter: sort('desc') });
		expect(entry).toEqual({
			id: expect.stringMatching(/^[0-9a-f]{32}$/),
			ticket_id: number,
			action_id: expect.any(String),
			action: 'confirm',
			sub_action: null,
			final_sub_action: null,
			operator: 'another',
			status: 'INCIDENT_STATUS_ACKNOWLEDGED',
			comment: 'Still failing',
			start_time: began + 3000,
			stop_time: began + 3000,
			update_time: began + 3000,
			target_type: null,
			target_value: null,
			action_name_zh: '验证',
			action_name_en: 'Verify',
			action_template_zh: null,
			action_template_en: null,
			is_deteted: false,
			enum_data_list: [
				{
					prop_id: 'operator',
					biz_id: 'another',
					name_zh: 'user-another',
					name_en: 'user-another',
					user_name: 'user-another',
					model_id: null,
					match_type: 'reference__base_config.User',
					ticket_id: number,
					real_ticket_id: number,
					is_deleted: false,
				},
			],
		});
		expect(standIn.requests.at(-1)).toMatchObject({ ticket: number, applied: false });
	});

	test('are sorted as wished, each entry with an id that stays', async () => {
		const oldest = await entries({ string_filters: only(number), sort_filter: sort('asc') });
		expect(oldest.map(({ action }) => action)).toEqual([
			'acceptedIncident1',
			'commitSolution1',
			'confirm',
		]);
		const newest = await entries({ string_filters: only(number), sort_filter: sort('desc') });
		expect(newest).toEqual([...oldest].reverse());
		expect(new Set(oldest.map(({ id }) => id)).size).toBe(3);
	});

	test.each(['/v1/incident/list-histories', HISTORIES])('are found at %s', async (path) => {
		expect(await entries({ string_filters: only(number) }, path)).toHaveLength(3);
	});

	test('of several tickets are found with one filter, and then belong to no single ticket', async () => {
		const values = standIn.tickets.all().map((ticket) => ticket.number);
		expect(
			await entries({ string_filters: [{ field: 'ticket_id', operator: 'in', values }] }),
		).toHaveLength(4);
		expect(standIn.requests.at(-1)?.ticket).toBeNull();
	});

	test('are empty for an unknown ticket, and for an incident among the issues', async () => {
		expect(await entries({ string_filters: only('IM1') })).toEqual([]);
		const path = '/v1/external/issues_mgmt/list-histories';
		expect(await entries({ string_filters: only(number) }, path)).toEqual([]);
	});

	test('hold at most 1024 entries, but count all', async () => {
		const entry = { action: 'addRemark', operator: OPERATOR, comment: '', result: null, at: now };
		const { number: long } = standIn.addTicket({
			history: Array.from({ length: 1030 }, () => entry),
		});
		const { json } = await post(HISTORIES, { string_filters: only(long) });
		const { data } = json as { data: { total: number; info: Entry[] } };
		expect([data.total, data.info.length]).toEqual([1030, 1024]);
	});

	const filter = { field: 'ticket_id', operator: '=', values: ['IM1'] };
	test.each([
		['no filter', {}, /\[string_filters\] is missing/],
		['an empty filter list', { string_filters: [] }, /\[string_filters\] is empty/],
		['another field', { string_filters: [{ ...filter, field: 'id' }] }, /field\[id\] is unknown/],
		['another operator', { string_filters: [{ ...filter, operator: 'like' }] }, /\[like\]/],
		['two values for =', { string_filters: only('IM1', 'IM2') }, /exactly one value/],
		['no value', { string_filters: only() }, /\[values\]/],
		['a number as a value', { string_filters: [{ ...filter, values: [1] }] }, /\[values\]/],
		['no object as a filter', { string_filters: ['IM1'] }, /filter must be a JSON object/],
		[
			'an unknown sort field',
			{ string_filters: only('IM1'), sort_filter: { ...sort('asc'), field: 'id' } },
			/\[field\] value\[id\] must be one of "start_time"/,
		],
		['an unknown order', { string_filters: only('IM1'), sort_filter: sort('up') }, /\[operator\]/],
		['a page', { string_filters: only('IM1'), page: 1 }, /\[page\] is unknown/],
	])('are refused with %s', async (_what, body, message) => {
		refuses(await post(HISTORIES, body), message);
	});
});

describe('the histories of v2', () => {
	const path = () => `/v2/incidents/${number}/histories`;

	test('tell who did what to a ticket, with every documented field and times as texts', async () => {
		const [, , entry] = await entries({}, path());
		const name = { name_zh: 'user-another', name_en: 'user-another' };
		expect(entry).toEqual({
			action: 'confirm',
			action_name_zh: '验证',
			action_name_en: 'Verify',
			operator: 'another',
			status: 'INCIDENT_STATUS_ACKNOWLEDGED',
			start_time: String(began + 3000),
			stop_time: String(began + 3000),
			comment: 'Still failing',
			enum_data_list: [{ prop_id: 'operator', biz_id: 'another', ...name }],
		});
		expect(standIn.requests.at(-1)?.ticket).toBe(number);
	});

	test('are filtered and sorted as wished', async () => {
		const since = { field: 'start_time', operator: '>', values: [String(began + 1000)] };
		const body = { string_filters: [since], sort_filter: sort('desc') };
		const found = await entries(body, path());
		expect(found.map(({ action }) => action)).toEqual(['confirm', 'commitSolution1']);
	});

	test('are refused for an unknown ticket', async () => {
		refuses(await post('/v2/incidents/IM1/histories', {}), /does not exist/, 'COC.00067003');
	});
});

test.each([HISTORIES, '/v2/incidents/IM1/histories'])(
	'%s needs a permission of its own',
	async (path) => {
		const token = standIn.issueToken({ permissions: ['coc:ticket:get', 'coc:ticket:list'] });
		stops(await call(standIn, path, { body: {}, token }), 403, 'APIGW.0302');
	},
);

test('list-histories is no ticket, and other kinds of tickets have none', async () => {
	stops(await call(standIn, HISTORIES), 404, 'APIGW.0101');
	stops(await post('/v1/external/change/list-histories', {}), 404, 'APIGW.0101');
});
