// What can be done with an incident now: one item a ticket, in this node's words and in COC's.
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { openApproval } from '../../../standin/index.cts';
import { states } from '../../../support/changes.cts';
import { useCoc } from '../../../support/coc.cts';
import {
	failureOf,
	offerTasks,
	operate,
	OTHER,
	outputOf,
	refusedInput,
	TASKS,
} from '../../../support/operate.cts';
import { inReality, useQuickTime } from '../../../support/quickTime.cts';

useQuickTime();
const coc = useCoc();
const get = (ticket: string) => operate(coc, 'getActions', [{ ticket }]);
interface Action {
	operation: string | null;
	key: string;
	label: string;
	node: string | null;
	nodeType: string | null;
}
const actionsOf = async (ticket: string) =>
	(await outputOf(get(ticket))).actions as unknown as Action[];
const old = () => ({ createTime: Date.now() - 600_000 });
const node = (operations: unknown, more: IDataObject = {}) => ({
	...{ type: 'OperateNode', key: 'n1', name: '处理', state: 'running', operations },
	...more,
});

test('is one item with the status and each action', async () => {
	const ticket = coc.ticket({ status: 'INCIDENT_STATUS_REJECTED' });
	const { success } = await get(ticket);
	const of = { node: '未受理驳回提单人确认', nodeType: 'OperateNode' };
	expect(success).toEqual([
		{
			json: {
				ticket,
				status: 'Rejected',
				actions: [
					{ operation: 'reopen', key: 'ReOpen', label: 'Reopen', ...of },
					{ operation: 'close', key: 'agreed', label: 'Close', ...of },
				],
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(coc.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
		`GET /v1/external/incident/${ticket}`,
		`GET /v2/incidents/${ticket}/tasks`,
	]);
});

test.each(Object.entries(states))('of a ticket %s', async (_state, { ticket, possible }) => {
	const actions = await actionsOf(coc.ticket(ticket()));
	expect(actions.map(({ operation }) => operation)).toEqual(possible);
});

test('tells what an approval and a pause belong to', async () => {
	const status = 'INCIDENT_STATUS_ACKNOWLEDGED';
	const approval = openApproval({
		kind: 'level',
		level: 'level_50',
		approvers: [OTHER],
		all: true,
	});
	const actions = await actionsOf(coc.ticket({ status, approval, paused: true }));
	expect(actions.map(({ label, nodeType, key }) => [label, key, nodeType])).toEqual([
		['Resume', 'recovery', 'PauseNode'],
		['Add Remark', 'addRemark', 'PauseNode'],
		['Approve', 'agreed', 'MutilateInstanceNode'],
		['Refuse', 'rejected', 'MutilateInstanceNode'],
	]);
});

describe('of what COC offers', () => {
	test('unknown keys are kept, without an operation', async () => {
		offerTasks(coc, [node([{ task_id: 't', key: 'ownStep' }, { key: 'addRemark' }])]);
		expect(await actionsOf(coc.ticket(old()))).toEqual([
			{ operation: null, key: 'ownStep', label: 'ownStep', node: '处理', nodeType: 'OperateNode' },
			expect.objectContaining({ operation: 'addRemark', key: 'addRemark' }),
		]);
	});

	test('a key means what it means in the ticket’s status', async () => {
		for (const [status, operation] of [
			['INCIDENT_STATUS_TRIGGERED', 'reject'],
			['INCIDENT_STATUS_ACKNOWLEDGED', 'refuse'],
			['INCIDENT_STATUS_RESOLVED', null],
		] as const) {
			offerTasks(coc, [node([{ task_id: 't', key: 'rejected' }])]);
			expect(await actionsOf(coc.ticket({ status, ...old() }))).toMatchObject([{ operation }]);
		}
	});

	test('the same key of a node is there once, and once for each node', async () => {
		const twice = [
			{ task_id: 'a', key: 'x' },
			{ task_id: 'b', key: 'x' },
		];
		offerTasks(coc, [node(twice), node(twice, { name: 'Other' })]);
		const actions = await actionsOf(coc.ticket(old()));
		expect(actions.map(({ node: name }) => name)).toEqual(['处理', 'Other']);
	});

	test.each<[string, unknown]>([
		['an empty list', []],
		['null', null],
		['nodes without operations', [node([]), node(null), node('x')]],
	])('%s is nothing, and no failure', async (_what, data) => {
		offerTasks(coc, data, 99);
		expect(await actionsOf(coc.ticket(old()))).toEqual([]);
	});

	test.each<[string, unknown]>([
		['a text', 'accepted'],
		['an object', { operations: [] }],
	])('%s is no answer', async (_what, data) => {
		offerTasks(coc, data, 99);
		const { outcome, error } = failureOf(await get(coc.ticket(old())));
		expect(outcome).toBe('notRead');
		expect(error).toContain('without the list of possible actions');
	});
});

describe('of a new ticket, whose tasks come late,', () => {
	test('they are waited for', async () => {
		coc.standIn.quirks.emptyTasksMs = inReality(600);
		const ticket = coc.ticket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		expect(await actionsOf(ticket)).toHaveLength(4);
		const tasks = coc.requests().filter(({ path }) => TASKS.test(path));
		expect(tasks.length).toBeGreaterThan(1);
	});

	test('there are none when they don’t come in some seconds', async () => {
		coc.standIn.quirks.emptyTasksMs = 3_600_000;
		expect(await actionsOf(coc.ticket({ status: 'INCIDENT_STATUS_TRIGGERED' }))).toEqual([]);
	});
});

test('an old ticket without any is not waited for', async () => {
	coc.standIn.quirks.emptyTasksMs = 3_600_000;
	expect(await actionsOf(coc.ticket({ status: 'INCIDENT_STATUS_TRIGGERED', ...old() }))).toEqual(
		[],
	);
	expect(coc.requests()).toHaveLength(2);
});

test('with tasks that are cut to the user’s own, others’ are not there', async () => {
	coc.standIn.quirks.cutsTasks = true;
	const status = 'INCIDENT_STATUS_ACKNOWLEDGED';
	expect(await actionsOf(coc.ticket({ status, assignee: OTHER, ...old() }))).toEqual([]);
});

describe('a read that fails says why:', () => {
	test('a ticket that doesn’t exist', async () => {
		const { outcome, errorCode, possible } = failureOf(await get('IM404'));
		expect({ outcome, errorCode, possible }).toEqual({
			...{ outcome: 'notRead', errorCode: 'COC.00067003', possible: null },
		});
	});

	test.each(['coc:ticket:listActions', 'coc:ticket:get'])('no permission %s', async (missing) => {
		const all = ['coc:ticket:listActions', 'coc:ticket:get'];
		const permissions = all.filter((one) => one !== missing);
		coc.credential.data.token = coc.standIn.issueToken({ permissions });
		const { outcome, error } = failureOf(await get(coc.ticket()));
		expect(outcome).toBe('notRead');
		expect(error).toContain(missing);
	});

	test('in Continue mode as an item, in Stop mode as the end of the run', async () => {
		const items = ['IM404', coc.ticket()].map((ticket) => ({ ticket }));
		const going = await operate(coc, 'getActions', items, { onError: 'continueRegularOutput' });
		expect(going.success.map(({ json }) => 'error' in json)).toEqual([true, false]);
		const stopping = await operate(coc, 'getActions', items, { onError: 'stopWorkflow' });
		expect(stopping.executionError?.message).toBe(
			'The list of available actions of ticket IM404 was not read. [item 0]',
		);
	});

	test('no ticket, before anything is asked', async () => {
		expect(await refusedInput(coc, 'getActions', { ticket: '' })).toContain("'Ticket' is empty");
	});
});
