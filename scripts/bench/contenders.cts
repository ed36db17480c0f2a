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

/** Verifies the tickets; throws unless all went well. What it returns is kept until it is measured. */
export type Contender = (opened: Opened) => Promise<unknown>;

/** By n8n's HTTP Request node, by its request helper alone, or by this node with a concurrency. */
export type Means =
	| { by: 'httpRequest' }
	| { by: 'helper'; concurrency: number }
	| { by: 'node'; concurrency: number };

export async function createContender(means: Means): Promise<Contender> {
	const packages = await loadPackage(join(__dirname, '..', '..'));
	switch (means.by) {
		case 'httpRequest':
			packages.baseNodes.httpRequest = loadHttpRequestNode();
			return (opened) => runNode(packages, opened, httpVerification(opened.endpoint));
		case 'node':
			return (opened) => runNode(packages, opened, cocIncident(means.concurrency));
		case 'helper':
			return (opened) => callHelper(packages, opened, means.concurrency);
	}
}

export const itemOf = (ticket: string): IDataObject => ({
	ticket,
	operator: '7da46971b7e24eed90cf777cc2ff8b91',
	result: true,
	comment: 'Payments are back, error rate below 0.1 % for 30 minutes',
});

export function cocIncident(concurrency: number): INode {
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
			options: { concurrency },
		},
	};
}

/** A trigger and the node behind it, as a workflow. */
async function runNode(packages: Packages, { endpoint, token, tickets }: Opened, node: INode) {
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
		input: tickets.map(itemOf),
		workflow: {
			nodes: [trigger, { ...node, credentials: { [type]: { id, name } } }],
			connections: { Tickets: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		},
	});
	if (run.outputs(node.name).length === tickets.length) return run;
	throw new Error(`${node.name}: ${run.executionError?.message ?? run.status}`);
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
