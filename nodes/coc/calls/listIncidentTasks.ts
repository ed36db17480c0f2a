import type { ReadCall } from '../call';
import { asNonEmptyText, recordsOf, type JsonRecord } from '../json';
import { urlEncoded } from '../url';

/** Something that can be done with a ticket now. */
export interface OfferedAction {
	/** What it is known by. */
	key: string;
	/** The `action` to send: the key exactly as COC gives it, blanks included. */
	action: string;
	/** Sent with it: it names one run of one step of COC's flow. Null when COC gives none. */
	taskId: string | null;
	node: TaskNode;
}

/** The step of COC's flow that offers it. */
export interface TaskNode {
	/** `OperateNode`, `ApprovalNode`, `PauseNode`, `MutilateInstanceNode` (sic: several people). */
	type: string | null;
	key: string | null;
	/** For display only, often in Chinese. */
	name: string | null;
}

/** IAM action of the call. */
export const LIST_ACTIONS = 'coc:ticket:listActions';

/** The v2 call that lists what can be done with an incident now: `GET /v2/incidents/{incident_id}/tasks`. */
export function tasksOf(ticket: string): ReadCall<JsonRecord[]> {
	return {
		what: 'list of possible actions',
		iamAction: LIST_ACTIONS,
		request: { method: 'GET', path: `/v2/incidents/${urlEncoded(ticket)}/tasks` },
		take({ envelope }) {
			const { data } = envelope ?? {};
			return data === null || data === undefined ? [] : recordsOf(data);
		},
	};
}

/** What can be done, without the tasks around it. */
export function actionsOf(ticket: string): ReadCall<OfferedAction[]> {
	const { take, ...call } = tasksOf(ticket);
	return {
		...call,
		take(answer) {
			const tasks = take(answer);
			return tasks && actionsIn(tasks);
		},
	};
}

/** The actions that tasks offer. */
export function actionsIn(tasks: JsonRecord[]): OfferedAction[] {
	return tasks.flatMap(readTask);
}

/** A text that says something, with the white space around it. */
function asGiven(value: unknown): string | null {
	return asNonEmptyText(value) === null ? null : String(value);
}

/** Some operations have no task ID of their own: then one of the same task counts. */
function readTask({ type, key: nodeKey, name, operations }: JsonRecord): OfferedAction[] {
	const node = {
		type: asNonEmptyText(type),
		key: asNonEmptyText(nodeKey),
		name: asNonEmptyText(name),
	};
	const records = recordsOf(operations) ?? [];
	const shared = records.map(({ task_id }) => asGiven(task_id)).find((id) => id !== null);
	return records.flatMap((record) => {
		const action = asGiven(record.key);
		const taskId = asGiven(record.task_id) ?? shared ?? null;
		return action === null ? [] : [{ key: action.trim(), action, taskId, node }];
	});
}
