// Parts of collections as the editor adds them, and locators as it changes them.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { NodeHelpers } from 'n8n-workflow';
import type {
	IBinaryKeyData,
	INodeParameters,
	INodeProperties,
	INodeTypeDescription,
} from 'n8n-workflow';
import { incidentOf, ownAlarm, useKey } from './operations/alarm/support.cts';
import { incident } from './operations/newIncident.cts';
import { accepted, room } from './operations/warRoom/support.cts';
import { CHANGES, changes } from '../../support/changes.cts';
import { type Fields, TYPE, useCoc } from '../../support/coc.cts';
import {
	asExpression,
	inEditor,
	nodeWith,
	partsIn,
	saved,
	shownIn,
} from '../../support/inEditor.cts';
import { namesOf, operationsOf, OTHER, parametersOf } from '../../support/operate.cts';
import { inMemory } from '../../support/files.cts';
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
	'alarm/clear': () => ({
		...{ alarms: coc.standIn.alarms.add().id, remarks: 'Enlarged', serviceInterrupted: false },
	}),
	'alarm/createIncident': () => incidentOf(coc.standIn.alarms.add().id),
	'alarm/get': () => ({ alarm: coc.standIn.alarms.add().id }),
	'alarm/getHistory': () => ({ alarm: coc.standIn.alarms.add().id }),
	'alarm/report': () => (useKey(coc), ownAlarm()),
	'file/download': () => ({
		file: coc.standIn.files.add({ name: 'a.txt', bytes: Buffer.from('a') }),
	}),
	'file/upload': () => ({ inputDataFieldName: 'data', binary: { data: inMemory('a') } }),
	'warRoom/create': () => room(accepted(coc)),
	'warRoom/getAll': () => ({}),
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
async function run(
	operation: string,
	added: string[],
	change: INodeParameters = {},
	item = samples[operation]!(),
) {
	const { binary, ...fields } = item;
	const given = parametersOf(operation, Object.keys(fields));
	const held = inEditor(description, given, added);
	const all = { ...held, ...change } as INodeParameters;
	const parameters = { ...namesOf(operation), ...saved(description, all) };
	return await coc.run([fields], { parameters }, { files: [binary as IBinaryKeyData] });
}

test('every operation has a sample', () => {
	expect([...OPERATIONS].sort()).toEqual(operationsOf(description).sort());
});

test.each(['the node', 'the tool'])('%s that was just added changes nothing', (variant) => {
	const one = variant === 'the tool' ? asTool(coc.packages).description : description;
	expect(inEditor(one)).toMatchObject({ resource: 'incident', operation: 'get' });
});

test('Result is not chosen beforehand: n8n marks it, and the node refuses it', async () => {
	const item = samples.verify!();
	const { result, ...others } = parametersOf('verify', Object.keys(item));
	expect(result).toBeDefined();
	const held = inEditor(description, others);
	const field = shownIn(description, { operation: 'verify' }).find(({ name }) => name === 'result');
	expect(held.result).toBe('');
	const issues = NodeHelpers.getParameterIssues(
		field!,
		held,
		'',
		nodeWith(description, held),
		description,
	);
	expect(issues.parameters?.result).toEqual(['Parameter "Result" is required.']);
	const { failed } = await run('verify', [], { result: '={{ $json.nothing }}' });
	expect(failed[0]?.json.error).toContain("'Result' is empty. Nothing was sent. Say whether");
	expect(coc.requests()).toEqual([]);
});

/** A switch among the options by its name; each is the wish for what it says. */
const SWITCHES = ['checkStatus', 'dryRun', 'shortenComment', 'shortenTexts', 'waitUntilAvailable'];

test('an option that is on or off is on when it is added, and off when it is not', async () => {
	const found = OPERATIONS.flatMap((one) => partsIn(description, namesOf(one))).filter(
		([path, { type }]) => path.startsWith('options.') && type === 'boolean',
	);
	expect([...new Set(found.map(([, { name }]) => name))].sort()).toEqual(SWITCHES);
	for (const [, part] of found) expect(part).toMatchObject({ default: true });
	const absent = await run('verify', []);
	expect(absent.success).toMatchObject([{ json: { outcome: 'applied' } }]);
	expect(coc.requests()).toHaveLength(1);
});

test.each([...CHANGES, 'create', 'file/upload', 'warRoom/create'])(
	'Dry Run that was added to %s and left alone changes nothing',
	async (operation) => {
		const { success } = await run(operation, ['options.dryRun']);
		expect(success).toMatchObject([{ json: { outcome: 'dryRun' } }]);
		expect(coc.requests().filter(({ applied }) => applied)).toEqual([]);
	},
);

test('Check Status First that was added and left alone looks first', async () => {
	const status = 'INCIDENT_STATUS_ACKNOWLEDGED' as const;
	const item = { ...samples.verify!(), ticket: coc.ticket({ status }) };
	const { failed } = await run('verify', ['options.checkStatus'], {}, item);
	expect(failed).toMatchObject([{ json: { details: { outcome: 'notSent' } } }]);
});

test.each([
	['verify', 'options.shortenComment', 'comment'],
	['reject', 'options.shortenTexts', 'reason'],
])('an option of %s that was added and left alone shortens', async (operation, option, field) => {
	const item = { ...samples[operation]!(), [field]: 'x'.repeat(301) };
	const { success } = await run(operation, [option], {}, item);
	expect(success[0]?.json[field]).toHaveLength(300);
	const { failed } = await run(operation, [], {}, item);
	expect(failed[0]?.json.error).toContain('301 characters');
});

describe.each(OPERATIONS)('of the operation %s', (operation) => {
	test('a part that was added and left alone is usable, or is refused as empty by its name', async () => {
		for (const [path, part] of partsIn(description, namesOf(operation))) {
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
		for (const [path, { type, default: value }] of partsIn(description, namesOf(operation))) {
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
			...shownIn(one, namesOf(operation)),
			...partsIn(one, namesOf(operation)).map(([, part]) => part),
		]).filter(({ type }) => type === 'resourceLocator');
		expect(locators.length).toBeGreaterThan(20);
		for (const { default: value } of locators) {
			// Reset Value puts the default there as it is, in any place.
			expect(asExpression(value)).toEqual({ __rl: true, mode: 'list', value: '=' });
		}
	},
);
