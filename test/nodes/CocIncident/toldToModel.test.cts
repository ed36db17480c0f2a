// What a model is told of each operation as a tool, in n8n's own words: all that it can go by.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INodePropertyOptions } from 'n8n-workflow';
import { useCoc } from '../../support/coc.cts';
import { toldToModel } from '../../support/toldToModel.cts';
import { asTool } from '../../support/tools.cts';

type Told = ReturnType<typeof toldToModel>;

const coc = useCoc();
const file = join(__dirname, 'toldToModel.json');
const expected = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Told>;

let told: Record<string, Told>;
beforeEach(() => {
	const tool = asTool(coc.packages);
	const given: Record<string, object> = {
		submitSolution: { serviceInterrupted: true },
		...Object.fromEntries(
			['get', 'getActions', 'getAll', 'getHistory'].map((name) => [name, { output: 'fields' }]),
		),
	};
	const operations = tool.description.properties.filter(({ name }) => name === 'operation');
	told = Object.fromEntries(
		operations.flatMap(({ options = [], displayOptions }) => {
			const resource = displayOptions?.show?.['resource']?.[0] as string;
			return (options as INodePropertyOptions[]).map(({ value }) => {
				const operation = String(value);
				const parameters = { resource, operation, ...given[operation] };
				return [`${resource}: ${operation}`, toldToModel(tool, parameters)];
			});
		}),
	);
});

test('every operation is told as it is expected', () => {
	if (process.env['UPDATE_EXPECTED'] === '1') {
		writeFileSync(file, `${JSON.stringify(told, null, '\t')}\n`);
	}
	expect(told).toEqual(expected);
});

describe('a model', () => {
	test('knows each tool by a name of its own that every provider takes', () => {
		const names = Object.values(told).map(({ name }) => name);
		expect(names).toEqual([...new Set(names)]);
		for (const name of names) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
	});

	test('reads a sentence that says where it is done', () => {
		for (const { description } of Object.values(told)) {
			expect(description).toMatch(/^[A-Z][a-z ]+ in Huawei Cloud COC$/);
		}
	});

	test('is told of a text’s bound, and what a ticket and a person are named by', () => {
		const fields = Object.values(told).flatMap(({ schema }) => Object.keys(schema));
		for (const vague of ['Ticket', 'Operator', 'Comment', 'Reason', 'Until', 'Level_']) {
			expect(fields).not.toContain(vague);
		}
	});
});
