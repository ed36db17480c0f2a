/** Any operation of the node on n8n's own engine, and how it ended. */
import { expect } from '@jest/globals';
import type {
	IBinaryKeyData,
	IDataObject,
	INode,
	INodeParameters,
	INodePropertyOptions,
	INodeTypeDescription,
	NodeParameterValueType,
} from 'n8n-workflow';
import {
	type Coc,
	type FailedJson,
	type Fields,
	OPERATOR,
	SUCCESS,
	type Verification,
} from './coc.cts';

/** Where COC says what has been done to a ticket, and what its status is. */
export const HANDLE = '/v1/external/incident/handle';
/** v2's call that changes a ticket. */
export const ACTIONS = /^\/v2\/incidents\/[^/]+\/actions$/;
/** v2's call that says what can be done with a ticket. */
export const TASKS = /^\/v2\/incidents\/[^/]+\/tasks$/;
export const HISTORY = '/v1/external/incident/list-histories';
export const DETAIL = /^\/v1\/external\/incident\/IM[^/]*$/;

/** v2's actions answer without data. */
export const WITHOUT_DATA = {
	provider_code: SUCCESS.provider_code,
	error_code: SUCCESS.error_code,
	error_msg: SUCCESS.error_msg,
};

/** The actions of v2 that arrived, for this ticket or at all, as they were sent. */
export const actionsSent = (coc: Coc, ticket?: string) =>
	coc
		.requests(ticket)
		.filter(({ path }) => ACTIONS.test(path))
		.map(({ json }) => json as { task_id: string; action: string; params: IDataObject });

/** COC answers so to what can be done with a ticket. */
export const offerTasks = (coc: Coc, data: unknown, times = 1) =>
	coc.standIn.fault({
		kind: 'raw',
		status: 200,
		body: JSON.stringify({ ...SUCCESS, data }),
		times,
		match: { path: TASKS },
	});

/** An operation as tests name it: those on incidents by themselves, others as "file/upload". */
export function namesOf(key: string): { resource: string; operation: string } {
	const [operation = '', resource = 'incident'] = key.split('/').reverse();
	return { resource, operation };
}

/** The operations of a node as tests name them, in the editor's order. */
export const operationsOf = ({ properties }: INodeTypeDescription): string[] =>
	properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }) => {
			const [resource] = displayOptions!.show!.resource as string[];
			const values = (options as INodePropertyOptions[]).map(({ value }) => String(value));
			return values.map((value) => (resource === 'incident' ? value : `${resource}/${value}`));
		});

/** The node with an operation that reads these fields from its items. */
export function parametersOf(operation: string, fields: string[]): INodeParameters {
	const read = fields.map((name): [string, NodeParameterValueType] => {
		const value = `={{ $json.${name} }}`;
		return [name, name === 'ticket' ? { __rl: true, mode: 'number', value } : value];
	});
	return { ...namesOf(operation), ...Object.fromEntries(read) };
}

/** Runs an operation, which reads every field that the first item has from its items; `binary` is its files. */
export async function operate(
	coc: Coc,
	operation: string,
	items: Fields[],
	{ parameters, ...settings }: Partial<INode> = {},
): Promise<Verification> {
	const json = items.map((item) => {
		const fields = { ...item };
		delete fields.binary;
		return fields;
	});
	const all = { ...parametersOf(operation, Object.keys(json[0] ?? {})), ...parameters };
	const files = items.map(({ binary }) => binary as IBinaryKeyData | undefined);
	return await coc.run(json, { ...settings, parameters: all }, { files });
}

/** Runs one item that must fail before anything is sent; hands back what is said about it. */
export async function refusedInput(
	coc: Coc,
	operation: string,
	fields: Fields,
	parameters: INodeParameters = {},
): Promise<string> {
	const before = coc.requests().length;
	const { success, failed } = await operate(coc, operation, [fields], { parameters });
	expect(success).toEqual([]);
	expect(failed.map(({ json }) => json.details.outcome)).toEqual(['notSent']);
	expect(coc.requests()).toHaveLength(before);
	return failed[0]?.json.error ?? '';
}

/** Runs one item that must end well; hands back what comes out. */
export async function outputOf(run: Promise<Verification>): Promise<IDataObject> {
	const { success, failed } = await run;
	expect(failed.map(({ json }) => json.error)).toEqual([]);
	expect(success).toHaveLength(1);
	return success[0]!.json;
}

/** The one failed item's message and details. */
export function failureOf({
	success,
	failed,
}: Verification): FailedJson['details'] & { error: string } {
	expect(success).toEqual([]);
	expect(failed).toHaveLength(1);
	const { error, details } = failed[0]!.json;
	return { error, ...details };
}

export const OTHER = 'f'.repeat(32);

/** An entry in a ticket's history, of the operator and just now. */
export const entry = (action: string, fields: IDataObject = {}) => ({
	action,
	operator: OPERATOR,
	comment: null,
	result: null,
	at: Date.now(),
	...fields,
});
