import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Item, NodeRun, Workflow } from './rest.cts';

export type WorkflowNode = Workflow['nodes'][number];

export const credentialType = 'huaweiCloudCocApi';
export const operator = '7da46971b7e24eed90cf777cc2ff8b91';

const packageName = 'n8n-nodes-huaweicloud-coc';
export const nodeType = `${packageName}.cocIncident`;
export const triggerType = `${packageName}.cocIncidentTrigger`;
export const notificationType = `${packageName}.cocNotificationTrigger`;
export const toolType = `${packageName}.cocIncidentTool`;

/** A node as the editor stores it; the settings (`onError`, `retryOnFail` …) lie beside the rest. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: object = {},
	settings: object = {},
): WorkflowNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters, ...settings };
}

/** Refers to the saved credential. */
export function credential(id: string) {
	return { credentials: { [credentialType]: { id, name: 'COC' } } };
}

/** *Verify* for `$json.ticket`; `parameters` and `settings` change what a scenario is about. */
export function verifyNode(credentialId: string, settings: object = {}, parameters: object = {}) {
	return node(
		'Verify',
		nodeType,
		1,
		{
			resource: 'incident',
			operation: 'verify',
			ticket: { __rl: true, mode: 'number', value: '={{ $json.ticket }}' },
			operator,
			result: true,
			comment: 'Checked after the fix',
			...parameters,
		},
		{ ...credential(credentialId), ...settings },
	);
}

/** A manual run of the given nodes, one after the other, over these tickets. */
export function overTickets(tickets: unknown[], ...nodes: WorkflowNode[]): Workflow {
	return {
		name: nodes.map(({ name }) => name).join(', '),
		nodes: [node('Tickets', 'n8n-nodes-base.manualTrigger', 1), ...nodes],
		connections: Object.fromEntries(
			['Tickets', ...nodes.map(({ name }) => name)].map((name, index) => [
				name,
				{ main: [to(nodes[index]?.name)] },
			]),
		),
		pinData: { Tickets: tickets.map((ticket) => ({ json: { ticket } })) },
	};
}

const examples = join(__dirname, '../../examples');

/** The files of `examples/`, without their ending. */
export const exampleNames = readdirSync(examples)
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace('.json', ''));

/** A workflow of `examples/`, with the saved credential in place of its own. */
export function readExample(name: string, credentialId: string): Workflow {
	const file = join(examples, `${name}.json`);
	const example = JSON.parse(readFileSync(file, 'utf8')) as Workflow;
	for (const node of example.nodes) {
		if (node['credentials']) Object.assign(node, credential(credentialId));
	}
	return example;
}

/** The target of a connection. */
export function to(name: string | undefined, type = 'main') {
	return name === undefined ? [] : [{ node: name, type, index: 0 }];
}

/** A node that asks which ticket its item came from: it answers only when pairing resolves. */
export function originNode(name: string): WorkflowNode {
	const value = "={{ $('Tickets').item.json.ticket }}";
	return node(name, 'n8n-nodes-base.set', 3.4, {
		assignments: { assignments: [{ id: '1', name: 'origin', type: 'string', value }] },
		options: {},
	});
}

/** The items on one output of a node's run. */
export function output(run: NodeRun | undefined, index = 0): Item[] {
	return run?.data?.['main']?.[index] ?? [];
}
