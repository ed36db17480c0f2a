/** One COC Incident Trigger on n8n-core's own poll executor, in front of the stand-in for COC. */
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach } from '@jest/globals';
import { PollContext, PollTriggerExecutor } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	INodeExecutionData,
	IPollFunctions,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData } from '../../engine/context.cts';
import { Container, loadPackage } from '../../engine/index.cts';
import type { Packages, StoredCredential } from '../../engine/index.cts';
import {
	startStandIn,
	type StandIn,
	type StandInOptions,
	type Ticket,
} from '../../standin/index.cts';

export const TYPE = 'n8n-nodes-huaweicloud-coc.cocIncidentTrigger';
export const NODE = 'COC Incident Trigger';

/** What the node gives out for an event. */
export interface EventJson extends IDataObject {
	event: string;
	ticket: string;
	oldStatus: string | null;
	newStatus: string;
	at: string;
	incident: IDataObject;
}

export interface PollError extends Error {
	description?: string;
	httpCode?: string;
	failure?: { cause: string; retryAfterMs?: number };
}

/** What came of one poll. */
export interface Polled {
	/** The events, in their order; null when the poll gave nothing. */
	events: EventJson[] | null;
	error: PollError | null;
}

/** What n8n has in its database. */
export interface Store {
	staticData: IDataObject;
	/** With durable cursors the node's memory is here: of every poll, but the one of an activation. */
	cursor?: IDataObject;
}

export interface ActivateOptions {
	parameters?: IDataObject;
	/** n8n's database: what it has stored of the workflow's memory. A fresh one by default. */
	store?: Store;
	mode?: WorkflowExecuteMode;
	budgetMs?: number;
}

/** An activated workflow with nothing but the trigger. */
export interface Activated {
	/** One tick of n8n's clock. */
	poll(): Promise<Polled>;
	/** The memory as it is in this n8n process. */
	memory(): IDataObject;
	/** What n8n has stored: it does so when a poll emits, and on activation. */
	store: Store;
}

export interface Coc {
	packages: Packages;
	standIn: StandIn;
	credential: StoredCredential;
	/** Activates the workflow, as a start of n8n or the editor's switch does: that polls at once. */
	activate(options?: ActivateOptions): Promise<Activated & { first: Polled }>;
	/** One tick of an n8n that takes the workflow from its database each time. */
	tick(options: ActivateOptions): Promise<Polled>;
}

let nodes = 0;

/** Starts the stand-in before each test of a file and stops it again. */
export function useCoc(now?: () => number, options: StandInOptions = {}): Coc {
	const coc = {} as Coc;
	beforeAll(async () => {
		coc.packages = await loadPackage(join(__dirname, '..', '..', '..'));
	});
	beforeEach(async () => {
		coc.standIn = await startStandIn({ ...options, ...(now && { now }) });
		const data = { endpoint: coc.standIn.url, token: coc.standIn.issueToken() };
		coc.credential = { id: 'a', name: 'COC', type: 'huaweiCloudCocApi', data };
		// Polls of one node know of each other, so each test has its own.
		nodes++;
	});
	afterEach(() => coc.standIn.close());

	coc.activate = async (options = {}) => {
		const activated = create(coc, options);
		const first = await activated.poll(true);
		if (first.error) throw first.error;
		return { ...activated, poll: () => activated.poll(false), first };
	};
	coc.tick = async (options) => await create(coc, options).poll(false);
	return coc;
}

function create(
	{ packages, credential }: Coc,
	{ parameters = {}, store = { staticData: {} }, mode = 'trigger', budgetMs }: ActivateOptions,
) {
	const workflow = new Workflow({
		id: `workflow-${nodes}`,
		name: 'Workflow',
		nodes: [
			{
				id: '1',
				name: NODE,
				type: TYPE,
				typeVersion: 1,
				position: [0, 0],
				parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
				credentials: { huaweiCloudCocApi: { id: 'a', name: 'COC' } },
			},
		],
		connections: {},
		active: true,
		nodeTypes: packages,
		staticData: structuredClone(store.staticData),
	});
	const node = workflow.getNode(NODE)!;
	const additionalData = createAdditionalData(packages, { a: credential }, mode);
	const save = () => {
		store.staticData = structuredClone(
			JSON.parse(JSON.stringify(workflow.staticData)),
		) as IDataObject;
	};

	async function poll(isActivation: boolean): Promise<Polled> {
		const polled: Polled = { events: null, error: null };
		const staged = structuredClone(store.cursor);
		const commit = () => {
			if (staged) store.cursor = structuredClone(staged);
		};
		const emit = ([items = []]: INodeExecutionData[][]) => {
			polled.events = items.map(({ json }) => json as EventJson);
			commit();
			save();
		};
		const fail = (error: Error) => (polled.error = error);
		const context = new PollContext(
			workflow,
			node,
			additionalData,
			mode,
			isActivation ? 'activate' : 'update',
			emit,
			fail,
			async () => await Promise.resolve(commit()),
			undefined,
			staged && (() => staged),
			budgetMs === undefined ? undefined : () => budgetMs,
		);
		const execute = Container.get(PollTriggerExecutor).create(
			workflow,
			node,
			context as IPollFunctions,
			() => true,
		);
		try {
			await execute(isActivation);
		} catch (error) {
			fail(error as Error);
		}
		if (isActivation) save();
		return polled;
	}
	return { poll, store, memory: () => workflow.getStaticData('node', node) };
}

/** Short for tests: which event of which ticket. */
export function named({ events, error }: Polled): string[] {
	if (error) throw error;
	return (events ?? []).map(({ event, ticket }) => `${event} ${ticket}`);
}

/** A change of status as a handler makes it, with the history's word for it. */
export function move(standIn: StandIn, ticket: string, status: Ticket['status'], at: number) {
	const actions: Record<string, string> = {
		INCIDENT_STATUS_ACKNOWLEDGED: 'acceptedIncident1',
		INCIDENT_STATUS_RESOLVED: 'commitSolution1',
		INCIDENT_STATUS_COMPLETED: 'confirm',
		INCIDENT_STATUS_REJECTED: 'rejected',
	};
	const handled = status === 'INCIDENT_STATUS_RESOLVED' ? { handleTime: at } : {};
	standIn.changeTicket(ticket, { status, ...handled }, { action: actions[status] ?? 'ReOpen', at });
}
