import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../shared/items/operation';
import { refuseInput } from '../../shared/items/settled';
import { accept } from './accept';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { submitSolution } from './submitSolution';
import { verify } from './verify';

/** The node's operations, in the editor's order. A new one is a file and a line here. */
export const operations: Operation[] = [accept, create, get, getAll, submitSolution, verify];

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

/** An operation by its name; one that this version doesn't know refuses every item. */
export function operationNamed(name: unknown): Operation {
	return operations.find(({ option }) => option.value === name) ?? unknownOperation(String(name));
}

/** Not thrown: in *Continue* mode n8n would hand the items on as if all were well. */
function unknownOperation(name: string): Operation {
	const fault = {
		reason: `this version of the node has no operation "${name}"`,
		hint: 'Update the package, or choose another operation.',
	};
	return {
		...verify,
		words: { ...verify.words, done: 'handled' },
		awaits: undefined,
		prepare: () => refuseInput(fault),
	};
}
