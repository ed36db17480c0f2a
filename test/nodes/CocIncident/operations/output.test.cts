// *Output* of every operation that reads: simplified, raw, or selected fields.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { TYPE, useCoc } from '../../../support/coc.cts';
import { inEditor, saved, shownIn } from '../../../support/inEditor.cts';
import { entry, operate, parametersOf, refusedInput } from '../../../support/operate.cts';

const coc = useCoc();
let description: INodeTypeDescription;
beforeEach(() => {
	({ description } = coc.packages.getByNameAndVersion(TYPE));
});

/** A field that COC's own data has, by the operation, and one of the simplified fields. */
const reads: Record<string, { raw: string; one: string }> = {
	get: { raw: 'incident_num', one: 'title' },
	getActions: { raw: 'tasks', one: 'actions' },
	getAll: { raw: 'ticket_id', one: 'title' },
	getHistory: { raw: 'action_id', one: 'action' },
};
const READS = Object.keys(reads);

const itemFor = (operation: string): { ticket?: string } => {
	const ticket = coc.ticket({ history: [entry('acceptedIncident1')] });
	return operation === 'getAll' ? {} : { ticket };
};

/** The items that come out. */
async function read(operation: string, parameters: INodeParameters): Promise<IDataObject[]> {
	const { success, failed } = await operate(coc, operation, [itemFor(operation)], { parameters });
	expect(failed.map(({ json }) => json.error)).toEqual([]);
	expect(success).not.toEqual([]);
	return success.map(({ json }) => json);
}

const selectable = (operation: string) => {
	const field = shownIn(description, { operation, output: 'fields' }).find(
		({ name }) => name === 'fields',
	);
	return (field?.options as Array<{ name: string; value: string }>) ?? [];
};

test('every operation that reads has it', () => {
	const operations = description.properties.find(({ name }) => name === 'operation')?.options;
	const names = (operations as Array<{ value: string }>).map(({ value }) => value);
	expect(names.filter((name) => name.startsWith('get')).sort()).toEqual([...READS].sort());
});

describe.each(READS)('of the operation %s', (operation) => {
	const { raw, one } = reads[operation]!;

	test('Simplified has the number first, and only fields that can be selected', async () => {
		const names = ['ticket', ...selectable(operation).map(({ value }) => value)];
		for (const json of await read(operation, { output: 'simple' })) {
			expect(Object.keys(json)[0]).toBe('ticket');
			expect(names).toEqual(expect.arrayContaining(Object.keys(json)));
		}
	});

	test('Raw is as COC gives it', async () => {
		for (const json of await read(operation, { output: 'raw' })) expect(json).toHaveProperty(raw);
	});

	test('Selected Fields has the number and the chosen ones, in their order', async () => {
		const names = selectable(operation).map(({ value }) => value);
		const chosen = names.filter((name) => operation !== 'getAll' || name !== 'status').reverse();
		const [simple = {}] = await read(operation, {});
		const [json = {}] = await read(operation, { output: 'fields', fields: chosen });
		expect(Object.keys(json)).toEqual(['ticket', ...chosen]);
		for (const name of chosen) {
			const isOwn = ['ticket', 'createdAt', 'startedAt', 'endedAt'].includes(name);
			if (!isOwn) expect([name, json[name]]).toEqual([name, simple[name] ?? null]);
		}
	});

	test('a model may give fields as text, in words, and the number besides', async () => {
		const words = selectable(operation).find(({ value }) => value === one)!.name;
		for (const fields of [`Ticket, ${words.toUpperCase()}`, ` ${one} `, `${one},${one}`]) {
			const [json] = await read(operation, { output: 'fields', fields });
			expect([...new Set(Object.keys(json!))].sort()).toEqual(['ticket', one].sort());
		}
	});

	test('an unknown field is refused, with those that there are', async () => {
		const output = { output: 'fields', fields: 'owner' };
		const error = await refusedInput(coc, operation, itemFor(operation) as never, output);
		expect(error).toContain(`'Fields to Return' can't be "owner"`);
		for (const { name } of selectable(operation)) expect(error).toContain(name);
	});

	test.each([[[]], [''], [' ']])('none is refused: %j', async (fields) => {
		const output = { output: 'fields', fields };
		const error = await refusedInput(coc, operation, itemFor(operation) as never, output);
		expect(error).toContain(
			"'Fields to Return' is empty. Nothing was sent. Choose the fields to return",
		);
	});
});

describe('what is selected and isn’t there', () => {
	test('is null', async () => {
		const ticket = coc.ticket({ assignee: '' });
		const { success } = await operate(coc, 'get', [{ ticket }], {
			parameters: { output: 'fields', fields: ['assigneeName'] },
		});
		expect(success[0]?.json).toEqual({ ticket, assigneeName: null });
	});

	test('is refused where the list doesn’t show it: the status, without its filter', async () => {
		const output = { output: 'fields', fields: ['status'] };
		expect(await refusedInput(coc, 'getAll', {}, output)).toContain(
			"'Fields to Return' has 'Status', which the list of COC does not show. Nothing was sent. Add the filter 'Status', or choose 'Process Status'.",
		);
		coc.ticket();
		const filters = { status: ['INCIDENT_STATUS_RESOLVED'] };
		expect(await read('getAll', { ...output, filters })).toEqual(
			expect.arrayContaining([{ ticket: expect.anything(), status: 'To Be Verified' }]),
		);
	});
});

describe.each(READS.filter((name) => name !== 'getActions'))(
	'a workflow saved before Output, with %s and Simplify',
	(operation) => {
		const { raw } = reads[operation]!;
		/** What n8n runs, once the editor has opened and saved it. */
		const run = async (stored: INodeParameters, change: INodeParameters = {}) => {
			const item = itemFor(operation);
			const given = { ...parametersOf(operation, Object.keys(item)), ...stored };
			const held = inEditor(description, { resource: 'incident', ...given });
			const parameters = saved(description, { ...held, ...change });
			const { success, failed } = await coc.run([item], {
				parameters: { operation, ...parameters },
			});
			expect(failed.map(({ json }) => json.error)).toEqual([]);
			return { isRaw: raw in success[0]!.json, shown: held.output, parameters };
		};

		test('off gives raw data, and is shown so', async () => {
			const { isRaw, shown, parameters } = await run({ simplify: false });
			expect([isRaw, shown, parameters.simplify]).toEqual([true, 'raw', false]);
		});

		test('off can be changed to each of the outputs', async () => {
			expect(await run({ simplify: false }, { output: 'simple' })).toMatchObject({ isRaw: false });
			const output = { output: 'fields', fields: [reads[operation]!.one] };
			expect(await run({ simplify: false }, output)).toMatchObject({ isRaw: false });
			expect(await run({ simplify: false }, { output: 'raw' })).toMatchObject({ isRaw: true });
		});

		test('on gives simplified data', async () => {
			expect(await run({})).toMatchObject({ isRaw: false, shown: 'simple' });
		});

		test.each([
			['={{ false }}', true],
			['={{ "False" }}', true],
			['={{ true }}', false],
		])('by the expression %s means what it meant', async (simplify, isRaw) => {
			const { isRaw: is, shown } = await run({ simplify });
			expect([is, shown]).toEqual([isRaw, '={{ $parameter.simplify }}']);
		});

		test('has one Output, whatever it holds', () => {
			// The editor resolves an expression first, to nothing where there is no data.
			for (const simplify of [true, false, null]) {
				const shown = shownIn(description, { operation, simplify });
				expect(shown.filter(({ name }) => name === 'output')).toHaveLength(1);
			}
		});
	},
);

test('an unclear switch of such a workflow is refused', async () => {
	const simplify = '={{ "perhaps" }}';
	const held = { output: '={{ $parameter.simplify }}', simplify };
	expect(await refusedInput(coc, 'get', { ticket: coc.ticket() }, held)).toContain(
		`'Output' must be "simple", "raw" or "fields", it is the text "perhaps"`,
	);
});
