/** The same verifications, by different means. */
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

/** By n8n's HTTP Request node, by its request helper alone, or by this node with a concurrency. */
export type Means =
	| { by: 'httpRequest' }
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
		case 'helper':
			return (opened) => callHelper(packages, opened, means.concurrency);
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

/** What no node of n8n can do without: its request helper, here without a credential. */
async function callHelper(packages: Packages, opened: Opened, concurrency: number) {
	const { endpoint, token, tickets } = opened;
	const { helpers } = createExecuteContext(
		packages,
		'n8n-nodes-base.noOp',
		{},
		createAdditionalData(packages, {}, 'manual'),
		'manual',
	) as unknown as IAllExecuteFunctions;
	const answers: unknown[] = [];
	let next = 0;
	const lane = async () => {
		while (next < tickets.length) {
			const { ticket, operator, result, comment } = itemOf(tickets[next++]!);
			answers.push(
				await helpers.httpRequest({
					method: 'POST',
					url: `${endpoint}/v1/external/incident/handle`,
					headers: { 'X-Auth-Token': token },
					json: true,
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
