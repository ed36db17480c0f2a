import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../run/operation';
import { refuseInput } from '../../run/itemResult';
import { cleanText } from '../../coc/answer';
import type { Checked, Refused } from '../../coc/result';
import { accept } from './incident/accept';
import { create } from './incident/create';
import { get } from './incident/get';
import { getAll } from './incident/getAll';
import { submitSolution } from './incident/submitSolution';
import { verify } from './incident/verify';

/** The node's operations, in the editor's order. A new one is a file and a line here. */
export const operations: Operation[] = [accept, create, get, getAll, submitSolution, verify];

/** The one resource so far. */
const RESOURCE = 'incident';

export const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [RESOURCE] } },
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
				resource: [RESOURCE],
				operation: [option.value],
				...field.displayOptions?.show,
			},
		},
	})),
);

/** An operation by its name; undefined for one that this version doesn't know. */
export function operationNamed(name: unknown): Operation | undefined {
	return operations.find(({ option }) => option.value === name);
}

/**
 * The operation that a node is set to. One that this version doesn't know refuses every item. It isn't
 * thrown: in *Continue* mode n8n would hand the items on as if all were well.
 */
export function chosenOperation(
	resource: Checked<unknown>,
	operation: Checked<unknown>,
): Operation {
	if (!resource.ok) return refusing(resource);
	if (resource.value === CUSTOM_API_CALL) return refusing(CUSTOM);
	if (resource.value !== RESOURCE) return refusing(unknown('resource', resource.value));
	// Hidden, and therefore missing, where the resource isn't known.
	if (!operation.ok) return refusing(operation);
	if (operation.value === CUSTOM_API_CALL) return refusing(CUSTOM);
	return operationNamed(operation.value) ?? refusing(unknown('operation', operation.value));
}

function unknown(what: string, name: unknown): Omit<Refused, 'ok'> {
	return {
		reason: `this version of the node has no ${what} "${cleanText(String(name)) ?? ''}"`,
		hint: `Update the package, or choose another ${what}.`,
	};
}

/** An entry that n8n itself adds to the lists of resources and operations. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

const CUSTOM = {
	reason: "'Custom API Call' is none of the node's operations",
	hint: "Use n8n's HTTP Request node: set 'Authentication' to 'Predefined Credential Type' and 'Credential Type' to 'Huawei Cloud COC API'.",
};

function refusing(fault: Omit<Refused, 'ok'>): Operation {
	return {
		...verify,
		words: { ...verify.words, subject: 'The item', done: 'handled', effect: 'operation' },
		awaits: undefined,
		prepare: () => refuseInput(fault),
	};
}
