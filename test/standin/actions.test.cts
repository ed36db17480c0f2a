// v2's tasks and actions: what waits now, and that only that can be done, by its task's ID.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { act, done, offered, send, taskFor, tasksOf } from './actor.cts';
import { call, HANDLE, handling, OPERATOR, refuses, verifying } from './client.cts';
import { openApproval, type StandIn, startStandIn, type Ticket } from './index.cts';
import { accepted, fresh } from './sampleActions.cts';

let standIn: StandIn;
beforeAll(async () => {
	standIn = await startStandIn();
});
afterAll(() => standIn.close());

const add = (fields: Partial<Ticket> = {}) => standIn.addTicket(fields);
const reject = { action: 'rejected', params: { virtual_confirm_comment: 'Not ours' } };

describe('what is offered', () => {
	const level = openApproval({
		kind: 'level',
		level: 'level_50',
		approvers: ['a', 'b'],
		all: true,
	});
	const handling = 'OperateNode commitSolution acceptedForward';
	test.each<[string, Partial<Ticket>, string[]]>([
		['a draft', { status: 'incident_draft' }, []],
		['a new ticket', fresh, ['OperateNode accepted rejected unAcceptedForward addRemark']],
		['a rejected one', { status: 'INCIDENT_STATUS_REJECTED' }, ['OperateNode ReOpen agreed']],
		['an accepted one', accepted, [`${handling} changeLevel incidentPause addRemark`]],
		[
			'one whose pause waits for approval',
			{ ...accepted, approval: openApproval() },
			[`${handling} addRemark`, 'ApprovalNode agreed rejected'],
		],
		[
			'one whose level waits for everybody',
			{ ...accepted, approval: level },
			[`${handling} addRemark`, 'MutilateInstanceNode agreed rejected'],
		],
		['a paused one', { ...accepted, paused: true }, ['PauseNode recovery addRemark']],
		['a solved one', {}, ['OperateNode confirm addRemark']],
		[
			'a solved one with an open approval',
			{ approval: openApproval() },
			['OperateNode confirm addRemark', 'ApprovalNode agreed rejected'],
		],
		['a completed one', { status: 'INCIDENT_STATUS_COMPLETED' }, []],
	])('by %s', async (_what, fields, wanted) => {
		expect(await offered(standIn, add(fields).number)).toEqual(wanted);
	});

	test('has an ID in the first operation of each node only, and names for display', async () => {
		const [operate, approval] = await tasksOf(
			standIn,
			add({ ...accepted, approval: level }).number,
		);
		expect([operate?.name, approval?.name]).toEqual(['处理', '降级一审并签']);
		for (const { operations, state, key } of [operate!, approval!]) {
			expect(state).toBe('running');
			expect(key).toMatch(/^node_[0-9a-f]{6}$/);
			const [first, ...others] = operations.map(({ task_id }) => task_id);
			expect(first).toMatch(/^[0-9a-f]{32}$/);
			expect(others).toEqual(others.map(() => ''));
		}
		const [paused] = await tasksOf(standIn, add({ ...accepted, paused: true }).number);
		expect(paused?.state).toMatch(/^susp/);
	});

	test('by a ticket that was added in the middle has an entry of who asked for it', () => {
		const actionsOf = (fields: Partial<Ticket>) =>
			add({ ...accepted, ...fields }).history.map(({ action }) => action);
		expect(actionsOf({ paused: true })).toEqual(['incidentPause']);
		expect(actionsOf({ approval: openApproval() })).toEqual(['incidentPause']);
		expect(actionsOf({ approval: level })).toEqual(['changeLevel']);
		expect(actionsOf({ approval: level, history: [] })).toEqual([]);
	});
});

describe('a task', () => {
	const moves: Array<[string, (ticket: Ticket) => unknown]> = [
		['v2’s action', ({ number }) => act(standIn, number, 'accepted')],
		['v1’s call', ({ number }) => call(standIn, HANDLE, { body: accept(number) })],
		['somebody in the console', ({ number }) => standIn.changeTicket(number, accepted)],
		['a forward', ({ number }) => act(standIn, number, 'unAcceptedForward', to('another'))],
	];
	const accept = (number: string) => handling(number, 'acceptedIncident1');
	const to = (virtual_send_assignee: string) => ({ virtual_send_assignee });

	test.each(moves)('is used up by %s, for good', async (_what, move) => {
		const ticket = add(fresh);
		const task_id = await taskFor(standIn, ticket.number, 'rejected');
		await move(ticket);
		refuses(await send(standIn, ticket.number, { task_id, ...reject }), /does not wait/);
		standIn.changeTicket(ticket.number, accepted);
		standIn.changeTicket(ticket.number, fresh);
		refuses(await send(standIn, ticket.number, { task_id, ...reject }), /does not wait/);
		done(await act(standIn, ticket.number, 'rejected', reject.params));
	});

	test('stays after a remark, a refused action, and what changes no status', async () => {
		const { number } = add(fresh);
		const task_id = await taskFor(standIn, number, 'rejected');
		done(await act(standIn, number, 'addRemark', { note: 'Looking' }));
		refuses(await act(standIn, number, 'rejected', {}), /is missing/);
		standIn.changeTicket(number, { level: 'level_10' });
		standIn.changeTicket(number, {}, { action: 'addRemark' });
		expect(await taskFor(standIn, number, 'rejected')).toBe(task_id);
		done(await send(standIn, number, { task_id, ...reject }));
	});

	test('of an earlier solution can’t refuse a later one', async () => {
		const { number } = add();
		const task_id = await taskFor(standIn, number, 'confirm');
		const params = (verifying(number, false) as { parameter: unknown }).parameter;
		done(await send(standIn, number, { task_id, action: 'confirm', params }));
		standIn.changeTicket(number, { status: 'INCIDENT_STATUS_RESOLVED' });
		refuses(await send(standIn, number, { task_id, action: 'confirm', params }), /does not wait/);
	});
});

describe('an action is refused and changes nothing', () => {
	test.each<[string, Partial<Ticket>, object, RegExp]>([
		['another task', fresh, { ...reject, task_id: 'x' }, /does not wait/],
		['an empty task', fresh, { ...reject, task_id: '' }, /\[task_id\]/],
		['no task', fresh, { ...reject, task_id: null }, /\[task_id\]/],
		['a task that is too long', fresh, { ...reject, task_id: 'x'.repeat(101) }, /\[task_id\]/],
		['an action that isn’t offered', {}, reject, /does not offer rejected/],
		['v1’s name of an action', fresh, { action: 'acceptedIncident1' }, /does not offer/],
		['an object’s own word', fresh, { action: 'constructor' }, /does not offer/],
		['an operator', fresh, { ...reject, operator: OPERATOR }, /\[operator\] is unknown/],
	])('with %s', async (_what, fields, body, message) => {
		const ticket = add(fields);
		const { status, history, moves } = structuredClone(ticket);
		const [task] = await tasksOf(standIn, ticket.number);
		const task_id = task?.operations[0]?.task_id;
		refuses(await send(standIn, ticket.number, { task_id, ...body }), message);
		expect(ticket).toMatchObject({ status, history, moves });
		expect(standIn.requests.at(-1)).toMatchObject({ applied: false });
	});

	test('with the task of another node', async () => {
		const { number } = add({ ...accepted, approval: openApproval() });
		const task_id = await taskFor(standIn, number, 'commitSolution');
		const params = { pause_approve_conclusion: true, note: 'Yes' };
		refuses(await send(standIn, number, { task_id, action: 'agreed', params }), /does not offer/);
	});

	test('for an unknown ticket', async () => {
		refuses(await send(standIn, 'IM1', { task_id: 'x', ...reject }), /not exist/, 'COC.00067003');
	});
});
