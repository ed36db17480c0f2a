// Parts of collections as the editor adds them, and locators as it changes them.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { incident } from './operations/newIncident.cts';
import { CHANGES, changes } from '../../support/changes.cts';
import { type Fields, TYPE, useCoc } from '../../support/coc.cts';
import { asExpression, inEditor, partsIn, saved, shownIn } from '../../support/inEditor.cts';
import { OTHER, parametersOf } from '../../support/operate.cts';
import { asTool } from '../../support/tools.cts';

const coc = useCoc();
let description: INodeTypeDescription;
beforeEach(() => {
	({ description } = coc.packages.getByNameAndVersion(TYPE));
});

/** What an item brings at least for each operation: a new one adds a line. */
const samples: Record<string, () => Fields> = {
	create: incident,
	...Object.fromEntries(
		['get', 'getActions', 'getHistory'].map((name) => [name, () => ({ ticket: coc.ticket() })]),
	),
	getAll: () => ({}),
	...Object.fromEntries(
		CHANGES.map((name) => [
			name,
			() => ({ ticket: coc.ticket(changes[name].ticket()), ...changes[name].fields }),
		]),
	),
};
const OPERATIONS = Object.keys(samples);

const isEmpty = ({ default: value }: INodeProperties) =>
	value === '' ||
	(Array.isArray(value) && value.length === 0) ||
	(value as { value?: unknown } | null)?.value === '';

/** Runs an operation by what the editor holds and saves. */
async function run(operation: string, added: string[], change: INodeParameters = {}) {
	const item = samples[operation]!();
	const given = { resource: 'incident', ...parametersOf(operation, Object.keys(item)) };
	const held = inEditor(description, given, added);
	const all = { ...held, ...change } as INodeParameters;
	return await coc.run([item], { parameters: saved(description, all) });
}

test('every operation has a sample', () => {
	const operation = description.properties.find(({ name }) => name === 'operation');
	const values = (operation?.options as Array<{ value: string }>).map(({ value }) => value);
	expect([...OPERATIONS].sort()).toEqual(values.sort());
});

describe.each(OPERATIONS)('of the operation %s', (operation) => {
	test('a part that was added and left alone is usable, or is refused as empty by its name', async () => {
		for (const [path, part] of partsIn(description, { operation })) {
			const { success, failed } = await run(operation, [path]);
			if (isEmpty(part)) {
				expect([path, success]).toEqual([path, []]);
				expect(failed[0]?.json.error).toContain(`'${part.displayName}' is empty`);
				expect(failed[0]?.json.details.outcome).toBe('notSent');
			} else {
				expect([path, failed.map(({ json }) => json.error)]).toEqual([path, []]);
			}
		}
	});

	test('a locator in a collection takes an expression, and what was stored without its mark', async () => {
		for (const [path, { type, default: value }] of partsIn(description, { operation })) {
			if (type !== 'resourceLocator') continue;
			const [collection = '', part = ''] = path.split('.');
			const id = `={{ "${OTHER}" }}`;
			const picked = { ...(value as object), value: id } as INodeParameters;
			for (const one of [picked, { mode: 'id', value: id }, { mode: 'list', value: OTHER }]) {
				const before = coc.requests().length;
				const { failed } = await run(operation, [], { [collection]: { [part]: one } });
				expect([path, failed.map(({ json }) => json.error)]).toEqual([path, []]);
				const sent = coc.requests().slice(before);
				expect(sent.some(({ text }) => text.includes(OTHER))).toBe(true);
			}
		}
	});
});

test.each(['the node', 'the tool'])(
	'a locator of %s that is switched to Expression is empty',
	(variant) => {
		const one = variant === 'the tool' ? asTool(coc.packages).description : description;
		const locators = OPERATIONS.flatMap((operation) => [
			...shownIn(one, { operation }),
			...partsIn(one, { operation }).map(([, part]) => part),
		]).filter(({ type }) => type === 'resourceLocator');
		expect(locators.length).toBeGreaterThan(20);
		for (const { default: value } of locators) {
			// Reset Value puts the default there as it is, in any place.
			expect(asExpression(value)).toEqual({ __rl: true, mode: 'list', value: '=' });
		}
	},
);
