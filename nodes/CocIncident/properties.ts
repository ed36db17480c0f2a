import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../run/operation';
import { RESOURCES } from './operations/operations';

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES.map(({ name, value }) => ({ name, value })).sort((a, b) =>
		a.name.localeCompare(b.name),
	),
	default: 'incident',
};

/** The node's properties: a resource, one of its operations, and that operation's fields. */
export const nodeProperties: INodeProperties[] = [
	resourceProperty,
	...RESOURCES.flatMap(({ value: resource, operations, preset }) => [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options' as const,
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: operations.map(({ option }) => option),
			default: preset,
		},
		...operations.flatMap((operation) => shownFor(resource, operation)),
	]),
];

/** An operation's fields, each shown for its operation only. */
function shownFor(resource: string, { option, properties: fields }: Operation): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [option.value], ...field.displayOptions?.show },
		},
	}));
}
