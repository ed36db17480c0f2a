// One incident of several alarms, and never a second one.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { LINK } from '../../../../standin/paths.cts';
import type { Fault } from '../../../../standin/index.cts';
import { type Fields, useCoc } from '../../../../support/coc.cts';
import { failureOf, outputOf, OTHER } from '../../../../support/operate.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';
import { incidentOf, linked, onAlarms } from './support.cts';

useQuickTime();
const coc = useCoc();
const add = (...incidents: Array<string | null>) =>
	incidents.map((incident) => coc.standIn.alarms.add({ incident }).id) as [string, string];
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const create = (fields: Fields, parameters: INodeParameters = {}) =>
	onAlarms(coc, 'createIncident', [fields], { parameters });
const tickets = () => coc.standIn.tickets.all();

describe('the request is the one that the COC contract shows', () => {
	const required = (alarms: string[]) =>
		`"alarm_ids":"${alarms.join(',')}","title":"Disks are full","description":"All of them since noon","level_id":"level_20","mtm_type":"inc_type_p_function_issues","current_cloud_service_id":"66f0c0000000000000000001","is_service_interrupt":true`;

	test.each<[string, Fields, INodeParameters, string]>([
		['for nobody', {}, {}, '"is_change_event":false,"source_id":"incident_source_alarm"'],
		[
			'for a person',
			{ assignTo: 'person', assignee: OTHER },
			{},
			`"is_change_event":false,"source_id":"incident_source_alarm","assignee":"${OTHER}"`,
		],
		[
			'for a shift',
			{ assignTo: 'shift', assigneeScene: 'night', assigneeRole: 'db' },
			{},
			'"is_change_event":false,"source_id":"incident_source_alarm","assignee_scene":"night","assignee_role":"db"',
		],
		[
			'with every field',
			{},
			{
				additionalFields: {
					...{ changeEvent: true, enterpriseProject: byId('0'), region: 'cn-north-4' },
				},
			},
			'"is_change_event":true,"source_id":"incident_source_alarm","enterprise_project_id":"0","mtm_region":"cn-north-4"',
		],
	])('%s', async (_name, fields, parameters, more) => {
		const alarms = add(null, null);
		const run = await create(incidentOf(alarms, fields), parameters);
		expect(run.failed.map(({ json }) => json.error)).toEqual([]);
		expect(linked(coc)).toEqual([`{${required(alarms)},${more}}`]);
	});
});

test('the incident that the alarms name afterwards comes out', async () => {
	const alarms = add(null, null);
	const output = await outputOf(create(incidentOf(alarms.join(', '))));
	expect(tickets()).toHaveLength(1);
	expect(output).toEqual({
		...{ ticket: tickets()[0]?.number, outcome: 'applied', alarms, title: 'Disks are full' },
		...{ description: 'All of them since noon', level: 'P2', type: 'Function' },
		...{ application: '66f0c0000000000000000001', serviceInterrupted: true },
		response: { data: alarms },
	});
	expect(Object.keys(output).slice(0, 2)).toEqual(['ticket', 'outcome']);
});

test('it is waited for, since alarms name it later', async () => {
	coc.standIn.quirks.linkMs = 5000;
	const output = await outputOf(create(incidentOf(add(null, null))));
	expect(output).toMatchObject({ outcome: 'applied', ticket: tickets()[0]?.number });
});

test('where they don’t name it in ten seconds, it is created all the same', async () => {
	coc.standIn.quirks.linkMs = 60_000;
	const output = await outputOf(create(incidentOf(add(null, null))));
	expect(output).toMatchObject({ outcome: 'applied', ticket: null });
	expect(linked(coc)).toHaveLength(1);
});

describe('when an alarm has an incident already,', () => {
	test('that one is returned, and nothing is sent', async () => {
		const alarms = add('IM7', 'IM7');
		expect(await outputOf(create(incidentOf(alarms)))).toEqual({
			...{ ticket: 'IM7', outcome: 'existing', alarms, response: null },
		});
		expect(linked(coc)).toEqual([]);
	});

	test('the alarms that don’t have it are named', async () => {
		const alarms = add('IM7', null);
		expect(await outputOf(create(incidentOf(alarms)))).toMatchObject({
			...{ ticket: 'IM7', outcome: 'existing', unlinkedAlarms: [alarms[1]] },
		});
	});

	test('it fails where that is wanted', async () => {
		const alarms = add(null, 'IM7');
		const options = { ifLinked: 'fail' };
		const { error, outcome, ...details } = failureOf(await create(incidentOf(alarms), { options }));
		expect(outcome).toBe('notSent');
		expect(details.alarms).toBe(alarms.join(', '));
		expect(error).toContain(
			`The incident of alarms ${alarms.join(', ')} was not created: ${alarms[0]} belongs to no incident, ${alarms[1]} belongs to IM7. Nothing was sent.`,
		);
	});

	test('different ones are refused, and named', async () => {
		const { error, outcome } = failureOf(await create(incidentOf(add('IM7', 'IM8'))));
		expect(outcome).toBe('notSent');
		expect(error).toMatch(/belongs to IM7, ALM\d+ belongs to IM8\. Nothing was sent\./);
		expect(linked(coc)).toEqual([]);
	});
});

test('items that name the same alarms give one incident, whatever runs at once', async () => {
	const alarms = add(null, null);
	const items = Array.from({ length: 4 }, () => incidentOf(alarms));
	const { success } = await onAlarms(coc, 'createIncident', items);
	expect(success.map(({ json }) => json.outcome)).toEqual([
		...['applied', 'existing', 'existing', 'existing'],
	]);
	expect(new Set(success.map(({ json }) => json.ticket)).size).toBe(1);
	expect(tickets()).toHaveLength(1);
});

test('a dry run reads the alarms, and sends nothing', async () => {
	const alarms = add(null, null);
	const output = await outputOf(create(incidentOf(alarms), { options: { dryRun: true } }));
	expect(output).toMatchObject({
		...{ ticket: null, outcome: 'dryRun', alarms },
		request: { url: `${coc.standIn.url}${LINK}`, body: { alarm_ids: alarms.join(',') } },
	});
	expect(linked(coc)).toEqual([]);
});

describe('before anything is sent, it is refused', () => {
	test.each<[string, Fields, string]>([
		['without alarms', { alarms: '' }, "'Alarms' is empty"],
		['without a title', { title: ' ' }, "'Title' is empty"],
		['without a description', { description: '' }, "'Description' is empty"],
		['without a level', { level: '' }, "'Level' is empty"],
		['without an application', { application: '' }, "'Application' is empty"],
		['for a person who isn’t named', { assignTo: 'person', assignee: '' }, "'Assignee' is empty"],
		[
			'for a shift without role',
			{ assignTo: 'shift', assigneeScene: 'night', assigneeRole: '' },
			"'Shift Role' is empty",
		],
	])('%s', async (_name, fields, reason) => {
		const { error, outcome } = failureOf(await create(incidentOf('ALM1', fields)));
		expect({ outcome, requests: coc.requests() }).toEqual({ outcome: 'notSent', requests: [] });
		expect(error).toContain(`was not created: ${reason}`);
	});

	test('where an alarm can’t be read', async () => {
		const [alarm] = add(null);
		const { error, outcome } = failureOf(await create(incidentOf([alarm, 'ALM404'])));
		expect(outcome).toBe('notSent');
		expect(error).toContain('the alarm ALM404 can\'t be read: "The alarm ALM404 does not exist."');
		expect(linked(coc)).toEqual([]);
	});
});

describe('when the answer is lost,', () => {
	const lost = (fault: Fault) => coc.standIn.fault({ ...fault, match: { path: LINK } });

	/** Does something as soon as the call has arrived. */
	const afterLink = (work: () => unknown) => {
		const { requests } = coc.standIn;
		const push = requests.push.bind(requests);
		requests.push = (...arrived) => {
			if (arrived.some(({ path }) => path === LINK)) work();
			return push(...arrived);
		};
	};

	test('the incident that the alarms name is the one', async () => {
		lost({ kind: 'resetAfter' });
		const output = await outputOf(create(incidentOf(add(null, null))));
		expect(output).toMatchObject({ outcome: 'recovered', ticket: tickets()[0]?.number });
		expect(linked(coc)).toHaveLength(1);
	});

	test('and all alarms have none for ten seconds, it is sent once more', async () => {
		lost({ kind: 'resetBefore' });
		const output = await outputOf(create(incidentOf(add(null, null))));
		expect(output).toMatchObject({ outcome: 'applied', ticket: tickets()[0]?.number });
		expect(tickets()).toHaveLength(1);
		const [first, second] = coc.requests().filter(({ path }) => path === LINK);
		expect(second!.at - first!.at).toBeGreaterThanOrEqual(10_000);
	});

	test('and it is lost again, it is sent no third time', async () => {
		lost({ kind: 'resetBefore', times: 9 });
		const { error, outcome } = failureOf(await create(incidentOf(add(null))));
		expect([outcome, linked(coc).length, tickets()]).toEqual(['unknown', 2, []]);
		expect(error).toContain('belongs to no incident');
	});

	test('and the alarms can’t be read any more, it is unknown and not sent again', async () => {
		const alarms = add(null, null);
		lost({ kind: 'resetAfter' });
		afterLink(() => coc.standIn.fault({ kind: 'status', status: 403, times: 99 }));
		const { error, outcome } = failureOf(await create(incidentOf(alarms)));
		expect(outcome).toBe('unknown');
		expect(error).toContain(
			'before you repeat it, look whether the alarms have an incident now, and among COC\'s incidents for "Disks are full"',
		);
		expect(linked(coc)).toHaveLength(1);
	});

	test('and only some of the alarms have one, it is unknown, with what was seen', async () => {
		const [first, second] = add(null, null);
		coc.standIn.fault({ kind: 'resetBefore', times: 9, match: { path: LINK } });
		afterLink(() => (coc.standIn.alarms.get(first)!.incident = 'IM9'));
		const { error, outcome } = failureOf(await create(incidentOf([first, second])));
		expect(outcome).toBe('unknown');
		expect(error).toContain(`${first} belongs to IM9, ${second} belongs to no incident`);
		expect(linked(coc)).toHaveLength(1);
	});

	test('Retry On Fail doesn’t repeat what may have been created', async () => {
		const [first, second] = add(null, null);
		coc.standIn.fault({ kind: 'resetBefore', times: 9, match: { path: LINK } });
		afterLink(() => (coc.standIn.alarms.get(first)!.incident = 'IM9'));
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
		const { executionError } = await onAlarms(
			coc,
			'createIncident',
			[incidentOf([first, second])],
			{ ...node, onError: 'stopWorkflow' },
		);
		expect(executionError?.message).toContain('It is not known whether the incident of alarms');
		expect(linked(coc)).toHaveLength(1);
	});
});

test('a refusal is COC’s own, and names the permission', async () => {
	const alarms = add(null, null);
	const message = 'The application does not exist.';
	coc.standIn.fault({
		...{ kind: 'errorCode', status: 400, code: 'COC.00010002', message, match: { path: LINK } },
	});
	const { error, outcome } = failureOf(await create(incidentOf(alarms)));
	expect(outcome).toBe('refused');
	expect(error).toContain(message);
	const permissions = ['alarm:get (not published)'];
	coc.credential.data.token = coc.standIn.issueToken({ permissions });
	expect(failureOf(await create(incidentOf(alarms))).error).toContain(
		'coc:alarm:createAlarmLinkedIncident',
	);
});
