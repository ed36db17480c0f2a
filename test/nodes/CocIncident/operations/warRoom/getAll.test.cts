// Listing war rooms: what is asked, what comes out, what fails.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { WarRoom } from '../../../../standin/index.cts';
import { OPERATOR, SUCCESS, useCoc } from '../../../../support/coc.cts';
import { failureOf, OTHER } from '../../../../support/operate.cts';
import { bodiesAt, getMany, LIST, rooms } from './support.cts';

const coc = useCoc();
const NOON = Date.parse('2026-03-22T12:00:00Z');
const DAY = 86_400_000;
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const add = (fields: Partial<WarRoom> = {}) => coc.standIn.warRooms.add(fields).number;
const numbers = async (parameters: INodeParameters = {}) => {
	const { success, failed } = await getMany(coc, { returnAll: true, ...parameters });
	expect(failed.map(({ json }) => json.error)).toEqual([]);
	return success.map(({ json }) => json.warRoom);
};
/** The first request's body, without its page. */
const query = () => {
	const { limit, offset, ...others } = bodiesAt(coc, LIST)[0] as Record<string, unknown>;
	expect([limit, offset]).toEqual([100, 0]);
	return others;
};

describe('the request', () => {
	test('says how many and from where, and leaves the time to COC', async () => {
		add();
		await getMany(coc);
		const [request] = coc.requests();
		expect(`${request?.method} ${request?.url}`).toBe(`POST ${LIST}`);
		expect(bodiesAt(coc, LIST)).toEqual([
			{ limit: 50, offset: 0 },
			{ limit: 50, offset: 1 },
		]);
	});

	test('holds every filter in COC’s words', async () => {
		await numbers({
			filters: {
				administrator: byId(`${OPERATOR}, ${OTHER}`),
				application: byId('app'),
				currentUser: byId(OTHER),
				enterpriseProject: byId('0'),
				level: ['level_10', 'level_20'],
				notificationLevel: '={{ "level_30, own" }}',
				occurredAfter: NOON,
				occurredBefore: '2026-03-22T13:00:00Z',
				recoveredAfter: NOON + 1,
				recoveredBefore: NOON + 2,
				region: 'cn-north-4,cn-south-1',
				status: ['1', 'Fault Located'],
				ticket: byId('IM1'),
				titleContains: ' pay ',
				triggeredAfter: NOON + 3,
				triggeredBefore: NOON + 4,
				warRoom: 'WR1',
			},
		});
		expect(query()).toEqual({
			...{ incident_num: 'IM1', war_room_num: 'WR1', title: 'pay', admin: [OPERATOR, OTHER] },
			...{ current_users: [OTHER], status: ['1', '3'], incident_levels: ['level_10', 'level_20'] },
			...{ notification_level: ['level_30', 'own'], impacted_application_ids: ['app'] },
			...{ region_code_list: ['cn-north-4', 'cn-south-1'], enterprise_project_ids: ['0'] },
			...{ triggered_start_time: NOON + 3, triggered_end_time: NOON + 4 },
			...{ occur_start_time: NOON, occur_end_time: NOON + 3_600_000 },
			...{ recover_start_time: NOON + 1, recover_end_time: NOON + 2 },
		});
	});

	test('asks for numbers alone by their own call’s word', async () => {
		await numbers({ filters: { warRooms: 'WR1, WR2' } });
		expect(query()).toEqual({ war_room_nums: ['WR1', 'WR2'] });
	});
});

describe('how far back it goes', () => {
	test('is thirty days, as COC does it', async () => {
		add({ createTime: Date.now() - 31 * DAY });
		const recent = add({ createTime: Date.now() - 29 * DAY });
		expect(await numbers()).toEqual([recent]);
	});

	test('is as far as it is wanted', async () => {
		const old = add({ createTime: Date.now() - 400 * DAY });
		expect(await numbers({ filters: { triggeredAfter: Date.now() - 500 * DAY } })).toEqual([old]);
		expect(await numbers({ filters: { triggeredAfter: Date.now() - 300 * DAY } })).toEqual([]);
	});

	test.each<[string, INodeParameters]>([
		['a ticket', { ticket: byId('IM7') }],
		['a number', { warRoom: 'OLD' }],
		['numbers', { warRooms: 'OLD' }],
		['a time of its end', { triggeredBefore: NOON }],
		['when it occurred', { occurredBefore: NOON }],
		['when it was over', { recoveredAfter: 1_000_000_000_000 }],
	])('is all the way for who names %s', async (_name, filters) => {
		const at = 1_500_000_000_000;
		add({ number: 'OLD', ticket: 'IM7', createTime: at, occurTime: at, recoverTime: at });
		expect(await numbers({ filters })).toEqual(['OLD']);
	});

	test('is told where nothing was found, and only there', async () => {
		expect((await getMany(coc)).dump()).toContain('None of the last 30 days fits');
		const named = await getMany(coc, { filters: { warRooms: 'WR1' } });
		expect(named.dump()).not.toContain('None of the last 30 days fits');
		add();
		expect((await getMany(coc)).dump()).not.toContain('None of the last 30 days fits');
	});
});

test('each filter keeps what fits, and only that', async () => {
	add();
	const wanted = add({
		...{ admin: OTHER, participants: ['p1'], applications: ['app'], enterpriseProject: 'ep' },
		...{ level: 'level_10', notificationLevel: 'level_20', regions: ['r1'], status: '7' },
		...{ title: 'Payments down', occurTime: NOON, recoverTime: NOON + 1, ticket: 'IM9' },
	});
	for (const filters of [
		{ administrator: OTHER },
		{ application: 'app' },
		{ currentUser: 'p1' },
		{ enterpriseProject: 'ep' },
		{ level: ['level_10'] },
		{ notificationLevel: ['level_20'] },
		{ region: 'r0,r1' },
		{ status: ['7'] },
		{ titleContains: 'down' },
		{ occurredAfter: NOON },
		{ recoveredBefore: NOON + 1 },
		{ ticket: 'IM9' },
		{ warRoom: wanted },
	] as INodeParameters[]) {
		expect([filters, await numbers({ filters })]).toEqual([filters, [wanted]]);
	}
});

describe('every war room comes out once', () => {
	test.each([0, 1, 99, 100, 101, 250])('of %d', async (count) => {
		const all = Array.from({ length: count }, (_, index) =>
			add({ createTime: Date.now() - index }),
		);
		const found = await numbers();
		expect([...found].sort()).toEqual([...all].sort());
		expect(bodiesAt(coc, LIST)).toHaveLength(Math.ceil(count / 100) + 1);
		expect(bodiesAt(coc, LIST).every(({ limit }) => limit === 100)).toBe(true);
	});

	test('of a server that gives fewer than it is asked for', async () => {
		coc.standIn.quirks.mostPerPage = 7;
		for (let index = 0; index < 30; index++) add({ createTime: Date.now() - index });
		expect(new Set(await numbers()).size).toBe(30);
	});

	test.each([
		[1, 1],
		[50, 1],
		[101, 2],
	])('up to a limit of %d, in %d requests', async (limit, requests) => {
		const now = Date.now();
		for (let index = 0; index < 150; index++) add({ createTime: now - index });
		const { success } = await getMany(coc, { limit });
		expect(success.map(({ json }) => json.warRoom)).toEqual(
			rooms(coc)
				.map(({ number }) => number)
				.slice(0, limit),
		);
		expect(bodiesAt(coc, LIST)).toHaveLength(requests);
	});

	test('and one that ignores the offset makes no endless loop', async () => {
		const body = JSON.stringify({ ...SUCCESS, data: { list: [{ war_room_num: 'W' }], total: 1 } });
		coc.standIn.fault({ kind: 'raw', status: 200, body, times: 99 });
		const { error, outcome } = failureOf(await getMany(coc, { returnAll: true }));
		expect(outcome).toBe('notRead');
		expect(error).toContain('COC gave the same war rooms again and again');
		expect(coc.requests().length).toBeLessThan(6);
	});
});

test('each comes out in ten flat fields, in words, with the way to the console', async () => {
	const createTime = Date.now() - 1000;
	const number = add({
		...{ title: 'Payments down', ticket: 'IM9', level: 'level_10', notificationLevel: 'own' },
		...{ createTime, recoverTime: NOON, status: '3' },
	});
	const { success } = await getMany(coc);
	expect(success).toEqual([
		{
			json: {
				...{ warRoom: number, title: 'Payments down', status: 'Fault Located', ticket: 'IM9' },
				...{ level: 'P1', notificationLevel: 'own', administrator: OPERATOR },
				...{ createdAt: new Date(createTime).toISOString() },
				...{ recoveredAt: '2026-03-22T12:00:00.000Z' },
				incidentUrl: 'https://console.example/coc/IM9',
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(Object.keys(success[0]!.json)[0]).toBe('warRoom');
});

test('raw it is COC’s own data', async () => {
	const number = add();
	const { success } = await getMany(coc, { output: 'raw' });
	expect(success[0]?.json).toMatchObject({ war_room_num: number, war_room_status: { id: '1' } });
});

test('of selected fields the number comes first', async () => {
	const number = add({ ticket: 'IM9' });
	const { success } = await getMany(coc, { output: 'fields', fields: ['status', 'ticket'] });
	expect(success.map(({ json }) => Object.entries(json))).toEqual([
		[
			...[
				['warRoom', number],
				['status', 'Started'],
				['ticket', 'IM9'],
			],
		],
	]);
});

describe('whatever a row holds', () => {
	const nothing = {
		...{ warRoom: null, title: null, status: null, ticket: null, level: null },
		...{ notificationLevel: null, administrator: null, createdAt: null, recoveredAt: null },
		incidentUrl: null,
	};
	test.each<[string, object, object]>([
		['nothing', {}, nothing],
		[
			'other types',
			{ title: 7, incident: 'x', war_room_status: [], admin: {} },
			{ ...nothing, title: '7' },
		],
		['a number as number', { war_room_num: 12 }, { ...nothing, warRoom: '12' }],
		[
			'a status of the tenant’s',
			{ war_room_status: { id: 'u', name_en: 'On hold' } },
			{ ...nothing, status: 'On hold' },
		],
		[
			'a status by its type',
			{ war_room_status: { id: 'u', type: '20' } },
			{ ...nothing, status: 'Closed' },
		],
		['a bare status', { war_room_status: 7 }, { ...nothing, status: 'Recovered' }],
		[
			'a time in words',
			{ create_time: '2026-03-22 12:00' },
			{ ...nothing, createdAt: '2026-03-22 12:00' },
		],
	])('it is shown: %s', async (_name, row, expected) => {
		add();
		coc.standIn.quirks.row = () => row;
		const { success } = await getMany(coc, { limit: 1 });
		expect(success.map(({ json }) => json)).toEqual([expected]);
	});

	test('a list that is missing is empty when there are none', async () => {
		const answer = (data: object) =>
			coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify({ ...SUCCESS, data }) });
		answer({ list: null, total: 0 });
		expect(await numbers()).toEqual([]);
		answer({ list: null, total: 3 });
		expect(failureOf(await getMany(coc)).error).toContain('without the list of war rooms');
	});
});

describe('before anything is asked, it is refused', () => {
	test.each<[string, INodeParameters, string]>([
		['with a limit of nothing', { limit: 0 }, "'Limit' must be a whole number from 1"],
		['without the wanted status', { filters: { status: [] } }, "'Status' is empty"],
		['with another status', { filters: { status: ['2'] } }, "'Status' can't be \"2\""],
		['without a person', { filters: { administrator: byId('') } }, "'Administrator' is empty"],
		['with no time', { filters: { triggeredAfter: 'noon' } }, "'Triggered After' is no time"],
		['with no ticket number', { filters: { ticket: byId('..') } }, '\'Ticket Number\' is ".."'],
		[
			'with numbers beside what COC then ignores',
			{ filters: { warRooms: 'WR1', status: ['1'] } },
			"'War Room Numbers' is given beside other filters, which COC then ignores",
		],
	])('%s', async (_name, parameters, reason) => {
		const { error, outcome } = failureOf(await getMany(coc, parameters));
		expect(outcome).toBe('notSent');
		expect(error).toContain(`The list of war rooms was not read: ${reason}`);
		expect(coc.requests()).toEqual([]);
	});
});

test('a failure says why, names the permission, and that its name is by analogy', async () => {
	coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:list'] });
	const { error, ...details } = failureOf(await getMany(coc));
	expect(details).toMatchObject({ outcome: 'notRead', warRoom: null, httpStatus: 403 });
	expect(error).toMatch(/^The list of war rooms was not read: ".*" \(APIGW\.0302, HTTP 403\)\./);
	expect(error).toContain('the IAM action coc:warroom:list, named by analogy, and whether');
});
