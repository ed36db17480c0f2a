/** War rooms of the stand-in, by the COC contract. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, DETAIL, OPERATOR, refuses, stops, WAR_ROOM_LIST, WAR_ROOMS } from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let standIn: StandIn;
let ticket: string;
beforeEach(async () => {
	standIn = await startStandIn();
	ticket = standIn.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' }).number;
});
afterEach(() => standIn.close());

const wanted = (fields: object = {}) => ({
	...{ war_room_name: 'Payments fail', application_id_list: ['app'], incident_number: ticket },
	...{ schedule_group: [], war_room_admin: OPERATOR, enterprise_project_id: '0' },
	...fields,
});
const create = (fields?: object) => call(standIn, WAR_ROOMS, { body: wanted(fields) });
async function list(body: object) {
	const { status, json } = await call(standIn, WAR_ROOM_LIST, { body });
	expect(status).toBe(200);
	return (json as { data: { list: Array<Record<string, unknown>>; total: number } }).data;
}

test('a new one is answered by its number, and the list and its incident have it at once', async () => {
	const { json } = await create();
	const { data: number } = json as { data: string };
	const { list: rows } = await list({ incident_num: ticket, limit: 100, offset: 0 });
	expect(rows).toMatchObject([
		{ war_room_num: number, title: 'Payments fail', admin: OPERATOR, war_room_status: { id: '1' } },
	]);
	const detail = await call(standIn, `${DETAIL}/${ticket}`);
	expect(detail.json).toMatchObject({ data: { warroom_id: number } });
});

test('who doesn’t say how many gets none, and who doesn’t say from where begins at ten', async () => {
	for (let index = 0; index < 12; index++) standIn.warRooms.add();
	expect((await list({})).list).toEqual([]);
	expect((await list({ limit: 100 })).list).toHaveLength(2);
	expect(await list({ limit: 5, offset: 10 })).toMatchObject({ total: 12 });
});

test('those of the last thirty days are listed, and others when it is asked for', async () => {
	standIn.warRooms.add({ createTime: 1_500_000_000_000 });
	const page = { limit: 10, offset: 0 };
	expect((await list(page)).list).toEqual([]);
	expect((await list({ ...page, triggered_start_time: 1 })).list).toHaveLength(1);
});

test('beside numbers all other filters are ignored', async () => {
	const { number } = standIn.warRooms.add({ createTime: 1_500_000_000_000 });
	const filters = { war_room_nums: [number], status: ['20'], title: 'none' };
	expect((await list({ limit: 10, offset: 0, ...filters })).list).toHaveLength(1);
});

describe('what doesn’t fit is refused', () => {
	test.each<[string, object, RegExp]>([
		['without shifts', { schedule_group: undefined }, /schedule_group\] is missing/],
		['with half a shift', { schedule_group: [{ role_id: 'a' }] }, /scene_id\] is missing/],
		['without applications', { application_id_list: [] }, /application_id_list/],
		['with a long title', { war_room_name: 'x'.repeat(256) }, /war_room_name/],
		['with another mode', { notification_modes: ['6'] }, /notification_modes/],
		[
			'with six modes',
			{ notification_modes: ['1', '2', '3', '4', '5', '1'] },
			/notification_modes/,
		],
		['with another group', { notification_type: 'SLACK' }, /notification_type/],
		['with more than it knows', { level: 'P1' }, /level\] is unknown/],
	])('%s', async (_name, fields, message) => {
		refuses(await create(fields), message);
		expect(standIn.warRooms.all()).toEqual([]);
	});

	test('for an incident that nobody handles, or that doesn’t exist', async () => {
		const { number } = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		refuses(await create({ incident_number: number }), /not being handled/);
		refuses(await create({ incident_number: 'IM404' }), /does not exist/, 'COC.00067003');
	});

	test('with a person whom the tenant doesn’t know', async () => {
		standIn.quirks.personnel = [OPERATOR];
		refuses(await create({ participant: ['stranger'] }), /stranger does not exist/);
	});

	test('to a user without the permission', async () => {
		const token = standIn.issueToken({ permissions: ['coc:ticket:get'] });
		stops(await call(standIn, WAR_ROOMS, { body: wanted(), token }), 403, 'APIGW.0302');
	});
});
