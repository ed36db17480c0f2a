/** Points about tasks and histories. */
import {
	assumed,
	count,
	every,
	kindOf,
	notTried,
	otherwise,
	tally,
	untold,
	type Point,
} from '../finding.cts';
import {
	asNonEmptyText,
	asRecord,
	first,
	historyRecords,
	keysOf,
	knownStatus,
	readStatus,
	recordsOf,
	stepOffered,
	stepOfKeys,
	ACCEPTED,
} from '../product.cts';
import { dataOf, entriesOf, isSuccess, type Look, nodesOf, type Seen } from '../seen.cts';

const looksAt = (seen: Seen, call: string) =>
	[...seen.of(`sample:${call}`), ...seen.of(`story:${call}`)].filter(isSuccess);

/** Of each ticket the nodes of its tasks, and the status that its detail showed just before. */
function taskLooks(seen: Seen) {
	const details = looksAt(seen, 'detail');
	return looksAt(seen, 'tasks').map((look) => {
		const detail = details.find(({ ticket }) => ticket === look.ticket);
		return {
			look,
			detail,
			status: (detail && readStatus(detail.read)) ?? '',
			nodes: nodesOf(look),
		};
	});
}

const tasksCut: Point = (seen) => {
	const { caller } = seen.about;
	if (caller === null) return notTried('who the caller is isn’t known: name it by --operator');
	const foreign = taskLooks(seen).filter(({ detail, status }) => {
		const data = detail && dataOf(detail);
		const people = [first(data?.incident_assignee), data?.creator];
		return /TRIGGERED|ACKNOWLEDGED|RESOLVED/.test(status) && !people.includes(caller);
	});
	if (foreign.length === 0) return notTried('no open ticket of other people was among those read');
	const empty = foreign.filter(({ nodes }) => nodes.length === 0);
	const told = `${empty.length} of ${count(foreign.length, 'open ticket')} of other people without tasks`;
	return empty.length > 0 ? otherwise(told) : assumed(told);
};

const operationsOf = (node: Record<string, unknown>) => recordsOf(node.operations) ?? [];
const hasId = ({ task_id }: Record<string, unknown>) => asNonEmptyText(task_id) !== null;

const taskIds: Point = (seen) => {
	const nodes = seen.all.filter(({ request }) => request.path.endsWith('/tasks')).flatMap(nodesOf);
	const offering = nodes.filter((node) => operationsOf(node).length > 0);
	const found = every(
		offering,
		['node', 'nodes'],
		(node) => operationsOf(node).some(hasId),
		() => 'a node without any task_id',
	);
	const bare = offering.flatMap(operationsOf).filter((one) => !hasId(one));
	if (found.verdict !== 'as assumed') return found;
	return assumed(`${found.seen}; ${count(bare.length, 'operation')} take a sibling’s`);
};

/** Actions of the story whose operation had no task_id of its own. */
const siblingTask: Point = (seen) => {
	const sent = seen.of('story:*').flatMap((look) => {
		const { action, task_id } = asRecord(look.request.body) ?? {};
		if (typeof action !== 'string' || !look.request.path.endsWith('/actions')) return [];
		const before = seen
			.of('story:offered')
			.filter(({ at }) => at <= look.at)
			.at(-1);
		const nodes = before ? nodesOf(before).map(operationsOf) : [];
		const node = nodes.find((operations) => operations.some((one) => one.task_id === task_id));
		const own = node?.find(({ key }) => key === action);
		return own === undefined || hasId(own) ? [] : [{ look, action }];
	});
	if (sent.length === 0) return untold(seen, 'an operation without a task_id');
	const done = ({ look }: (typeof sent)[number]) => look.read.outcome === 'applied';
	return every(sent, ['action', 'actions'], done, ({ action }) => action);
};

const actionKeys: Point = (seen) => {
	const known = taskLooks(seen).filter(({ detail }) => detail !== undefined);
	const offered = known.flatMap(({ nodes, status }) =>
		nodes.flatMap((node) =>
			operationsOf(node).map(({ key }) => ({
				key: String(key),
				status,
				type: asNonEmptyText(node.type),
			})),
		),
	);
	return every(
		offered,
		['offered key', 'offered keys'],
		({ key, status, type }) => stepOffered(key, status, type) !== null,
		({ key, status }) => `${key} (${status})`,
	);
};

const TYPES = [
	'StartNode',
	'EndNode',
	'OperateNode',
	'ApprovalNode',
	'PauseNode',
	'MutilateInstanceNode',
];

const nodeTypes: Point = (seen) =>
	every(
		looksAt(seen, 'tasks').flatMap(nodesOf),
		['node', 'nodes'],
		({ type, state }) => TYPES.includes(String(type)) && /^(?:running|susp)/.test(String(state)),
		({ type, state }) => `${String(type)} ${String(state)}`,
	);

const pausedStatus: Point = (seen) => {
	const paused = taskLooks(seen).filter(({ nodes }) =>
		nodes.some(({ type }) => type === 'PauseNode'),
	);
	if (paused.length === 0) return notTried('no paused ticket was among those read');
	const statuses = paused.map(({ status }) => status);
	const isAs = statuses.every((status) => status === ACCEPTED);
	return (isAs ? assumed : otherwise)(`the status of a paused ticket: ${tally(statuses)}`);
};

const histories = (seen: Seen, version: 'v1' | 'v2') => looksAt(seen, `history:${version}`);

const historyTotal: Point = (seen) =>
	every(
		[...histories(seen, 'v1'), ...histories(seen, 'v2')],
		['history', 'histories'],
		({ read, ticket }) => historyRecords(read.envelope, ticket ?? '')?.complete === true,
		(look) => `total ${kindOf(dataOf(look)?.total)}, info ${kindOf(dataOf(look)?.info)}`,
	);

const historyOneTicket: Point = (seen) =>
	every(
		histories(seen, 'v1').filter((look) => Array.isArray(dataOf(look)?.info)),
		['history', 'histories'],
		(look) => (dataOf(look)?.info as unknown[]).length === entriesOf(look).length,
		() => 'entries of another ticket',
	);

/** All but the oldest entry, which is the creation: it has no key that the product knows. */
const afterCreation = (look: Look) => {
	const entries = entriesOf(look);
	const times = entries.map(({ start_time }) => Number(start_time));
	const oldest = times.indexOf(Math.min(...times));
	return entries.filter((entry, at) => at !== oldest || stepOfKeys(keysOf(entry)) !== null);
};

function actions(version: 'v1' | 'v2'): Point {
	return (seen) => {
		const entries = histories(seen, version).flatMap(afterCreation);
		if (entries.length === 0) return notTried('no history has more than the creation');
		const odd = entries.filter(({ action }) => stepOfKeys([action]) === null);
		const told = `\`action\`: ${tally(entries.map(({ action }) => action))}`;
		if (odd.length === 0) return assumed(told);
		const elsewhere = odd.filter((entry) => stepOfKeys(keysOf(entry)) !== null);
		const keys = elsewhere.flatMap((entry) => keysOf(entry).slice(1));
		const found = `the key is in another field of ${elsewhere.length}: ${tally(keys.filter(Boolean))}`;
		return otherwise(
			`${told}; no key of a step in ${odd.length}${elsewhere.length > 0 ? `, ${found}` : ''}`,
		);
	};
}

/** The status at a step is compared with where the product's table says that it leads. */
const historyStatus: Point = (seen) =>
	every(
		histories(seen, 'v1').flatMap(entriesOf),
		['entry', 'entries'],
		({ status }) => knownStatus(status) !== null,
		({ status }) => String(status),
	);

const historyOperator: Point = (seen) => {
	const { caller } = seen.about;
	const look = seen.last('story:history:v1');
	if (look === null || caller === null) return untold(seen, 'the history at its end');
	const operators = afterCreation(look).map(({ operator }) => operator);
	const told = operators.map((operator) => (operator === caller ? 'the caller' : kindOf(operator)));
	if (operators.length === 0) return untold(seen, 'an entry after the creation');
	const isAs = operators.every((operator) => operator === caller);
	return (isAs ? assumed : otherwise)(`the operator of its entries: ${tally(told)}`);
};

export const recordPoints: Record<string, Point> = {
	'tasks-cut': tasksCut,
	'task-ids': taskIds,
	'sibling-task': siblingTask,
	'action-keys': actionKeys,
	'node-types': nodeTypes,
	'paused-status': pausedStatus,
	'history-total': historyTotal,
	'history-one-ticket': historyOneTicket,
	'action-v1': actions('v1'),
	'action-v2': actions('v2'),
	'history-status': historyStatus,
	'history-operator': historyOperator,
};
