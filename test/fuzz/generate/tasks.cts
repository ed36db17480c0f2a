/** What COC says can be done with a ticket now, as plain or as odd as wanted. */
import { CHARACTERS, type Random } from '../../support/random.cts';
import { oddEnvelope, plainEnvelope } from './envelope.cts';
import { anyJson, anyName, objectOf, SECRET, spelled } from './json.cts';
import { STATUS, type Ticket } from './record.cts';

/** A place in COC's flow: whose keys go with which ID. */
export interface FlowNode {
	type: string;
	key: string;
	operations: Array<{ task_id: string; key: string }>;
}

/** What decides where the flow of a ticket is. */
export interface Flow {
	ticket: Ticket;
	/** Counts the runs of its nodes: each has IDs of its own. */
	run: number;
	/** Nodes where somebody has to approve, and whether all of several have to. */
	approvals: number;
	several: boolean;
	paused: boolean;
}

const KEYS: Record<string, string[]> = {
	[STATUS.triggered]: ['accepted', 'rejected', 'unAcceptedForward', 'addRemark'],
	[STATUS.rejected]: ['ReOpen', 'agreed', 'addRemark'],
	[STATUS.acknowledged]: [
		...['commitSolution', 'acceptedForward', 'changeLevel', 'incidentPause', 'addRemark'],
	],
	[STATUS.resolved]: ['confirm', 'addRemark'],
};

export function nodesOf({ ticket, run, approvals, several, paused }: Flow): FlowNode[] {
	const node = (type: string, key: string, keys: string[]): FlowNode => ({
		type,
		key,
		operations: keys.map((one) => ({ task_id: `task-${run}-${key}`, key: one })),
	});
	const approval = several ? 'MutilateInstanceNode' : 'ApprovalNode';
	return [
		paused
			? node('PauseNode', 'n1', ['recovery', 'addRemark'])
			: node('OperateNode', 'n1', KEYS[ticket.status] ?? []),
		...Array.from({ length: approvals }, (_, index) =>
			node(approval, `n${index + 2}`, ['agreed', 'rejected']),
		),
	].filter(({ operations }) => operations.length > 0);
}

/** Of all IDs of a node some may be empty: then that of another one counts. */
function emptied(random: Random, nodes: FlowNode[]): FlowNode[] {
	return nodes.map((node) => {
		const kept = random.below(node.operations.length);
		const operations = node.operations.map(({ task_id, key }, index) => ({
			task_id: index !== kept && random.once(4) ? '' : task_id,
			key,
		}));
		return { ...node, operations };
	});
}

export function tasksBody(random: Random, flow: Flow, isOdd: boolean): string {
	const nodes = emptied(random, nodesOf(flow));
	if (!isOdd) return plainEnvelope(random, listOf(nodes.map((node) => nodeText(random, node))));
	const texts = nodes.map((node) =>
		nodeText(random, random.once(2) ? oddNode(random, node) : node),
	);
	if (random.once(3)) spoil(random, texts);
	const list = listOf(texts);
	const data = random.once(8)
		? random.pick([`[${list}]`, `{"a":${list}}`, 'null', anyJson(random)])
		: list;
	return random.once(6) ? oddEnvelope(random, data) : plainEnvelope(random, data);
}

const listOf = (texts: string[]) => `[${texts.join(',')}]`;

function nodeText(random: Random, { type, key, operations }: FlowNode): string {
	const fields: Array<[string, string]> = [
		['"type"', JSON.stringify(type)],
		['"key"', JSON.stringify(key)],
		['"name"', '"处理"'],
		['"state"', '"running"'],
		['"operations"', listOf(operations.map((one) => operationText(random, one)))],
	];
	if (random.once(30)) fields.splice(random.below(fields.length), 1);
	if (random.once(30)) fields[random.below(fields.length)]![1] = anyJson(random, 2);
	if (random.once(60)) fields.push([anyName(random), anyJson(random, 2)]);
	return objectOf(fields);
}

function operationText(random: Random, { task_id, key }: FlowNode['operations'][number]): string {
	if (!random.once(60)) return JSON.stringify({ task_id, key });
	return random.pick([
		objectOf([
			['"task_id"', spelled(random, task_id)],
			['"key"', spelled(random, key)],
		]),
		objectOf([
			['"task_id"', '5'],
			['"key"', JSON.stringify(key)],
		]),
		objectOf([
			['"task_id"', anyJson(random, 1)],
			['"key"', JSON.stringify(key)],
		]),
		objectOf([
			['"task_id"', JSON.stringify(task_id)],
			['"key"', anyJson(random, 1)],
		]),
		objectOf([['"task_id"', JSON.stringify(task_id)]]),
		objectOf([['"key"', JSON.stringify(key)]]),
		...['null', '5', '"addRemark"', '[]'],
	]);
}

function oddNode(random: Random, node: FlowNode): FlowNode {
	const { operations } = node;
	const changes: Array<() => FlowNode> = [
		// None of the node's own has an ID.
		() => ({ ...node, operations: operations.map(({ key }) => ({ task_id: '', key })) }),
		() => ({
			...node,
			type: random.pick(['PauseNode', 'MutilateInstanceNode', 'X', ' ', 'EndNode']),
		}),
		() => ({ ...node, key: random.pick(['', 'n1', random.text(20, CHARACTERS)]) }),
		() => ({
			...node,
			operations: operations.map((one) => ({ ...one, key: oddKey(random, one.key) })),
		}),
		() => ({
			...node,
			operations: [...operations, ...operations.map((one) => ({ ...one, task_id: 'other' }))],
		}),
		() => ({
			...node,
			operations: operations.map((one, at) => ({ ...one, task_id: `own-${at}` })),
		}),
		() => ({ ...node, operations: operations.filter(() => random.once(2)) }),
	];
	return random.pick(changes)();
}

function oddKey(random: Random, key: string): string {
	if (random.once(2)) return key;
	return random.pick([
		...[key.toLowerCase(), key.toUpperCase(), ` ${key}`, `${key}1`, `${key}\n`, 'constructor'],
		...['agreed', 'rejected', 'confirm', 'recovery', 'Reopen', 'incidentChangeLevel1'],
		...['a\u202eb\r\nX: c', 'k'.repeat(1000), `key ${SECRET}`, random.text(20, CHARACTERS)],
	]);
}

/** Other lists than COC's own: nodes twice, in another order, thousands of them, or no nodes. */
function spoil(random: Random, texts: string[]) {
	switch (random.below(6)) {
		case 0:
			if (texts[0] !== undefined) texts.push(texts[0]);
			break;
		case 1:
			texts.push(random.pick(['null', '5', '"agreed"', '[]', 'true', '{}', '{"__proto__":{}}']));
			break;
		case 2:
			texts.length = 0;
			break;
		case 3: {
			const count = random.pick([1, 10, random.once(10) ? 1000 : 1]);
			for (let index = 0; index < count; index++) {
				texts.push(`{"type":"X","operations":[{"task_id":"x${index}","key":"another ${index}"}]}`);
			}
			break;
		}
		case 4:
			texts.push(
				'{"type":"ApprovalNode","operations":[{"task_id":"a2","key":"agreed"},{"task_id":"","key":"rejected"}]}',
			);
			break;
		default:
			texts.reverse();
	}
}
