import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../shared/items/operation';
import { verify } from './verify';

/** The node's operations, in the editor's order. A new one is a file and a line here. */
export const operations: Operation[] = [verify];

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['incident'] } },
	options: operations.map(({ option }) => option),
	default: 'verify',
};

/** Every operation's fields, each shown for its operation only. */
export const operationFields: INodeProperties[] = operations.flatMap(({ option, fields }) =>
	fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: {
				resource: ['incident'],
				operation: [option.value],
				...field.displayOptions?.show,
			},
		},
	})),
);

export function operationNamed(value: unknown): Operation {
	const operation = operations.find(({ option }) => option.value === value);
	if (operation === undefined) throw new RangeError(`Unknown operation: ${String(value)}`);
	return operation;
}
