/** The same verifications, by different means. */
import http from 'node:http';
import { join } from 'node:path';
import type { IAllExecuteFunctions, IDataObject, INode } from 'n8n-workflow';
import { createAdditionalData, createExecuteContext } from '../../test/engine/context.cts';
import {
	loadHttpRequestNode,
	loadPackage,
	runWorkflow,
	type Packages,
	type StoredCredential,
} from '../../test/engine/index.cts';
import { httpVerification } from '../../test/support/httpVerification.cts';
import type { Opened } from './standIn.cts';
import { allWell, itemOf, type Workload, workloads } from './workloads.cts';

/** Verifies the tickets; throws unless all went well. What it returns is kept until it is measured. */
export type Contender = (opened: Opened) => Promise<unknown>;

/**
 * By n8n's HTTP Request node, by its request helper alone, by Node.js without n8n, or by this node
 * with a concurrency.
 */
export type Means =
	| { by: 'httpRequest' }
	| { by: 'plainNode'; concurrency: number }
	| { by: 'helper'; concurrency: number }
	| { by: 'node'; concurrency: number; workload?: Workload };

export async function createContender(means: Means): Promise<Contender> {
	const packages = await loadPackage(join(__dirname, '..', '..'));
	switch (means.by) {
		case 'httpRequest':
			packages.baseNodes.httpRequest = loadHttpRequestNode();
			return (opened) => runNode(packages, opened, httpVerification(opened.endpoint));
		case 'node':
			return (opened) => runCocIncident(packages, opened, means);
		case 'helper': {
			const call = helperOf(packages);
			return (opened) => inLanes(opened, means.concurrency, call);
		}
		case 'plainNode':
			return (opened) => inLanes(opened, means.concurrency, callPlainly);
	}
}

/** A node with its workflow around it, on this engine. */
async function runCocIncident(
	packages: Packages,
	opened: Opened,
	{ concurrency, workload }: { concurrency: number; workload?: Workload },
) {
	const { change, options, settings, judge } = workloads[workload ?? 'verifications'];
	const items = opened.tickets.map(itemOf);
	const node = { ...cocIncident(concurrency, options), ...settings };
	return await runNode(packages, opened, node, change?.(items) ?? items, judge);
}

export function cocIncident(concurrency: number, options: IDataObject = {}): INode {
	return {
		id: 'coc',
		name: 'COC Incident',
		type: 'n8n-nodes-huaweicloud-coc.cocIncident',
		typeVersion: 1,
		position: [0, 0],
		parameters: {
			operation: 'verify',
			ticket: { __rl: true, mode: 'number', value: '={{ $json.ticket }}' },
			operator: '={{ $json.operator }}',
			result: '={{ $json.result }}',
			comment: '={{ $json.comment }}',
			options: { concurrency, ...options },
		},
	};
}

/** A trigger and the node behind it, as a workflow. */
async function runNode(
	packages: Packages,
	{ endpoint, token, tickets }: Opened,
	node: INode,
	input = tickets.map(itemOf),
	judge = allWell,
) {
	const credential: StoredCredential = {
		id: 'coc',
		name: 'COC',
		type: 'huaweiCloudCocApi',
		data: { endpoint, authentication: 'token', token },
	};
	const { id, name, type } = credential;
	const trigger: INode = {
		id: 'trigger',
		name: 'Tickets',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const run = await runWorkflow({
		packages,
		credentials: { [id]: credential },
		// As in production: a manual run shows each request of the HTTP Request node in the editor.
		executionMode: 'trigger',
		input,
		workflow: {
			nodes: [trigger, { ...node, credentials: { [type]: { id, name } } }],
			connections: { Tickets: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		},
	});
	judge(run, node.name, input.length);
	return run;
}

interface Call {
	method: 'POST';
	url: string;
	headers: Record<string, string>;
	body: object;
}

/** Verifies each ticket by this call, so many at once. */
async function inLanes(
	{ endpoint, token, tickets }: Opened,
	concurrency: number,
	call: (options: Call) => Promise<unknown>,
) {
	const answers: unknown[] = [];
	let next = 0;
	const lane = async () => {
		while (next < tickets.length) {
			const { ticket, operator, result, comment } = itemOf(tickets[next++]!);
			answers.push(
				await call({
					method: 'POST',
					url: `${endpoint}/v1/external/incident/handle`,
					headers: { 'X-Auth-Token': token },
					body: {
						incident_num: ticket,
						operator,
						operate_key: 'confirm',
						parameter: { virtual_confirm_result: result, virtual_confirm_comment: comment },
					},
				}),
			);
		}
	};
	await Promise.all(Array.from({ length: concurrency }, lane));
	return answers;
}

/** What no node of n8n can do without: its request helper, here without a credential. */
function helperOf(packages: Packages): (options: Call) => Promise<unknown> {
	const { helpers } = createExecuteContext(
		packages,
		'n8n-nodes-base.noOp',
		{},
		createAdditionalData(packages, {}, 'manual'),
		'manual',
	) as unknown as IAllExecuteFunctions;
	return async (options) => (await helpers.httpRequest({ ...options, json: true })) as unknown;
}

/** What no program on Node.js can do without: a new connection, a request, its answer read. */
async function callPlainly({ method, url, headers, body }: Call): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const request = http.request(url, { method, headers, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
			response.on('error', reject);
		});
		request.on('error', reject);
		request.setHeader('Content-Type', 'application/json');
		request.end(JSON.stringify(body));
	});
}
