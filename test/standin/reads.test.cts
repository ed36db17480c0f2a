import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, DETAIL, LIST, OPERATOR, refuses, succeeds } from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let standIn: StandIn;
const now = 1_795_510_800_000;

beforeAll(async () => {
	standIn = await startStandIn({ now: () => now });
	for (let index = 0; index < 60; index++) standIn.addTicket({ title: `Incident ${index}` });
});
afterAll(() => standIn.close());

describe('the detail of an incident', () => {
	test('has every documented field', async () => {
		const { number } = standIn.addTicket({ region: 'cn-north-4', type: 'tenant_type' });
		succeeds(await call(standIn, `${DETAIL}/${number}`), {
			incident_num: number,
			region: ['cn-north-4'],
			enterprise_project: ['0'],
			current_cloud_service: [],
			incident_level: 'level_30',
			is_service_interrupt: false,
			start_time: null,
			fault_recovery_time: null,
			fault_delineation_time: null,
			incident_ownership: null,
			incident_type: 'tenant_type',
			incident_title: 'Orders are not confirmed',
			incident_description: null,
			incident_source: 'incident_source_manual',
			incident_assignee: [OPERATOR],
			assignee_scene: null,
			assignee_role: null,
			warroom_id: null,
			handle_time: null,
			status: 'INCIDENT_STATUS_RESOLVED',
			create_time: now,
			creator: OPERATOR,
			enum_data_list: [
				{ filed_key: 'level_id', enum_key: 'level_30', name_zh: 'P3', name_en: 'P3' },
				{
					filed_key: 'mtm_type',
					enum_key: 'tenant_type',
					name_zh: 'tenant_type',
					name_en: 'tenant_type',
				},
				{
					filed_key: 'source_id',
					enum_key: 'incident_source_manual',
					name_zh: 'Manual creation',
					name_en: 'Manual creation',
				},
				...['assignee', 'creator'].map((filed_key) => ({
					...{ filed_key, enum_key: OPERATOR, name_zh: 'user-7da46971', name_en: 'user-7da46971' },
				})),
			],
		});
		expect(standIn.requests.at(-1)).toMatchObject({ ticket: number, applied: false });
	});

	test('is refused for an unknown ticket', async () => {
		refuses(await call(standIn, `${DETAIL}/IM%201`), /IM 1 does not exist/, 'COC.00067003');
	});

	test('is refused for a number that is too long', async () => {
		refuses(await call(standIn, `${DETAIL}/${'1'.repeat(256)}`), /\[incident_num\]/);
	});

	test('is refused with a query', async () => {
		const { number } = standIn.addTicket();
		refuses(await call(standIn, `${DETAIL}/${number}?fields=status`), /\[fields\] is unknown/);
	});
});

describe('the list of incidents', () => {
	const page = async (query: string) => {
		const answered = await call(standIn, `${LIST}${query}`);
		type Listed = { data: { total: number; IncidentSimpleTicketInfos: Array<{ title: string }> } };
		const { data } = answered.json as Listed;
		expect(data.total).toBe(standIn.tickets.all().length);
		return data.IncidentSimpleTicketInfos;
	};

	test('has every documented field', async () => {
		const [first] = await page('?offset=1&limit=1');
		expect(first).toEqual({
			title: 'Incident 0',
			ticket_id: standIn.tickets.all()[0]?.number,
			description: null,
			status: 'INCIDENT_STATUS_RESOLVED',
			level: 'level_30',
			enterprise_project: '0',
			source: 'incident_source_manual',
			creator: OPERATOR,
			assignee: [OPERATOR],
		});
	});

	test('comes in pages, counted from 1', async () => {
		const second = await page('?offset=2&limit=10');
		expect(second.map(({ title }) => title)).toEqual(
			Array.from({ length: 10 }, (_, index) => `Incident ${10 + index}`),
		);
		expect(await page('?offset=100&limit=100')).toEqual([]);
	});

	test('has 50 on a page by default', async () => {
		expect(await page('')).toHaveLength(50);
	});

	test.each(['offset=0', 'offset=x', 'offset=', 'limit=0', 'limit=101', 'limit=1.5', 'limit=-1'])(
		'is refused with %s',
		async (query) => refuses(await call(standIn, `${LIST}?${query}`), /must be an integer from 1/),
	);

	test('knows no filters', async () => {
		refuses(await call(standIn, `${LIST}?status=1`), /\[status\] is unknown/);
	});
});
