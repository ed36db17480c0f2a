/** One COC Incident node on n8n's own engine, in front of the stand-in for COC. */
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { loadPackage, runWorkflow } from '../engine/index.cts';
import type { Packages, RunOptions, StoredCredential, WorkflowRun } from '../engine/index.cts';
import { startStandIn, type StandIn, type StandInOptions, type Ticket } from '../standin/index.cts';

export const NODE = 'COC Incident';
export const TYPE = 'n8n-nodes-huaweicloud-coc.cocIncident';
export const OPERATOR = '7da46971b7e24eed90cf777cc2ff8b91';
export const SUCCESS = {
	provider_code: '049',
	error_code: 'GOM.00000000',
	error_msg: null,
	data: null,
};

/** What an item brings for the node's fields; what it leaves out is valid, by a new ticket. */
export interface Fields {
	ticket?: unknown;
	operator?: unknown;
	result?: unknown;
	comment?: unknown;
	[other: string]: unknown;
}

/** A failed item's json. */
export interface FailedJson {
	error: string;
	details: {
		outcome: string;
		ticket: string | null;
		errorCode: string | null;
		httpStatus: number | null;
		requestId: string | null;
		hint: string;
		/** The node's operations that COC offers instead; null where it wasn't asked. */
		possible: string[] | null;
		/** Labels of the fields that are at fault. */
		fields: string[] | null;
		/** What the item is about, by the key of its resource. */
		[subject: string]: unknown;
	};
}

export interface Verification extends WorkflowRun {
	/** What left by the node's success output. */
	success: INodeExecutionData[];
	/** What left by its error output. */
	failed: Array<INodeExecutionData & { json: FailedJson & IDataObject }>;
}

export interface Coc {
	packages: Packages;
	standIn: StandIn;
	/** The node's credential, for the stand-in and with a good token unless a test changes it. */
	credential: StoredCredential;
	/** The workflow's; none of its own unless a test gives one. */
	timezone?: string | undefined;
	/** A new ticket's number; it waits for verification unless told otherwise. */
	ticket(fields?: Partial<Ticket>): string;
	/** The requests that arrived, for this ticket or at all. */
	requests(ticket?: string): StandIn['requests'];
	/**
	 * Tickets → Prepared → COC Incident → Verified, Not Verified. The node reads its fields from
	 * the items; `node` changes its settings and parameters. On Error is its error output.
	 */
	run(items: Fields[], node?: Partial<INode>, more?: Partial<RunOptions>): Promise<Verification>;
	/** The same, with what an item leaves out for a verification. */
	verify(items: Fields[], node?: Partial<INode>, more?: Partial<RunOptions>): Promise<Verification>;
}

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** Starts the stand-in before each test of a file and stops it again. */
export function useCoc(options: StandInOptions = {}): Coc {
	const coc = {} as Coc;

	coc.ticket = (fields) => coc.standIn.addTicket(fields).number;
	coc.requests = (ticket) =>
		coc.standIn.requests.filter((request) => ticket === undefined || request.ticket === ticket);
	coc.verify = async (items, node, more) =>
		await coc.run(
			items.map((fields) => ({
				operator: OPERATOR,
				result: true,
				comment: 'Works again',
				...('ticket' in fields ? {} : { ticket: coc.ticket() }),
				...fields,
			})),
			node,
			more,
		);
	coc.run = async (items, node = {}, more = {}) => {
		const run = await runWorkflow({
			packages: coc.packages,
			credentials: { [coc.credential.id]: coc.credential },
			input: items as IDataObject[],
			workflow: {
				...verifyWorkflow({
					credentials: { huaweiCloudCocApi: { id: coc.credential.id, name: 'COC' } },
					...node,
				}),
				...(coc.timezone !== undefined && { settings: { timezone: coc.timezone } }),
			},
			...more,
		});
		const token = ((coc.credential.data.token ?? '') as string).trim();
		if (token !== '') expect(run.dump().includes(token)).toBe(false);
		return Object.assign(run, {
			success: run.outputs(NODE),
			failed: run.outputs(NODE, 1) as Verification['failed'],
		});
	};

	beforeAll(async () => {
		coc.packages = await loadPackage(join(__dirname, '..', '..'));
	});
	beforeEach(async () => {
		coc.timezone = undefined;
		coc.standIn = await startStandIn(options);
		const data = { endpoint: coc.standIn.url, token: coc.standIn.issueToken() };
		coc.credential = { id: 'a', name: 'COC', type: 'huaweiCloudCocApi', data };
	});
	afterEach(() => coc.standIn.close());
	return coc;
}

/** Runs one item that must be refused before it is sent; hands back what is said about it. */
export async function refusal(coc: Coc, fields: Fields, node: Partial<INode> = {}) {
	const { success, failed } = await coc.verify([fields], node);
	expect(success).toEqual([]);
	expect(coc.requests()).toEqual([]);
	expect(failed).toHaveLength(1);
	const { error = '', details } = failed[0]?.json ?? {};
	expect(details).toMatchObject({
		outcome: 'notSent',
		errorCode: null,
		httpStatus: null,
		requestId: null,
		hint: expect.stringMatching(/\S/),
	});
	expect(error).toContain(details?.hint);
	expect(error).not.toMatch(/\[item \d+\]$/);
	return { error, ticket: details?.ticket };
}

/** Runs one item that must be sent; hands back the body that arrived. */
export async function sent(coc: Coc, fields: Fields, node: Partial<INode> = {}) {
	const { failed } = await coc.verify([fields], node);
	expect(failed.map(({ json }) => json.error)).toEqual([]);
	expect(coc.requests()).toHaveLength(1);
	return coc.requests()[0]?.json as {
		incident_num: string;
		operator: string;
		parameter: { virtual_confirm_result: boolean; virtual_confirm_comment: string };
	};
}

/** All that the editor shows of the error that ended a run: its title, and what stands below. */
export function told({ executionError }: Pick<WorkflowRun, 'executionError'>): string {
	return [executionError?.message, executionError?.description].filter(Boolean).join(' ');
}

/** Runs one item and hands back how it failed. Only what hangs needs a short time-out. */
export async function failure(coc: Coc, endpoint?: string, timeout = 10_000) {
	if (endpoint !== undefined) coc.credential.data.endpoint = endpoint;
	const { failed } = await coc.verify([{}], { parameters: { options: { timeout } } });
	expect(failed).toHaveLength(1);
	const { error = '', details } = failed[0]?.json ?? {};
	return { error, ...details };
}

/** Takes the right to read away: what a lost answer came to can't be looked up, and is unknown. */
export function forbidReading({ standIn, credential }: Coc): void {
	credential.data.token = standIn.issueToken({ permissions: ['coc:ticket:action'] });
}

/**
 * Collects what the node itself hands to n8n, run by run, before n8n sorts it. Calling what is
 * returned ends that.
 */
export function listenToNode({ packages }: Coc): () => INodeExecutionData[][] {
	const node = packages.getByNameAndVersion(TYPE);
	// On the class: the property set here only lies above it.
	const original = Reflect.get(Object.getPrototypeOf(node) as object, 'execute') as Execute;
	const given: INodeExecutionData[][] = [];
	node.execute = async function () {
		const outputs = await original.call(this);
		given.push([...(outputs[0] ?? [])]);
		return outputs;
	};
	return () => {
		delete node.execute;
		return given;
	};
}

/** The workflow that `verify` runs, as the editor would export it. */
export function verifyWorkflow({ parameters, ...settings }: Partial<INode> = {}) {
	const node = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
	return {
		nodes: [
			{ ...node, id: '1', name: 'Tickets', type: 'n8n-nodes-base.manualTrigger' },
			{ ...node, id: '2', name: 'Prepared', type: 'n8n-nodes-base.noOp' },
			{
				...node,
				id: '3',
				name: NODE,
				type: TYPE,
				parameters: {
					operation: 'verify',
					ticket: { __rl: true, mode: 'number', value: '={{ $json.ticket }}' },
					operator: '={{ $json.operator }}',
					result: '={{ $json.result }}',
					comment: '={{ $json.comment }}',
					...parameters,
				},
				credentials: { huaweiCloudCocApi: { id: 'a', name: 'COC' } },
				onError: 'continueErrorOutput' as const,
				...settings,
			},
			{ ...node, id: '4', name: 'Verified', type: 'n8n-nodes-base.noOp' },
			{ ...node, id: '5', name: 'Not Verified', type: 'n8n-nodes-base.noOp' },
		],
		connections: {
			Tickets: { main: [to('Prepared')] },
			Prepared: { main: [to(NODE)] },
			[NODE]: { main: [to('Verified'), to('Not Verified')] },
		},
	};
}
