import { expect } from '@jest/globals';
import { type Answered, call } from './client.cts';
import type { StandIn } from './index.cts';

export interface Task {
	type: string;
	key: string;
	name: string;
	state: string;
	operations: Array<{ task_id: string; key: string }>;
}

/** What waits for a user: by default the one whose all tokens are. */
export async function tasksOf(standIn: StandIn, ticket: string, userId?: string): Promise<Task[]> {
	const token = standIn.issueToken(userId === undefined ? {} : { userId });
	const { json } = await call(standIn, `/v2/incidents/${ticket}/tasks`, { token });
	return (json as { data: Task[] }).data;
}

/** The nodes and the keys that each of them offers. */
export async function offered(standIn: StandIn, ticket: string, userId?: string) {
	const tasks = await tasksOf(standIn, ticket, userId);
	return tasks.map(({ type, operations }) => [type, ...operations.map(({ key }) => key)].join(' '));
}

/** The ID of the first task that offers the key. */
export async function taskFor(standIn: StandIn, ticket: string, key: string): Promise<string> {
	const tasks = await tasksOf(standIn, ticket);
	const task = tasks.find(({ operations }) => operations.some((one) => one.key === key));
	return task?.operations.find(({ task_id }) => task_id !== '')?.task_id ?? 'none';
}

/** Sends a body of v2's actions. */
export function send(
	standIn: StandIn,
	ticket: string,
	body: object,
	userId?: string,
): Promise<Answered> {
	const token = standIn.issueToken(userId === undefined ? {} : { userId });
	return call(standIn, `/v2/incidents/${ticket}/actions`, { body, token });
}

/** Acts as a client does: by the task that offers the key now. */
export async function act(
	standIn: StandIn,
	ticket: string,
	action: string,
	params?: unknown,
	userId?: string,
): Promise<Answered> {
	const task_id = await taskFor(standIn, ticket, action);
	return await send(standIn, ticket, { task_id, action, params }, userId);
}

/** The answer of an action that was done: without data. */
export function done({ status, json }: Answered): void {
	expect({ status, json }).toEqual({
		status: 200,
		json: { provider_code: '049', error_code: 'GOM.00000000', error_msg: null },
	});
}
