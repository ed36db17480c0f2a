// Creating a war room: what is read, what is sent, what comes out, what is refused.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { TicketStatus } from '../../../../standin/index.cts';
import { NODE, OPERATOR, SUCCESS, useCoc } from '../../../../support/coc.cts';
import { DETAIL, failureOf, OTHER, outputOf } from '../../../../support/operate.cts';
import {
	accepted,
	APPLICATION,
	bodiesAt,
	callsOf,
	CREATE,
	create,
	createOne,
	LIST,
	room,
	rooms,
} from './support.cts';

const coc = useCoc();
const byId = (value: INodeParameters | string | string[]) =>
	({ __rl: true, mode: 'id', value }) as unknown as INodeParameters;
const everything: INodeParameters = {
	applications: byId(` ${APPLICATION}, app2 `),
	description: ' All cards ',
	enterpriseProject: byId('ep'),
	notificationModes: ['1', 'WeCom'],
	notificationType: 'WECHAT',
	participants: byId(`${OTHER},${OPERATOR},${OTHER}`),
	regions: 'cn-north-4, cn-south-1',
	shifts: { shift: [{ scene: 'night', role: 'db' }] },
	title: ' Payments down ',
};

describe('the request is the one that the COC contract shows, byte for byte,', () => {
	test('with what the incident gives', async () => {
		const ticket = accepted(coc);
		await outputOf(createOne(coc, ticket));
		expect(callsOf(coc)).toEqual(['detail', 'list', 'create']);
		const [, list, creation] = coc.requests();
		expect(list?.text).toBe(
			`{"incident_num":"${ticket}","triggered_start_time":1,"limit":100,"offset":0}`,
		);
		expect(`${creation?.method} ${creation?.url}`).toBe(`POST ${CREATE}`);
		expect(creation?.text).toBe(
			`{"war_room_name":"Payments fail","incident_number":"${ticket}","application_id_list":["${APPLICATION}"],"enterprise_project_id":"0","war_room_admin":"${OPERATOR}","schedule_group":[],"region_code_list":["cn-north-4"]}`,
		);
	});

	test('with every field', async () => {
		const ticket = accepted(coc);
		await outputOf(createOne(coc, ticket, everything));
		expect(coc.requests().at(-1)?.text).toBe(
			`{"war_room_name":"Payments down","incident_number":"${ticket}","application_id_list":["${APPLICATION}","app2"],"enterprise_project_id":"ep","war_room_admin":"${OPERATOR}","schedule_group":[{"role_id":"db","scene_id":"night"}],"description":"All cards","region_code_list":["cn-north-4","cn-south-1"],"participant":["${OTHER}","${OPERATOR}"],"notification_type":"WECHAT","notification_modes":["1","2"]}`,
		);
	});

	test('without what neither of both has', async () => {
		await outputOf(createOne(coc, accepted(coc, { region: null })));
		expect(bodiesAt(coc, CREATE)[0]).not.toHaveProperty('region_code_list');
	});

	test('with lists that an expression gives', async () => {
		const json = await outputOf(
			createOne(coc, accepted(coc), {
				participants: byId(`={{ ["${OTHER}"] }}`),
				shifts: { shift: [{ scene: '={{ "day" }}', role: 'net' }] },
			}),
		);
		expect(json).toMatchObject({ shifts: [{ scene: 'day', role: 'net' }], participants: [OTHER] });
		expect(bodiesAt(coc, CREATE)[0]).toMatchObject({
			schedule_group: [{ role_id: 'net', scene_id: 'day' }],
			participant: [OTHER],
		});
	});

	test('and nobody is rung up unless it is asked for', async () => {
		await outputOf(createOne(coc, accepted(coc)));
		expect(bodiesAt(coc, CREATE)[0]).not.toHaveProperty('notification_modes');
		await outputOf(createOne(coc, accepted(coc), { notificationModes: ['5'] }));
		expect(bodiesAt(coc, CREATE)[1]).toMatchObject({ notification_modes: ['5'] });
	});
});

test('the number comes first, then how it ended, and what was sent', async () => {
	const ticket = accepted(coc);
	const json = await outputOf(createOne(coc, ticket, everything));
	const [made] = rooms(coc);
	expect(json).toEqual({
		...{ warRoom: made?.number, outcome: 'applied', ticket, title: 'Payments down' },
		...{ administrator: OPERATOR, applications: [APPLICATION, 'app2'], description: 'All cards' },
		...{ enterpriseProject: 'ep', notificationType: 'WECHAT' },
		...{ notificationModes: ['SMS', 'WeCom'], participants: [OTHER, OPERATOR] },
		...{ regions: ['cn-north-4', 'cn-south-1'], shifts: [{ scene: 'night', role: 'db' }] },
		response: { ...SUCCESS, data: made?.number },
	});
	expect(Object.keys(json).slice(0, 4)).toEqual(['warRoom', 'outcome', 'ticket', 'title']);
});

test('an answer that tells no number is still a creation', async () => {
	const body = JSON.stringify(SUCCESS);
	coc.standIn.fault({ kind: 'raw', status: 200, body, match: { path: CREATE } });
	const json = await outputOf(createOne(coc, accepted(coc)));
	expect(json).toMatchObject({ warRoom: null, outcome: 'applied' });
	expect(bodiesAt(coc, CREATE)).toHaveLength(1);
});

describe('a war room that is open already', () => {
	test.each(['1', '3', '7'] as const)(
		'comes out, and nothing is sent (status %s)',
		async (status) => {
			const ticket = accepted(coc);
			const { number } = coc.standIn.warRooms.add({
				ticket,
				status,
				title: 'By rule',
				admin: OTHER,
			});
			const json = await outputOf(createOne(coc, ticket));
			expect(json).toMatchObject({
				...{ warRoom: number, outcome: 'existing', ticket, title: 'By rule' },
				...{ administrator: OTHER, response: null },
				incidentUrl: `https://console.example/coc/${ticket}`,
			});
			expect(Object.keys(json).slice(0, 2)).toEqual(['warRoom', 'outcome']);
			expect(callsOf(coc)).not.toContain('create');
		},
	);

	test('comes out though it is years old, and the incident solved', async () => {
		const ticket = coc.ticket({ status: 'INCIDENT_STATUS_RESOLVED' });
		const { number } = coc.standIn.warRooms.add({ ticket, createTime: 1_000_000_000_000 });
		expect(await outputOf(createOne(coc, ticket))).toMatchObject({
			...{ warRoom: number, outcome: 'existing' },
		});
	});

	test('is the newest of several, and it is said that there are several', async () => {
		const ticket = accepted(coc);
		const at = Date.now() - 60_000;
		coc.standIn.warRooms.add({ ticket, createTime: at });
		const { number } = coc.standIn.warRooms.add({ ticket, createTime: at + 2 });
		coc.standIn.warRooms.add({ ticket, createTime: at + 1 });
		const run = await createOne(coc, ticket);
		expect(run.success[0]?.json).toMatchObject({ warRoom: number, outcome: 'existing' });
		expect(run.dump()).toContain('has 3 open war rooms');
	});

	test('doesn’t hold up another one that is wanted', async () => {
		const ticket = accepted(coc);
		coc.standIn.warRooms.add({ ticket });
		const json = await outputOf(createOne(coc, ticket, {}, { ifOneIsOpen: 'create' }));
		expect(json).toMatchObject({ outcome: 'applied', warRoom: rooms(coc)[1]?.number });
	});

	test('is none when it is closed, or another incident’s', async () => {
		const ticket = accepted(coc);
		coc.standIn.warRooms.add({ ticket, status: '20' });
		coc.standIn.warRooms.add({ ticket: accepted(coc) });
		expect(await outputOf(createOne(coc, ticket))).toMatchObject({ outcome: 'applied' });
		expect(rooms(coc)).toHaveLength(3);
	});
});

test('several items of one incident get one war room, one after the other, though lists lag', async () => {
	coc.standIn.quirks.listLagMs = 60_000;
	const [ticket, other] = [accepted(coc), accepted(coc)];
	const items = [ticket, other, ticket, ticket].map((one) => room(one));
	const { success, failed } = await create(coc, items);
	expect(failed).toEqual([]);
	const [mine, others] = [ticket, other].map(
		(one) => rooms(coc).find((made) => made.ticket === one)!.number,
	);
	expect(success.map(({ json }) => [json.warRoom, json.outcome])).toEqual([
		...[
			[mine, 'applied'],
			[others, 'applied'],
			[mine, 'existing'],
			[mine, 'existing'],
		],
	]);
	expect(rooms(coc)).toHaveLength(2);
});

describe('an incident in another status', () => {
	test.each<[TicketStatus, string, string]>([
		['INCIDENT_STATUS_TRIGGERED', 'Not Accepted', 'Accept, Forward, Reject'],
		['INCIDENT_STATUS_REJECTED', 'Rejected', 'Reopen, Close'],
		['INCIDENT_STATUS_RESOLVED', 'To Be Verified', 'Verify'],
		['INCIDENT_STATUS_COMPLETED', 'Completed', 'nothing'],
		['incident_draft', 'Draft', 'nothing'],
	])('gets none: %s', async (status, word, possible) => {
		const ticket = accepted(coc, { status });
		const { error, outcome, ...details } = failureOf(await createOne(coc, ticket));
		expect({ outcome, ticket: details.ticket }).toEqual({ outcome: 'notSent', ticket });
		expect(error).toBe(
			`The war room of ticket ${ticket} was not created: its status is "${word}" (${status}), and only an accepted incident gets a war room. Nothing was sent. Possible in this status: ${possible}.`,
		);
		expect(callsOf(coc)).not.toContain('create');
	});

	test('that isn’t known is left to COC', async () => {
		const ticket = accepted(coc);
		const data = {
			...{ incident_num: ticket, status: 'INCIDENT_STATUS_ESCALATED', incident_title: 'Own' },
			...{ current_cloud_service: ['app'], enterprise_project: ['0'], region: null },
		};
		const body = JSON.stringify({ ...SUCCESS, data });
		coc.standIn.fault({ kind: 'raw', status: 200, body, match: { path: DETAIL } });
		const json = await outputOf(createOne(coc, ticket));
		expect(json).toMatchObject({ outcome: 'applied', title: 'Own', applications: ['app'] });
	});
});

describe('a dry run', () => {
	test('shows the whole request and sends nothing', async () => {
		const ticket = accepted(coc);
		const json = await outputOf(createOne(coc, ticket, {}, { dryRun: true }));
		expect(json).toMatchObject({
			...{ warRoom: null, outcome: 'dryRun', wouldBeAccepted: true, ticket, response: null },
			request: {
				...{ method: 'POST', url: `${coc.standIn.url}${CREATE}` },
				body: { war_room_name: 'Payments fail', schedule_group: [], incident_number: ticket },
			},
		});
		expect(rooms(coc)).toEqual([]);
		expect(callsOf(coc)).toEqual(['detail', 'list']);
	});

	test('says whether the status allows it', async () => {
		const ticket = accepted(coc, { status: 'INCIDENT_STATUS_TRIGGERED' });
		const json = await outputOf(createOne(coc, ticket, {}, { dryRun: true }));
		expect(json).toMatchObject({ outcome: 'dryRun', wouldBeAccepted: false });
	});

	test('gives the war room that is open', async () => {
		const ticket = accepted(coc);
		const { number } = coc.standIn.warRooms.add({ ticket });
		const json = await outputOf(createOne(coc, ticket, {}, { dryRun: true }));
		expect(json).toMatchObject({ outcome: 'existing', warRoom: number });
	});
});

describe('before anything is asked, it is refused', () => {
	const long = Array.from({ length: 1001 }, (_, index) => `a${index}`).join();
	test.each<[string, INodeParameters, string]>([
		['without applications', { applications: byId('') }, "'Applications' is empty"],
		['with half a list', { applications: byId('a,,b') }, "'Applications' is empty"],
		['with a blank in an ID', { participants: byId('a b') }, "'Participants' contains white"],
		['with a number', { participants: byId('={{ 7 }}') }, "'Participants' must be text"],
		['with too many applications', { applications: byId(long) }, "'Applications' has 1001"],
		[
			'with too long a project',
			{ enterpriseProject: byId('x'.repeat(65)) },
			"'Enterprise Project' is 65",
		],
		['with too long a title', { title: 'x'.repeat(256) }, "'Title' is 256"],
		['with too long a text', { description: 'x'.repeat(256) }, "'Description' is 256"],
		[
			'with a scene alone',
			{ shifts: { shift: [{ scene: 'a', role: ' ' }] } },
			"'Shift Role' is empty",
		],
		['with a role alone', { shifts: { shift: [{ role: 'a' }] } }, "'Shift Scene' is empty"],
		['with another group', { notificationType: '={{ "SLACK" }}' }, "'Notification Group' must be"],
		['with another mode', { notificationModes: ['6'] }, "'Notification Modes' can't be \"6\""],
		['without a mode', { notificationModes: [] }, "'Notification Modes' is empty"],
	])('%s', async (_name, additionalFields, reason) => {
		const ticket = accepted(coc);
		const { error, outcome } = failureOf(await createOne(coc, ticket, additionalFields));
		expect(outcome).toBe('notSent');
		expect(error).toContain(`The war room of ticket ${ticket} was not created: ${reason}`);
		expect(coc.requests()).toEqual([]);
	});

	test('without an administrator, and without a ticket', async () => {
		const none = await create(coc, [room(accepted(coc), { administrator: '' })]);
		expect(failureOf(none).error).toContain("'Administrator' is empty");
		expect(failureOf(await create(coc, [room('')])).error).toContain("'Ticket' is empty");
		expect(coc.requests()).toEqual([]);
	});

	test('with another wish for one that is open', async () => {
		const run = await createOne(coc, accepted(coc), {}, { ifOneIsOpen: '={{ "close" }}' });
		expect(failureOf(run).error).toContain("'If One Is Open' must be");
	});

	test('a long text is cut where that is wanted', async () => {
		const texts = { description: 'x'.repeat(300), title: 'y'.repeat(300) };
		const json = await outputOf(createOne(coc, accepted(coc), texts, { shortenTexts: true }));
		expect([json.title, json.description].map((text) => (text as string).length)).toEqual([
			255, 255,
		]);
	});
});

test.each<[string, object]>([
	['Applications', { application: null }],
	['Enterprise Project', { enterpriseProject: null }],
	['Title', { title: ' ' }],
])('what neither item nor incident has is named: %s', async (label, fields) => {
	const { error, outcome } = failureOf(await createOne(coc, accepted(coc, fields)));
	expect(outcome).toBe('notSent');
	expect(error).toContain(`'${label}' is missing, and the incident has no `);
	expect(error).toContain(`Add '${label}' to the additional fields.`);
	expect(callsOf(coc)).not.toContain('create');
});

describe('COC’s refusal is told with its reason', () => {
	test('of a person whom it doesn’t know', async () => {
		coc.standIn.quirks.personnel = [OTHER];
		const { error, outcome } = failureOf(await createOne(coc, accepted(coc)));
		expect(outcome).toBe('refused');
		expect(error).toMatch(/does not exist\.".* Nothing was changed\. Check that the incident is/);
		expect(bodiesAt(coc, CREATE)).toHaveLength(1);
	});

	test('of an incident that it doesn’t know', async () => {
		const { error, outcome } = failureOf(await createOne(coc, 'IM404'));
		expect(outcome).toBe('notSent');
		expect(error).toMatch(
			/^The war room of ticket IM404 was not created: .*does not exist.*Nothing was sent/,
		);
	});

	test.each(['coc:warroom:create', 'coc:warroom:list', 'coc:ticket:get'])(
		'for a user without the permission %s, which is named',
		async (missing) => {
			const all = ['coc:warroom:create', 'coc:warroom:list', 'coc:ticket:get'];
			const permissions = all.filter((one) => one !== missing);
			coc.credential.data.token = coc.standIn.issueToken({ permissions });
			const { error } = failureOf(await createOne(coc, accepted(coc)));
			expect(error).toContain(`IAM action ${missing}`);
			expect(rooms(coc)).toEqual([]);
		},
	);
});

test('in Continue mode a failed item goes on as an error, in Stop mode it ends the run', async () => {
	const tickets = () => [accepted(coc), 'IM404', accepted(coc)].map((ticket) => room(ticket));
	const going = await create(coc, tickets(), { onError: 'continueRegularOutput' });
	expect(going.success.map(({ json }) => json.outcome ?? 'error')).toEqual([
		...['applied', 'error', 'applied'],
	]);
	const options = { concurrency: 1 };
	const stopping = await create(coc, tickets(), {
		onError: 'stopWorkflow',
		parameters: { options },
	});
	expect(stopping.executionError).toMatchObject({
		node: { name: NODE },
		context: { itemIndex: 1 },
	});
	expect(rooms(coc)).toHaveLength(3);
	expect(bodiesAt(coc, LIST).length).toBeGreaterThan(2);
});
