/** A resource or operation that this version of the node doesn't have. */
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { useCoc } from '../../support/coc.cts';

const coc = useCoc();

const UPDATE = /Update the package/;
const HTTP = /HTTP Request node.*Predefined Credential Type.*Huawei Cloud COC API/;

type Case = [string, INodeParameters, RegExp, RegExp];
const CASES: Case[] = [
	[
		'a resource of a later version',
		{ resource: 'change', operation: 'create' },
		/"change"/,
		UPDATE,
	],
	['an operation of a later version', { operation: 'merge' }, /"merge"/, UPDATE],
	[
		'n8n’s Custom API Call as resource',
		{ resource: '__CUSTOM_API_CALL__' },
		/Custom API Call/,
		HTTP,
	],
	...['incident', 'alarm', 'warRoom', 'file'].map(
		(resource): Case => [
			`n8n’s Custom API Call as operation of ${resource}`,
			{ resource, operation: '__CUSTOM_API_CALL__' },
			/Custom API Call/,
			HTTP,
		],
	),
	['a resource without a name', { resource: '' }, /no resource ""/, UPDATE],
	['a word of JavaScript', { operation: 'constructor' }, /"constructor"/, UPDATE],
	['an expression that gives nothing', { resource: '={{ $json.nothing }}' }, /no resource/, UPDATE],
];

describe.each(CASES)('%s', (_name, parameters, reason, wayOut) => {
	test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'ends item by item as not sent, with the way to do it (%s)',
		async (onError) => {
			const { success, failed } = await coc.verify([{}, {}, {}], { parameters, onError });
			const items = onError === 'continueErrorOutput' ? failed : success;
			expect(items).toHaveLength(3);
			for (const { json } of items as typeof failed) {
				expect(json.details).toMatchObject({ outcome: 'notSent' });
				expect(json.error).toMatch(reason);
				expect(json.error).toMatch(wayOut);
			}
			expect(onError === 'continueErrorOutput' ? success : failed).toEqual([]);
			expect(coc.requests()).toEqual([]);
		},
	);

	test('stops the workflow where failures do', async () => {
		const { status, executionError } = await coc.verify([{}, {}], {
			parameters,
			onError: 'stopWorkflow',
		});
		expect(status).toBe('error');
		expect(executionError?.message).toBe('The item was not handled. Nothing was sent. [item 0]');
		expect(executionError?.description).toMatch(reason);
		expect(executionError?.description).toMatch(wayOut);
		expect(coc.requests()).toEqual([]);
	});
});
