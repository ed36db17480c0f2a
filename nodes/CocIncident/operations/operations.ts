import type { INodeProperties } from 'n8n-workflow';
import { cleanText } from '../../coc/cleanText';
import type { InvalidInput, Result } from '../../coc/result';
import { refusedInput } from '../../errors/failure';
import type { Operation, Resource, Subject } from '../../run/operation';
import { accept } from './incident/accept';
import { create } from './incident/create';
import { get } from './incident/get';
import { getAll } from './incident/getAll';
import { reject } from './incident/reject';
import { submitSolution } from './incident/submitSolution';
import { verify } from './incident/verify';

/** What the node works on, and what it can do with it. A new operation is a file and an entry here. */
const RESOURCES: Resource[] = [
	{
		name: 'Incident',
		value: 'incident',
		subject: { label: 'Ticket', key: 'ticket' },
		operations: [accept, create, get, getAll, reject, submitSolution, verify],
	},
];

const [INCIDENT] = RESOURCES as [Resource];

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES.map(({ name, value }) => ({ name, value })),
	default: 'incident',
};

/** The node's properties: a resource, one of its operations, and that operation's fields. */
export const nodeProperties: INodeProperties[] = [
	resourceProperty,
	...RESOURCES.flatMap(({ value: resource, operations }) => [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options' as const,
			noDataExpression: true,
			displayOptions: { show: { resource: [resource] } },
			options: operations.map(({ option }) => option),
			default: 'verify',
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

/** An operation on incidents by its name; undefined for one that this version doesn't have. */
export function incidentOperation(name: unknown): Operation | undefined {
	return INCIDENT.operations.find(({ option }) => option.value === name);
}

/**
 * The operation that a node is set to, and what it is about. One that this version doesn't have
 * refuses every item. It isn't thrown: in *Continue* mode n8n would hand the items on as if all were
 * well.
 */
export function chosenOperation(
	resource: Result<unknown>,
	operation: Result<unknown>,
): [Operation, Subject] {
	if (!resource.ok) return refusing(resource);
	if (resource.value === CUSTOM_API_CALL) return refusing(CUSTOM);
	const chosen = RESOURCES.find(({ value }) => value === resource.value);
	if (chosen === undefined) return refusing(unknown('resource', resource.value));
	// Hidden, and therefore missing, where the resource isn't known.
	if (!operation.ok) return refusing(operation);
	if (operation.value === CUSTOM_API_CALL) return refusing(CUSTOM);
	const found = chosen.operations.find(({ option }) => option.value === operation.value);
	return found ? [found, chosen.subject] : refusing(unknown('operation', operation.value));
}

function unknown(what: string, name: unknown): InvalidInput {
	return {
		reason: `this version of the node has no ${what} "${cleanText(String(name)) ?? ''}"`,
		hint: `Update the package, or choose another ${what}.`,
	};
}

/** An entry that n8n itself adds to the lists of resources and operations. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

const CUSTOM: InvalidInput = {
	reason: "'Custom API Call' is none of the node's operations",
	hint: "Use n8n's HTTP Request node: set 'Authentication' to 'Predefined Credential Type' and 'Credential Type' to 'Huawei Cloud COC API'.",
};

function refusing(fault: InvalidInput): [Operation, Subject] {
	const words = { ...verify.words, subject: 'The item', done: 'handled', effect: 'operation' };
	return [{ ...verify, words, prepare: () => refusedInput(fault) }, INCIDENT.subject];
}
