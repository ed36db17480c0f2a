/** What examples need of n8n's IF, Filter and Set: conditions that are true or not, fields with values. */
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

type Execute = (context: IExecuteFunctions, items: INodeExecutionData[]) => INodeExecutionData[][];

function flowNode(name: string, outputs: number, execute: Execute): INodeType {
	return {
		description: {
			...{ displayName: name, name, group: ['transform'], version: [1, 2, 2.2, 3.4] },
			...{ description: '', defaults: { name }, inputs: ['main'] },
			properties: ['conditions', 'assignments'].map((field) => ({
				...{ displayName: field, name: field, type: 'json' as const, default: {} },
			})),
			outputs: Array.from({ length: outputs }, () => 'main' as const),
		},
		execute() {
			return Promise.resolve(execute(this, this.getInputData()));
		},
	};
}

/** Whether the item fulfils the node's conditions, each of which must give a boolean. */
function holds(context: IExecuteFunctions, index: number): boolean {
	const all = context.getNodeParameter('conditions.conditions', index) as Array<{
		leftValue: unknown;
		operator: { type: string; operation: string };
	}>;
	return all.every(({ leftValue, operator }) => {
		if (operator.operation !== 'true' || typeof leftValue !== 'boolean') {
			throw new Error(`${context.getNode().name} needs a boolean, got ${String(leftValue)}`);
		}
		return leftValue;
	});
}

const paired = (items: INodeExecutionData[]) =>
	items.map((item, index) => ({ ...item, pairedItem: { item: index } }));

/** By the names that they have in n8n-nodes-base. */
export const flowNodes: Record<string, INodeType> = {
	if: flowNode('if', 2, (context, items) => {
		const all = paired(items);
		return [all.filter((_, i) => holds(context, i)), all.filter((_, i) => !holds(context, i))];
	}),
	filter: flowNode('filter', 1, (context, items) => [
		paired(items).filter((_, i) => holds(context, i)),
	]),
	set: flowNode('set', 1, (context, items) => [
		paired(items).map((item, i) => {
			const fields = context.getNodeParameter('assignments.assignments', i) as Array<{
				name: string;
				value: string;
			}>;
			return { ...item, json: Object.fromEntries(fields.map(({ name, value }) => [name, value])) };
		}),
	]),
};
