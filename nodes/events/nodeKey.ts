import type { FunctionsBase } from 'n8n-workflow';

/** Identifies a node among all others in this n8n. */
export function nodeOf(context: Pick<FunctionsBase, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}
