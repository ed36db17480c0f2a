import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../engine/index.cts';

/** The name of the node in question. */
export const NODE = 'COC';

/** A trigger, which brings the items, and one node behind it. */
export function workflowOf(
	node: Pick<INode, 'type' | 'typeVersion'> & Partial<INode>,
): WorkflowJson {
	const common = { typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
	return {
		nodes: [
			{ ...common, id: '1', name: 'Tickets', type: 'n8n-nodes-base.manualTrigger' },
			{ ...common, ...node, id: '2', name: NODE },
		],
		connections: { Tickets: { main: [[{ node: NODE, type: 'main', index: 0 }]] } },
	};
}
