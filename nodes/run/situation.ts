import type { CocClient } from '../client/client';
import type { ReadCoc } from '../client/read';
import { historyOf } from '../coc/calls/listHistories';
import { actionsIn, tasksOf, type OfferedAction } from '../coc/calls/listIncidentTasks';
import { incidentWithState, type IncidentWithState } from '../coc/calls/showCocIncidentDetail';
import { cleanText } from '../coc/cleanText';
import type { History } from '../coc/history';
import { timeOf, type JsonRecord } from '../coc/json';
import { APPROVAL_NODES, labelOf, PAUSE_NODE, stepOffered, type StepKind } from '../coc/lifecycle';
import { COMPLETED, describeStatus, DRAFT } from '../coc/statuses';
import { waitingRequest, type RequestKind } from '../coc/waitingRequest';
import type { Read } from '../errors/failure';
import type { Operation } from './operation';

/** A ticket as it is now, and what COC says can be done with it. */
export interface Situation extends IncidentWithState {
	offered: OfferedAction[];
	/** The tasks that offer it, as COC gives them. */
	tasks: JsonRecord[];
	/** Read when it is needed. */
	history(): Promise<Read<History>>;
}

/** What it takes to look at a ticket. */
export interface Looking {
	ticket: string;
	client: CocClient;
	readCoc: ReadCoc;
}

/** COC creates tickets asynchronously: how long one counts as new, and how long it is waited for. In ms. */
const NEW = { for: 60_000, total: 10_000, between: 2000 } as const;

/**
 * Reads a ticket and then what is possible, so that nothing lies between that and a write. A new ticket
 * for which COC offers nothing yet is waited for.
 *
 * @param readsHistory whether the history is read as well, before what is possible
 */
export async function readSituation(
	{ ticket, client, readCoc }: Looking,
	readsHistory: boolean,
): Promise<Read<Situation>> {
	const { clock, stop } = client;
	const readHistory = async () => await readCoc(historyOf(ticket));
	const endsAt = clock.now() + NEW.total;
	for (;;) {
		const found = await readCoc(incidentWithState(ticket));
		if (!found.ok) return found;
		const early = readsHistory ? await readHistory() : null;
		const read = await readCoc(tasksOf(ticket));
		if (!read.ok) return read;
		const tasks = read.value;
		const offered = actionsIn(tasks);
		const isThere = offered.length > 0 && found.value.state.status !== DRAFT;
		const mayCome = isNew(found.value, client) && clock.now() < endsAt && stop.reason === null;
		if (isThere || !mayCome) {
			const history = async () => early ?? (await readHistory());
			return { ok: true, value: { ...found.value, offered, tasks, history } };
		}
		await stop.sleep(NEW.between);
	}
}

function isNew({ incident, state }: IncidentWithState, client: CocClient): boolean {
	const createdAt = timeOf(incident.create_time);
	const now = client.clock.now() + (client.clockOffset ?? 0);
	return createdAt !== null && now - createdAt < NEW.for && state.status !== COMPLETED;
}

/** The offered actions that stand for a step in the ticket's status. */
export function offersOf(
	kind: StepKind,
	status: string,
	offered: OfferedAction[],
): OfferedAction[] {
	return offered.filter(({ key, node }) => stepOffered(key, status, node.type) === kind);
}

/** The request that waits for the answer that COC offers, when the history shows exactly one. */
export function requestIn(history: History, offered: OfferedAction[]): RequestKind | null {
	const nodes = offered.map(({ node }) => node.type);
	return waitingRequest(history, {
		isPaused: nodes.includes(PAUSE_NODE),
		hasSeveralApprovers: nodes.includes(APPROVAL_NODES.several),
	});
}

/** An action that COC offers, in the node's words. */
export interface PossibleAction {
	/** The node's operation for it; null for none. */
	operation: string | null;
	/** COC's key. */
	key: string;
	label: string;
	/** The name of the step in COC's flow that offers it, or its key. */
	node: string | null;
	nodeType: string | null;
}

/** The actions that COC offers now, each key of a step in its flow once. */
export function possibleActions(
	{ state, offered }: Situation,
	operations: Operation[],
): PossibleAction[] {
	const isFirst = ({ key, node }: OfferedAction, index: number) =>
		offered.findIndex((other) => other.key === key && other.node === node) === index;
	return offered.filter(isFirst).map(({ key, node }): PossibleAction => {
		const kind = stepOffered(key, state.status, node.type);
		return {
			operation: kind && operationFor(kind, operations),
			key,
			label: kind === null ? key : labelOf(kind),
			node: node.name ?? node.key,
			nodeType: node.type,
		};
	});
}

function operationFor(kind: StepKind, operations: Operation[]): string | null {
	const found = operations.find(({ step }) => step === kind);
	return found ? String(found.option.value) : null;
}

/** Most actions named in a message; COC may list a thousand tasks. */
const MOST_NAMED = 20;

/** "the ticket's status is "Accepted" (…)", and what is possible instead. */
export function describeSituation(
	situation: Situation,
	operations: Operation[],
): { status: string; possible: string[]; sentence: string } {
	const actions = possibleActions(situation, operations);
	const isPaused = situation.offered.some(({ node }) => node.type === PAUSE_NODE);
	const named = actions.map(({ label, key }) => (label === key ? key : `${label} (${key})`));
	const labels = [...new Set(named.map((name) => cleanText(name.slice(0, 100)) ?? '?'))];
	const more = labels.length > MOST_NAMED ? ' …' : '';
	const list = labels.slice(0, MOST_NAMED).join(', ') + more;
	return {
		status: `the ticket's status is ${describeStatus(situation.state.status)}${isPaused ? ', and it is paused' : ''}`,
		possible: [...new Set(actions.flatMap(({ operation }) => operation ?? []))],
		sentence: `Possible now: ${list === '' ? 'nothing' : list}.`,
	};
}
