// Reading an incident: what is asked, ten fields and people's names in English, all that COC gives, what fails.
import { describe, expect, test } from '@jest/globals';
import { DETAIL, failureOf, operate, refusedInput } from '../../../support/operate.cts';
import { NODE, OPERATOR, useCoc } from '../../../support/coc.cts';
import { useQuickTime } from '../../../support/quickTime.cts';

useQuickTime();
const coc = useCoc();
const CREATED = Date.parse('2026-03-22T15:15:06Z');

/** COC gives exactly this detail. */
const answers = (data: unknown, times = 1) =>
	coc.standIn.fault({
		kind: 'raw',
		status: 200,
		body: JSON.stringify({
			...{ provider_code: '049', error_code: 'GOM.00000000', error_msg: null },
			data,
		}),
		times,
	});

test('one request is made for each item, and its number is encoded', async () => {
	await operate(coc, 'get', [{ ticket: 'IM1/2' }, { ticket: coc.ticket() }]);
	const [first, second] = coc.requests();
	expect(`${first?.method} ${first?.url}`).toBe('GET /v1/external/incident/IM1%2F2');
	expect(second?.url).toMatch(/^\/v1\/external\/incident\/IM\d+$/);
	expect(coc.requests()).toHaveLength(2);
	expect(first?.body).toHaveLength(0);
});

test('ten fields and people’s names come out, in English, with ISO times', async () => {
	const ticket = coc.ticket({
		...{ title: 'Payments fail', level: 'level_10', createTime: CREATED },
		...{ isServiceInterrupt: true, assignee: 'f'.repeat(32) },
	});
	const { success } = await operate(coc, 'get', [{ ticket: 'IM404' }, { ticket }]);
	expect(success).toEqual([
		{
			json: {
				ticket,
				title: 'Payments fail',
				status: 'To Be Verified',
				level: 'P1',
				type: 'Function',
				source: 'Manual creation',
				assignee: 'f'.repeat(32),
				assigneeName: 'user-ffffffff',
				creator: OPERATOR,
				creatorName: 'user-7da46971',
				serviceInterrupted: true,
				createdAt: '2026-03-22T15:15:06.000Z',
			},
			pairedItem: { item: 1 },
		},
	]);
	expect(Object.keys(success[0]!.json)).toEqual([
		...['ticket', 'title', 'status', 'level', 'type', 'source'],
		...['assignee', 'assigneeName', 'creator', 'creatorName', 'serviceInterrupted', 'createdAt'],
	]);
});

describe('simplified,', () => {
	const simplified = async (data: object) => {
		answers({ incident_num: 'IM1', ...data });
		const { success } = await operate(coc, 'get', [{ ticket: 'IM1' }]);
		return success[0]?.json;
	};

	test.each<[string, object, object]>([
		['what isn’t there is null', {}, { title: null, status: null, assignee: null, level: null }],
		['what is empty is null', { incident_title: '', incident_assignee: [] }, { title: null }],
		['a list of one is its value', { incident_assignee: ['u1'] }, { assignee: 'u1' }],
		['a switch may be a text', { is_service_interrupt: 'false' }, { serviceInterrupted: false }],
		['an unclear switch is null', { is_service_interrupt: 1 }, { serviceInterrupted: null }],
		[
			'a time may be a text',
			{ create_time: `${CREATED}` },
			{ createdAt: '2026-03-22T15:15:06.000Z' },
		],
		['what is no time is null', { create_time: 'yesterday' }, { createdAt: null }],
		['our words stand in for missing labels', { incident_level: 'level_20' }, { level: 'P2' }],
		['what nobody knows is shown as it is', { status: 'PAUSED' }, { status: 'PAUSED' }],
		[
			'the tenant’s own labels come first',
			{
				incident_level: 'level_20',
				incident_type: 'own',
				enum_data_list: [
					{ filed_key: 'level_id', enum_key: 'level_20', name_zh: '严重', name_en: 'Severe' },
					{ filed_key: 'mtm_type', enum_key: 'own', name_zh: '自', name_en: 'Home-made' },
				],
			},
			{ level: 'Severe', type: 'Home-made' },
		],
		[
			'labels that say nothing don’t count',
			{ incident_level: 'level_20', enum_data_list: [null, 7, { enum_key: 'level_20' }] },
			{ level: 'P2' },
		],
	])('%s', async (_name, data, expected) => {
		expect(await simplified(data)).toMatchObject(expected);
	});
});

test('without Simplify it is COC’s data as it is', async () => {
	const data = { incident_num: 'IM1', status: 'X', list: [{ a: null }], 验证: '✅' };
	answers(data);
	const { success } = await operate(coc, 'get', [{ ticket: 'IM1', simplify: false }]);
	expect(success[0]?.json).toEqual(data);
	expect(success[0]?.pairedItem).toEqual({ item: 0 });
});

describe('a read that fails says why, and claims nothing of a change:', () => {
	test('a ticket that doesn’t exist', async () => {
		const { error, ...details } = failureOf(await operate(coc, 'get', [{ ticket: 'IM404' }]));
		expect(details).toMatchObject({
			outcome: 'notRead',
			errorCode: 'COC.00067003',
			ticket: 'IM404',
		});
		expect(error).toMatch(
			/^Ticket IM404 was not read: "The ticket IM404 does not exist\." \(COC\.00067003, HTTP 400\)\. Check the ticket number.*\.$/,
		);
	});

	test('no permission, whose IAM action is named', async () => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:list'] });
		const { error, outcome } = failureOf(await operate(coc, 'get', [{ ticket: coc.ticket() }]));
		expect(outcome).toBe('notRead');
		expect(error).toContain('coc:ticket:get');
	});

	test.each<[string, unknown]>([
		['no data', null],
		['a list', []],
		['a text', 'IM1'],
		['something else', { total: 0 }],
	])('an answer with %s for an incident', async (_name, data) => {
		answers(data, 9);
		const { error, outcome } = failureOf(await operate(coc, 'get', [{ ticket: 'IM1' }]));
		expect(outcome).toBe('notRead');
		expect(error).toContain('was not read: COC answered, but without the incident. ');
	});
});

test('whatever may pass is tried again', async () => {
	coc.standIn.fault({ kind: 'resetBefore', match: { path: DETAIL } });
	coc.standIn.fault({ kind: 'status', status: 503, code: 'APIGW.0201', match: { path: DETAIL } });
	const { success } = await operate(coc, 'get', [{ ticket: coc.ticket() }]);
	expect(success[0]?.json).toMatchObject({ status: 'To Be Verified' });
	expect(coc.requests()).toHaveLength(3);
});

test('the time-out of the options holds for each request', async () => {
	coc.standIn.fault({ kind: 'hang', times: 9 });
	const parameters = { options: { timeout: 200 } };
	const run = await operate(coc, 'get', [{ ticket: coc.ticket() }], { parameters });
	expect(failureOf(run).error).toMatch(/no answer came from 127\.0\.0\.1:\d+ within 200 ms/);
});

test.each<[string, object, string]>([
	['without a ticket', { ticket: '' }, "'Ticket' is empty"],
	['with an unclear output', { ticket: 'IM1', output: 'perhaps' }, `'Output' must be "simple"`],
])('%s nothing is asked', async (_name, fields, reason) => {
	const error = await refusedInput(coc, 'get', { ...fields });
	expect(error).toContain(`was not read: ${reason}`);
});

test('in Continue mode a failed item goes on as an error, in Stop mode it ends the run', async () => {
	const items = () => [coc.ticket(), 'IM404', coc.ticket()].map((ticket) => ({ ticket }));
	const going = await operate(coc, 'get', items(), { onError: 'continueRegularOutput' });
	expect(going.success.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
	const stopping = await operate(coc, 'get', items(), { onError: 'stopWorkflow' });
	expect(stopping.executionError).toMatchObject({
		node: { name: NODE },
		context: { itemIndex: 1 },
	});
});
