import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	call,
	CREATE,
	HANDLE,
	handling,
	OPERATOR,
	refuses,
	succeeds,
	verifying,
} from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let standIn: StandIn;
const now = 1_795_510_800_000;
const post = (path: string, body: unknown) => call(standIn, path, { body });
const handle = (ticket: string, key: string, parameter?: unknown) =>
	post(HANDLE, handling(ticket, key, parameter));

beforeAll(async () => {
	standIn = await startStandIn({ now: () => now });
});
afterAll(() => standIn.close());

const unassigned = {
	incident_level: 'level_50',
	is_service_interrupt: 'false',
	incident_type: 'inc_type_p_security_issues',
	incident_title: 'Orders are not confirmed',
	incident_source: 'incident_source_forwarding',
	creator: OPERATOR,
};
const incident = { ...unassigned, incident_assignee: [OPERATOR] };
const solution = {
	mtm_type: 'inc_type_p_config_issues',
	is_service_interrupt: false,
	cause: 'A wrong setting',
	solution: 'Put right',
};

test('an incident goes from creation to completion', async () => {
	const created = await post(CREATE, incident);
	const { data } = created.json as { data: { incident_num: string } };
	succeeds(created, { incident_num: expect.stringMatching(/^IM20261124\d{16}$/) });
	const number = data.incident_num;
	const ticket = standIn.tickets.get(number);
	expect(ticket).toMatchObject({
		status: 'INCIDENT_STATUS_TRIGGERED',
		level: 'level_50',
		assignee: OPERATOR,
		isServiceInterrupt: false,
	});

	succeeds(await handle(number, 'acceptedIncident1', {}));
	expect(ticket?.status).toBe('INCIDENT_STATUS_ACKNOWLEDGED');

	const times = { start_time: now - 2000, fault_recovery_time: now - 1000 };
	const interrupted = { ...solution, is_service_interrupt: true, ...times };
	succeeds(await handle(number, 'commitSolution1', interrupted));
	expect(ticket).toMatchObject({
		status: 'INCIDENT_STATUS_RESOLVED',
		cause: 'A wrong setting',
		handleTime: now,
		faultRecoveryTime: now - 1000,
	});

	succeeds(await post(HANDLE, verifying(number)));
	expect(ticket?.status).toBe('INCIDENT_STATUS_COMPLETED');
	expect(ticket?.history.map(({ action }) => action)).toEqual([
		'create',
		'acceptedIncident1',
		'commitSolution1',
		'confirm',
	]);
});

describe('accepting', () => {
	test.each([[undefined], [null], [{}]])('takes the parameter %p', async (parameter) => {
		const { number } = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		succeeds(await handle(number, 'acceptedIncident1', parameter));
	});

	test('is refused with a parameter it does not know', async () => {
		const ticket = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		refuses(await handle(ticket.number, 'acceptedIncident1', { note: '' }), /\[note\] is unknown/);
		expect(ticket.status).toBe('INCIDENT_STATUS_TRIGGERED');
	});

	test('is refused when the ticket was accepted already', async () => {
		const { number } = standIn.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		refuses(await handle(number, 'acceptedIncident1'), /in status INCIDENT_STATUS_ACKNOWLEDGED/);
	});
});

describe('submitting a solution', () => {
	const interrupted = { ...solution, is_service_interrupt: true };
	test.each([
		['an interruption has no times', interrupted, /\[start_time\].*required/],
		['an interruption has no start', { ...interrupted, fault_recovery_time: 2 }, /required/],
		[
			'an interruption has a null time',
			{ ...interrupted, start_time: 1, fault_recovery_time: null },
			/required/,
		],
		[
			'a time is a text',
			{ ...interrupted, start_time: '1', fault_recovery_time: 2 },
			/\[start_time\]/,
		],
		['the cause is too long', { ...solution, cause: 'x'.repeat(10_001) }, /\[cause\].*10000/],
		['the solution is missing', { ...solution, solution: undefined }, /\[solution\] is missing/],
		[
			'the interruption is a text',
			{ ...solution, is_service_interrupt: 'false' },
			/\[is_service_interrupt\]/,
		],
		['a key is unknown', { ...solution, note: '' }, /\[note\]/],
	])('is refused when %s', async (_what, parameter, message) => {
		const ticket = standIn.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		refuses(await handle(ticket.number, 'commitSolution1', parameter), message);
		expect(ticket).toMatchObject({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', history: [] });
	});

	test('takes null times when nothing was interrupted', async () => {
		const { number } = standIn.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		const parameter = { ...solution, start_time: null, fault_recovery_time: null };
		succeeds(await handle(number, 'commitSolution1', parameter));
	});

	test('is refused before the ticket was accepted', async () => {
		const { number } = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		refuses(await handle(number, 'commitSolution1', solution), /INCIDENT_STATUS_TRIGGERED/);
	});
});

test.each([
	'forwardOther1',
	'incidentPause',
	'agreed',
	'rejected',
	'incidentChangeLevel1',
	'ReOpen',
])('%s is listed by COC but does not work in this call', async (key) => {
	const { number } = standIn.addTicket();
	refuses(await handle(number, key, {}), new RegExp(`\\[operate_key\\] value\\[${key}\\]`));
});

describe('creating', () => {
	const shift = { assignee_scene: 'scene', assignee_role: 'role' };

	test('takes every documented field', async () => {
		const answered = await post(CREATE, {
			...unassigned,
			...shift,
			is_service_interrupt: true,
			region: ['cn-north-4'],
			enterprise_project: ['0'],
			current_cloud_service: ['application'],
			incident_description: 'd'.repeat(600),
			incident_ownership: 'Alarm detection',
			start_time: now,
		});
		const { data } = answered.json as { data: { incident_num: string } };
		expect(standIn.tickets.get(data.incident_num)).toMatchObject({
			isServiceInterrupt: true,
			region: 'cn-north-4',
			assignee: null,
			assigneeRole: 'role',
			startTime: now,
		});
	});

	test.each([
		['nobody is assigned', unassigned, /incident_assignee/],
		['an empty list is assigned', { ...incident, incident_assignee: [] }, /incident_assignee/],
		['a person and a shift are assigned', { ...incident, ...shift }, /not both/],
		['half a shift is assigned', { ...unassigned, assignee_scene: 'scene' }, /go together/],
		['two people are assigned', { ...incident, incident_assignee: ['a', 'b'] }, /at most one/],
		['the title is too long', { ...incident, incident_title: 'x'.repeat(201) }, /1 to 200/],
		['the description is too long', { ...incident, incident_description: 'x'.repeat(601) }, /600/],
		[
			'the interruption is neither',
			{ ...incident, is_service_interrupt: 'no' },
			/one of "true", "false"/,
		],
		['the creator is missing', { ...incident, creator: undefined }, /\[creator\] is missing/],
		['attachments are given', { ...incident, attachments: 'id' }, /\[attachments\] is unknown/],
		['the time is a text', { ...incident, start_time: String(now) }, /\[start_time\]/],
		['the region is no list', { ...incident, region: 'cn-north-4' }, /\[region\]/],
	])('is refused when %s', async (_what, body, message) => {
		const before = standIn.tickets.all().length;
		refuses(await post(CREATE, body), message);
		expect(standIn.tickets.all()).toHaveLength(before);
	});
});
