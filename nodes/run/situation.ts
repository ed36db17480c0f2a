import type { CocClient } from '../client/client';
import type { ReadCoc } from '../client/read';
import { historyOf } from '../coc/calls/listHistories';
import { actionsOf, type OfferedAction } from '../coc/calls/listIncidentTasks';
import { incidentWithState, type IncidentWithState } from '../coc/calls/showCocIncidentDetail';
import { cleanText } from '../coc/cleanText';
import type { History } from '../coc/history';
import { timeOf } from '../coc/json';
import { labelOf, stepOffered, type StepKind } from '../coc/lifecycle';
import { COMPLETED, describeStatus } from '../coc/statuses';
import type { Read } from '../errors/failure';
import type { Operation } from './operation';

/** A ticket as it is now, and what COC says can be done with it. */
export interface Situation extends IncidentWithState {
	offered: OfferedAction[];
	/** Read when it is needed. */
	history(): Promise<Read<History>>;
}

/** What it takes to look at a ticket. */
export interface Looking {
	ticket: string;
	client: CocClient;
	readCoc: ReadCoc;
}

/** The status and then what is possible: the same key may mean another thing in another status. */
export async function readSituation(looking: Looking): Promise<Read<Situation>> {
	const { ticket, readCoc } = looking;
	const found = await readCoc(incidentWithState(ticket));
	if (!found.ok) return found;
	const offered = await readOffered(looking, found.value);
	if (!offered.ok) return offered;
	const history = async () => await readCoc(historyOf(ticket));
	return { ok: true, value: { ...found.value, offered: offered.value, history } };
}

/** COC creates tickets asynchronously: how long one counts as new, and how long it is waited for. In ms. */
const NEW = { for: 60_000, total: 10_000, between: 2000 } as const;

async function readOffered(
	{ ticket, client, readCoc }: Looking,
	{ incident, state }: IncidentWithState,
): Promise<Read<OfferedAction[]>> {
	const { clock, stop } = client;
	const createdAt = timeOf(incident.create_time);
	const isNew = () =>
		createdAt !== null && clock.now() + (client.clockOffset ?? 0) - createdAt < NEW.for;
	const endsAt = clock.now() + NEW.total;
	for (;;) {
		const offered = await readCoc(actionsOf(ticket));
		const isWaiting = state.status !== COMPLETED && isNew() && clock.now() < endsAt;
		if (!offered.ok || offered.value.length > 0 || !isWaiting) return offered;
		if (stop.reason !== null) return offered;
		await stop.sleep(NEW.between);
	}
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

/** The actions that COC offers now, each key of a node once. */
export function possibleActions(
	{ state, offered }: Situation,
	operations: Operation[],
): PossibleAction[] {
	const actions = offered.map(({ key, node }): PossibleAction => {
		const kind = stepOffered(key, state.status);
		return {
			operation: kind && operationFor(kind, operations),
			key,
			label: kind === null ? key : labelOf(kind),
			node: node.name ?? node.key,
			nodeType: node.type,
		};
	});
	return [...new Map(actions.map((action) => [JSON.stringify(action), action])).values()];
}

function operationFor(kind: StepKind, operations: Operation[]): string | null {
	const found = operations.find(({ step }) => step === kind);
	return found ? String(found.option.value) : null;
}

/** Most actions named in a message; COC may list a thousand tasks. */
const MOST_NAMED = 20;

/** "its status is "Accepted" (…)", and what is possible instead. */
export function describeSituation(
	situation: Situation,
	operations: Operation[],
): { status: string; possible: string[]; sentence: string } {
	const actions = possibleActions(situation, operations);
	const named = actions.map(({ label, key }) => (label === key ? key : `${label} (${key})`));
	const labels = [...new Set(named.map((name) => cleanText(name.slice(0, 100)) ?? '?'))];
	const more = labels.length > MOST_NAMED ? ' …' : '';
	const list = labels.slice(0, MOST_NAMED).join(', ') + more;
	return {
		status: `its status is ${describeStatus(situation.state.status)}`,
		possible: [...new Set(actions.flatMap(({ operation }) => operation ?? []))],
		sentence: `Possible now: ${list === '' ? 'nothing' : list}.`,
	};
}
