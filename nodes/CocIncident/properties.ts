import type { INodeProperties } from 'n8n-workflow';
import { TICKET } from '../fields/ticket';
import type { Operation } from '../run/operation';
import { describeTicketsFor } from './lists/ticketsFor';
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
function shownFor(resource: string, operation: Operation): INodeProperties[] {
	const { option, properties: fields } = operation;
	return fields.map((field) => ({
		...field,
		...(field.name === TICKET && {
			description: `${field.description}. ${describeTicketsFor(operation)}`,
		}),
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [option.value], ...field.displayOptions?.show },
		},
	}));
}
