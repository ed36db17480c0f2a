// v2's tasks and actions: what waits now, and that only that can be done, by its task's ID.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { call, OPERATOR } from './client.cts';
import { type StandIn, startStandIn, type TicketStatus } from './index.cts';

let standIn: StandIn;
beforeAll(async () => {
	standIn = await startStandIn();
});
afterAll(() => standIn.close());

const waiting = (status: TicketStatus) => standIn.addTicket({ status }).number;
const tasksOf = async (ticket: string) => {
	const { json } = await call(standIn, `/v2/incidents/${ticket}/tasks`);
	const { data } = json as { data: Array<{ operations: Array<{ key: string; task_id: string }> }> };
	return data.flatMap(({ operations }) => operations);
};
const act = (ticket: string, body: object) =>
	call(standIn, `/v2/incidents/${ticket}/actions`, { body });
const params = { virtual_confirm_comment: 'Not ours' };

test.each<[TicketStatus, string[]]>([
	['incident_draft', []],
	['INCIDENT_STATUS_TRIGGERED', ['accepted', 'rejected', 'unAcceptedForward', 'addRemark']],
	['INCIDENT_STATUS_REJECTED', ['ReOpen', 'agreed']],
	['INCIDENT_STATUS_RESOLVED', ['confirm', 'addRemark']],
	['INCIDENT_STATUS_COMPLETED', []],
])('in status %s these actions are offered: %j', async (status, keys) => {
	expect((await tasksOf(waiting(status))).map(({ key }) => key)).toEqual(keys);
});

test('a ticket is rejected by its task, which is used up then', async () => {
	const ticket = waiting('INCIDENT_STATUS_TRIGGERED');
	const task_id = (await tasksOf(ticket)).map((one) => one.task_id).find((id) => id !== '');
	const done = await act(ticket, { task_id, action: 'rejected', params });
	expect(done).toMatchObject({ status: 200, json: { error_code: 'GOM.00000000' } });
	expect(done.json).not.toHaveProperty('data');
	expect(standIn.tickets.get(ticket)).toMatchObject({
		status: 'INCIDENT_STATUS_REJECTED',
		history: [{ action: 'rejected', operator: OPERATOR, comment: 'Not ours' }],
	});
	expect((await act(ticket, { task_id, action: 'rejected', params })).status).toBe(400);
});

test.each<[string, TicketStatus, object]>([
	['another task', 'INCIDENT_STATUS_TRIGGERED', { task_id: 'x', action: 'rejected', params }],
	['no task', 'INCIDENT_STATUS_TRIGGERED', { task_id: null, action: 'rejected', params }],
	['an action that isn’t offered', 'INCIDENT_STATUS_RESOLVED', { action: 'rejected', params }],
	['no comment', 'INCIDENT_STATUS_TRIGGERED', { action: 'rejected', params: {} }],
])('with %s it is refused', async (_what, status, body) => {
	const ticket = waiting(status);
	const task_id = (await tasksOf(ticket)).find((one) => one.task_id !== '')?.task_id;
	const { history } = standIn.tickets.get(ticket)!;
	expect((await act(ticket, { task_id, ...body })).status).toBe(400);
	expect(standIn.tickets.get(ticket)).toMatchObject({ status, history });
});
