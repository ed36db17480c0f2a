/** Whether what was sent to COC is what it had offered right before, with the params of the contract. */
import { isDeepStrictEqual as equal } from 'node:util';
import { ACTIONS, PAUSE_UNTIL, type Action, type ItemFields } from './contract.cts';
import type { Exchanged } from './generate/deployment.cts';
import type { ActionItem } from './item.cts';
import {
	dataOf,
	isObject,
	mayBeSuccess,
	mustBeSuccess,
	objectIn,
	own,
	type Came,
	type Fields,
} from './oracle.cts';
import { entriesOf, plain, statusOf } from './recordOracle.cts';
import { reopenFault } from './reopenOracle.cts';
import { certainRequest, type Nodes } from './requestOracle.cts';

export const answered = ({ came }: Exchanged): Came | undefined =>
	typeof came === 'object' ? came : undefined;

/** What the tasks offer for an action: its key as it is there, and the IDs that may go with it. */
export interface Offered {
	key: string;
	ids: string[];
	/** Its place in the list, and whether somebody has to approve there. */
	node: number;
	isApproval: boolean;
}

/** A text that says something; an ID may come as a number. */
function textOf(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** The same with the white space around it: keys and IDs are sent as they were given. */
const givenIn = (value: unknown): string | undefined =>
	textOf(value) === undefined ? undefined : String(value);

/** The nodes that an answer to the tasks call lists; undefined when it lists none. */
export function nodesIn(came: Came | undefined): Fields[] | undefined {
	const data = came && mayBeSuccess(came) ? own(objectIn(came) ?? {}, 'data') : undefined;
	return Array.isArray(data) ? data.filter(isObject) : undefined;
}

const APPROVALS = ['ApprovalNode', 'MutilateInstanceNode'];

/** Its own ID, and when it has none that of a sibling in the same node. */
export function offersIn(nodes: Fields[], keys: readonly string[]): Offered[] {
	return nodes.flatMap((node, place) => {
		const isApproval = APPROVALS.includes(textOf(own(node, 'type')) ?? '');
		const operations = own(node, 'operations');
		const all = Array.isArray(operations) ? operations.filter(isObject) : [];
		const siblings = all.flatMap((one) => givenIn(own(one, 'task_id')) ?? []);
		return all.flatMap((one) => {
			const key = givenIn(own(one, 'key'));
			const id = givenIn(own(one, 'task_id'));
			if (key === undefined || !keys.includes(key.trim())) return [];
			return [{ key, ids: id === undefined ? siblings : [id], node: place, isApproval }];
		});
	});
}

/**
 * What is wrong with a write of v2.
 *
 * @param reads what was read since the write before it
 */
export function sentFault(
	{ asked }: ActionItem,
	{ sent }: Exchanged,
	reads: Exchanged[],
): string | null {
	const action: Action = ACTIONS[asked.name];
	const last = (kind: Exchanged['kind']) => {
		const one = reads.findLast((read) => read.kind === kind);
		return one && answered(one);
	};
	const [detail, tasks, history] = [last('detail'), last('tasks'), last('history')];
	const status = detail && statusOf(detail);
	const nodes = nodesIn(tasks);
	if (status === undefined || nodes === undefined)
		return 'sent without having read what is possible';
	if (!isObject(sent)) return 'sent something else';
	const { task_id: id, action: key, params, ...more } = sent;
	if (Object.keys(more).length > 0) return 'sent more than task_id, action and params';
	const offered = offersIn(nodes, action.keys);
	const fitting = offered.filter((one) => one.key === key && one.ids.includes(String(id)));
	if (typeof id !== 'string' || fitting.length === 0) return 'sent what is not offered';
	if (!isObject(params)) return 'sent without params';

	const decides = asked.name === 'approve' || asked.name === 'refuse';
	const isNow = action.from.some((one) => plain(one) === plain(status));
	// `agreed` and `rejected`: the node decides, else the status. Other keys mean one thing only.
	const isShared = ['agreed', 'rejected'].includes(String(key).trim());
	const means = fitting.some(({ isApproval }) => (isApproval ? decides : isNow));
	if (isShared && !means) return 'sent a key that means another thing now';
	if (!decides) return paramsFault(asked.name, asked.fields, params, detail!);
	const entries = history && entriesOf(history, asked.ticket);
	// Without the right to read it the user's own choice has to do.
	const isForbidden = history?.status === 403 && asked.fields.request !== 'automatic';
	if (!isForbidden && !(history && mayBeSuccess(history))) return 'decided without the history';
	const isWholeHistory = entries !== undefined;
	const seen = certainRequest(entries ?? [], nodesOf(nodes));
	const { kind, fault } = decisionOf(params, asked.name === 'approve', asked.fields);
	if (fault !== null) return fault;
	const { request } = asked.fields;
	if (request === 'automatic' && !(isWholeHistory && seen === kind)) return 'guessed the request';
	if (request !== 'automatic' && request !== kind)
		return 'decided another request than the wanted one';
	if (isWholeHistory && seen !== null && seen !== kind) return 'decided against the history';
	const approvals = offered.filter(({ isApproval }) => isApproval);
	const ids = new Set(approvals.flatMap((one) => one.ids));
	const places = new Set(approvals.map(({ node }) => node));
	if (places.size > 1 && ids.size > 1 && seen === null) return 'guessed the node';
	return null;
}

/** A success that any reader takes for one. */
const isPlain = (came: Came | undefined) => came !== undefined && mustBeSuccess(came);

/** Whether nothing was sent though all that was read says that it is this user's turn. */
export function heldBack({ asked, log, actor, result }: ActionItem): boolean {
	const { name, ticket, fields } = asked;
	const decides = name === 'approve' || name === 'refuse';
	const order = decides ? ['detail', 'tasks', 'history'] : ['detail', 'tasks'];
	const last = log.slice(-order.length);
	// Where a token was refused, another user's may have come in its place.
	const isEasy =
		last.every((one, at) => one.kind === order[at] && isPlain(answered(one))) &&
		!(actor !== null && log.some((one) => answered(one)?.status === 401));
	const [detail, tasks, history] = last.map(answered);
	const action: Action = ACTIONS[name];
	const nodes = nodesIn(tasks);
	if (!isEasy || !detail || nodes === undefined || result.outcome !== 'notSent') return false;
	if (!action.from.includes(statusOf(detail) ?? '')) return false;
	const [offer, ...more] = offersIn(nodes, action.keys);
	if (offer?.ids[0] === undefined || more.length > 0) return false;
	if (name === 'changeLevel') return !hasLevel(detail, fields);
	if (!decides) return true;
	const entries = history && entriesOf(history, ticket);
	const seen = entries && certainRequest(entries, nodesOf(nodes));
	return !!seen && (fields.request === 'automatic' || fields.request === seen);
}

const hasLevel = (detail: Came, { level }: ItemFields) =>
	textOf(own(dataOf(detail) ?? {}, 'incident_level')) === level;

function nodesOf(nodes: Fields[]): Nodes {
	const types = nodes.map((node) => textOf(own(node, 'type')));
	return { isPaused: types.includes('PauseNode'), several: types.includes('MutilateInstanceNode') };
}

function decisionOf(params: Fields, agreed: boolean, fields: ItemFields) {
	const note = fields.comment;
	const isPause = equal(params, { pause_approve_conclusion: agreed, note });
	const isLevel = equal(params, { conclusion: agreed, note });
	const kind = isPause ? ('pause' as const) : ('level' as const);
	return { kind, fault: isPause || isLevel ? null : 'sent other params than a decision has' };
}

/** Of the calls that need nothing but the item's fields and the ticket. */
function paramsFault(
	name: string,
	fields: ItemFields,
	params: Fields,
	detail: Came,
): string | null {
	if (name === 'changeLevel' && hasLevel(detail, fields)) {
		return 'asked for the level that the ticket has';
	}
	if (name === 'reopen') return reopenFault(fields, params, dataOf(detail) ?? {});
	return equal(params, PARAMS[name]!(fields)) ? null : 'sent other params';
}

const PARAMS: Record<string, (fields: ItemFields) => Fields> = {
	addRemark: ({ remark }) => ({ note: remark }),
	changeLevel: ({ level, reason }) => ({
		virtual_target_level: level,
		virtual_change_level_comment: reason,
	}),
	close: () => ({}),
	forward: ({ assignee, assigneeScene, assigneeRole, comment, analysis }) => ({
		...(assignee !== undefined
			? { virtual_send_assignee: assignee }
			: { virtual_schedule_type: assigneeScene, virtual_schedule_role: assigneeRole }),
		virtual_send_comment: comment,
		...(analysis !== undefined && { virtual_current_location_info: analysis }),
	}),
	pause: ({ reason }) => ({ pause_end_time: PAUSE_UNTIL, pause_reason: reason }),
	reject: ({ reason }) => ({ virtual_confirm_comment: reason }),
	resume: () => ({}),
};

/** What is wrong with a write of v1. */
export function handledFault({ asked }: ActionItem, { sent }: Exchanged): string | null {
	const { fields, ticket, name } = asked;
	const { type, cause, solution, serviceInterrupted, startTime, recoveryTime } = fields;
	const parameter =
		name === 'accept'
			? {}
			: {
					...{ mtm_type: type, is_service_interrupt: serviceInterrupted, cause, solution },
					...(serviceInterrupted === true && {
						start_time: startTime,
						fault_recovery_time: recoveryTime,
					}),
				};
	const body = {
		...{ incident_num: ticket, operator: fields.operator, parameter },
		operate_key: ACTIONS[asked.name].keys[0],
	};
	return equal(sent, body) ? null : 'sent another body';
}
