// Creating an incident: what is sent, what comes out, what is refused.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { failureOf, operate, OTHER, refusedInput } from '../../../support/operate.cts';
import { NODE, OPERATOR, SUCCESS, useCoc } from '../../../support/coc.cts';
import { creations, incident } from './newIncident.cts';

const coc = useCoc();
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const everything = {
	application: byId('65f1a2b3c4d5e6f708192a3b'),
	description: ' Since noon, all cards ',
	enterpriseProject: { __rl: true, mode: 'list', value: '0', cachedResultName: 'default' },
	ownership: 'Proactive O&M',
	region: 'cn-north-4',
	startTime: '2026-03-22T15:15:06Z',
};

describe('the request is the one that the COC contract shows, byte for byte,', () => {
	const required =
		'"incident_level":"level_20","is_service_interrupt":"true","incident_type":"inc_type_p_function_issues","incident_title":"Payments fail","incident_source":"incident_source_alarm","creator":"7da46971b7e24eed90cf777cc2ff8b91"';

	test.each<[string, object, INodeParameters, string]>([
		['for a person', {}, {}, `{${required},"incident_assignee":["${OTHER}"]}`],
		[
			'for a shift',
			{ assignTo: 'shift', assigneeScene: 'night', assigneeRole: 'db' },
			{},
			`{${required},"assignee_scene":"night","assignee_role":"db"}`,
		],
		[
			'with every field',
			{},
			{ additionalFields: everything },
			`{${required},"region":["cn-north-4"],"enterprise_project":["0"],"current_cloud_service":["65f1a2b3c4d5e6f708192a3b"],"incident_description":"Since noon, all cards","incident_ownership":"Proactive O&M","start_time":1774192506000,"incident_assignee":["${OTHER}"]}`,
		],
	])('%s', async (_name, fields, parameters, body) => {
		const run = await operate(coc, 'create', [incident(fields)], { parameters });
		expect(run.failed.map(({ json }) => json.error)).toEqual([]);
		const [request] = coc.requests();
		expect(`${request?.method} ${request?.url}`).toBe('POST /v1/external/incident/create');
		expect(creations(coc)).toEqual([body]);
	});

	test('with the text "false" for a service that was not interrupted', async () => {
		await operate(coc, 'create', [incident({ serviceInterrupted: false })]);
		expect(creations(coc)[0]).toContain('"is_service_interrupt":"false"');
	});
});

test('each item gives its new ticket’s number', async () => {
	const items = [incident({ title: ' One ' }), incident({ title: 'Two', level: 'own_level' })];
	const { success, failed } = await operate(coc, 'create', items);
	expect(failed).toEqual([]);
	expect(success).toEqual(
		[
			{ title: 'One', level: 'P2' },
			{ title: 'Two', level: 'own_level' },
		].map(({ title, level }, item) => {
			const ticket = coc.standIn.tickets.all().find((one) => one.title === title)!.number;
			return {
				json: {
					...{ ticket, title, level, type: 'Function' },
					...{ source: 'Alarm', creator: OPERATOR, serviceInterrupted: true },
					assignee: OTHER,
					outcome: 'applied',
					response: { ...SUCCESS, data: { incident_num: ticket } },
				},
				pairedItem: { item },
			};
		}),
	);
	expect(Object.keys(success[0]!.json)).toEqual([
		...['ticket', 'outcome', 'title', 'level', 'type', 'assignee', 'creator'],
		...['source', 'serviceInterrupted', 'response'],
	]);
});

test('an answer that tells no number is still a creation', async () => {
	coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify(SUCCESS) });
	const parameters = { options: { waitUntilAvailable: true } };
	const { success } = await operate(coc, 'create', [incident()], { parameters });
	expect(success[0]?.json).toMatchObject({ outcome: 'applied', ticket: null, available: false });
	expect(coc.requests()).toHaveLength(1);
});

test('a dry run says what would be sent and sends nothing', async () => {
	const parameters = { options: { dryRun: true, waitUntilAvailable: true } };
	const { success } = await operate(coc, 'create', [incident()], { parameters });
	expect(success[0]?.json).toEqual({
		...{ ticket: null, title: 'Payments fail', level: 'P2' },
		...{ type: 'Function', source: 'Alarm' },
		...{ creator: OPERATOR, serviceInterrupted: true, assignee: OTHER },
		...{ outcome: 'dryRun', response: null },
		request: {
			method: 'POST',
			url: `${coc.standIn.url}/v1/external/incident/create`,
			body: {
				...{ incident_level: 'level_20', is_service_interrupt: 'true' },
				...{ incident_type: 'inc_type_p_function_issues', incident_title: 'Payments fail' },
				...{ incident_source: 'incident_source_alarm', creator: OPERATOR },
				incident_assignee: [OTHER],
			},
		},
		wouldBeAccepted: null,
	});
	expect(coc.requests()).toEqual([]);
});

test('what was added comes out as well, and the shift', async () => {
	const fields = incident({ assignTo: 'shift', assigneeScene: 'night', assigneeRole: 'db' });
	const parameters = {
		additionalFields: {
			...{ application: byId('app'), description: 'All of them', enterpriseProject: byId('0') },
			...{ ownership: 'Proactive O&M', region: 'cn-north-4', startTime: 1_774_163_706_000 },
		},
	};
	const { success } = await operate(coc, 'create', [fields], { parameters });
	expect(success[0]?.json).toMatchObject({
		...{ outcome: 'applied', assigneeScene: 'night', assigneeRole: 'db', application: 'app' },
		...{ description: 'All of them', enterpriseProject: '0', ownership: 'Proactive O&M' },
		...{ region: 'cn-north-4', startTime: '2026-03-22T07:15:06.000Z' },
	});
});

test('once COC shows the ticket, it gives all that Get gives, people’s names too', async () => {
	const parameters = { options: { waitUntilAvailable: true } };
	const { success } = await operate(coc, 'create', [incident()], { parameters });
	const { ticket } = success[0]!.json;
	const read = await operate(coc, 'get', [{ ticket }]);
	expect(success[0]?.json).toMatchObject(read.success[0]!.json);
	expect(success[0]?.json).toMatchObject({ available: true, assigneeName: 'user-ffffffff' });
});

describe('before anything is sent, it is refused', () => {
	const shift = { assignTo: 'shift', assigneeScene: 'night', assigneeRole: 'db' };
	test.each<[string, object, INodeParameters, string]>([
		['without a title', { title: '\n' }, {}, "'Title' is empty"],
		['with a title of 201 characters', { title: 'x'.repeat(201) }, {}, "'Title' is 201"],
		['without a level', { level: '' }, {}, "'Level' is empty"],
		['without a source', { source: null }, {}, "'Source' is empty"],
		['without a type', { type: ' ' }, {}, "'Type' is empty"],
		['without a creator', { creator: '' }, {}, "'Creator' is empty"],
		['without an assignee', { assignee: '' }, {}, "'Assignee' is empty"],
		['with an unclear switch', { serviceInterrupted: 1 }, {}, "'Service Interrupted' must be"],
		['for nobody', { assignTo: 'all' }, {}, "'Assign To' must be"],
		['for a shift without scene', { ...shift, assigneeScene: '' }, {}, "'Shift Scene' is empty"],
		['for a shift without role', { ...shift, assigneeRole: '' }, {}, "'Shift Role' is empty"],
		...Object.entries({
			Application: { application: byId('') },
			Description: { description: '' },
			'Enterprise Project': { enterpriseProject: byId(' ') },
			Ownership: { ownership: '' },
			Region: { region: '' },
			'Start Time': { startTime: '' },
		}).map(([label, additionalFields]): [string, object, INodeParameters, string] => [
			`with an empty ${label}`,
			{},
			{ additionalFields },
			`'${label}' is empty`,
		]),
		[
			'with a description of 601 characters',
			{},
			{ additionalFields: { description: 'x'.repeat(601) } },
			"'Description' is 601",
		],
	])('%s', async (_name, fields, parameters, reason) => {
		const error = await refusedInput(coc, 'create', incident(fields), parameters);
		expect(error).toContain(`The incident was not created: ${reason}`);
	});
});

describe('COC’s refusal is told with its reason', () => {
	test('in its own words', async () => {
		const message = 'The creator does not exist.';
		coc.standIn.fault({ kind: 'errorCode', status: 400, code: 'COC.00010002', message });
		const { error, ...details } = failureOf(await operate(coc, 'create', [incident()]));
		expect(details).toMatchObject({ outcome: 'refused', ticket: null, errorCode: 'COC.00010002' });
		expect(error).toMatch(
			/^The incident was not created: "The creator does not exist\." \(COC\.00010002, HTTP 400\)\. Nothing was changed\. Check that level/,
		);
		expect(coc.requests()).toHaveLength(1);
	});

	test('for a user without the permission, whose IAM action is named', async () => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:get'] });
		const { error } = failureOf(await operate(coc, 'create', [incident()]));
		expect(error).toContain('coc:ticket:create');
	});
});

test('in Continue mode a failed item goes on as an error, in Stop mode it ends the run', async () => {
	const items = () => [incident(), incident({ title: '' }), incident()];
	const going = await operate(coc, 'create', items(), { onError: 'continueRegularOutput' });
	expect(going.success.map(({ json }) => json.outcome ?? 'error')).toEqual([
		...['applied', 'error', 'applied'],
	]);
	const stopping = await operate(coc, 'create', items(), { onError: 'stopWorkflow' });
	expect(stopping.executionError).toMatchObject({
		node: { name: NODE },
		context: { itemIndex: 1 },
	});
});
