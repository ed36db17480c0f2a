// n8n's setting On Error: Stop Workflow, Continue, Continue (using error output).
import { types } from 'node:util';
import { describe, expect, jest, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { forbidReading, listenToNode, NODE, useCoc } from '../support/coc.cts';
import { withOptions } from '../support/watch.cts';

const coc = useCoc();

const stopping = withOptions({ concurrency: 1 }, { onError: 'stopWorkflow' });
const continuing: Partial<INode> = { onError: 'continueRegularOutput' };

/** Five items: bad input, good, refused by COC, no readable answer, good. */
function mixed() {
	const [first, refused, unknown, last] = [1, 2, 3, 4].map(() => coc.ticket());
	forbidReading(coc);
	coc.standIn.fault({ kind: 'status', status: 403, match: { ticket: refused! } });
	coc.standIn.fault({ kind: 'resetAfter', match: { ticket: unknown! } });
	const items = [
		{ ticket: 'IM 1' },
		...[first, refused, unknown, last].map((ticket) => ({ ticket })),
	];
	return { items, outcomes: ['notSent', 'applied', 'refused', 'unknown', 'applied'] };
}

describe('Stop Workflow', () => {
	test('sends nothing after the item that failed, and nothing goes on', async () => {
		const tickets = [coc.ticket(), 'IM404', coc.ticket()];
		const run = await coc.verify(
			tickets.map((ticket) => ({ ticket })),
			stopping,
		);
		expect(run.status).toBe('error');
		expect(coc.requests().map(({ ticket }) => ticket)).toEqual(tickets.slice(0, 2));
		expect(run.success).toEqual([]);
		expect(run.outputs('Verified')).toEqual([]);
	});

	test('says which items were done before, and that the rest was not sent', async () => {
		const tickets = [coc.ticket(), coc.ticket(), 'IM404', 'IM405', 'IM406'];
		const { executionError } = await coc.verify(
			tickets.map((ticket) => ({ ticket })),
			stopping,
		);
		expect(executionError?.message).toBe(
			'Ticket IM404 was not verified. Nothing was changed. [item 2]',
		);
		const message = executionError?.description ?? '';
		for (const done of tickets.slice(0, 2)) expect(message).toContain(done);
		expect(message).toMatch(/1 refused \(item 2\)/);
		expect(message).toMatch(/2 applied \(items 0, 1: /);
		expect(message).toMatch(/2 never sent \(items 3, 4\)/);
		expect(message).not.toContain('IM405');
	});

	test('keeps the description readable when many were done before', async () => {
		const items = Array.from({ length: 40 }, () => ({ ticket: coc.ticket() }));
		const run = await coc.verify([...items, { ticket: 'IM404' }], stopping);
		expect(run.executionError?.message).toContain('[item 40]');
		const message = run.executionError?.description ?? '';
		expect(message).toMatch(/\b40 applied \(items 0–39: /);
		expect(message.length).toBeLessThan(2000);
	});

	test.each([
		['bad input', { result: 'no' }, 'NodeOperationError'],
		['an answer of COC', { ticket: 'IM404' }, 'NodeApiError'],
	])('stops with n8n’s class for %s, and the item’s index', async (_name, fields, name) => {
		const run = await coc.verify([{}, fields], stopping);
		expect(run.executionError).toMatchObject({
			name,
			context: { itemIndex: 1 },
			node: { name: NODE },
		});
		expect(run.executionError?.message).toMatch(/\[item 1\]$/);
	});

	test('is what a node does that has no such setting', async () => {
		const run = await coc.verify([{ ticket: 'IM404' }], { onError: undefined as never });
		expect(run.status).toBe('error');
	});
});

describe('Continue', () => {
	test('puts a failed item where its input was, with exactly error and details', async () => {
		const { items, outcomes } = mixed();
		const run = await coc.verify(items, continuing);
		expect(run.status).toBe('success');
		const output = run.outputs(NODE);
		expect(output.map(({ json }) => outcomeOf(json))).toEqual(outcomes);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		for (const index of [0, 2, 3]) {
			expect(Object.keys(output[index]?.json ?? {})).toEqual(['error', 'details']);
			expect(output[index]?.json.error).toContain(`[item ${index}]`);
			expect(output[index]?.json.details).toMatchObject({ ticket: items[index]?.ticket });
		}
	});

	test('lets the next node see every item, paired with its input', async () => {
		const { items } = mixed();
		const run = await coc.verify(items, continuing);
		const seen = items.map((_, index) => run.pairedWith('Tickets', 'Verified', index).json.ticket);
		expect(seen).toEqual(items.map(({ ticket }) => ticket));
		expect(run.outputs('Not Verified')).toEqual([]);
	});
});

describe('Continue (using error output)', () => {
	test('sends every item to exactly one output, in order', async () => {
		const { items } = mixed();
		const run = await coc.verify(items);
		expect(run.status).toBe('success');
		expect(run.success.map(({ json }) => outcomeOf(json))).toEqual(['applied', 'applied']);
		expect(run.failed.map(({ json }) => outcomeOf(json))).toEqual([
			'notSent',
			'refused',
			'unknown',
		]);
		expect(run.outputs('Verified')).toHaveLength(2);
		expect(run.outputs('Not Verified')).toHaveLength(3);
	});

	test('keeps the pairing on both outputs, up to the first node', async () => {
		const { items } = mixed();
		const run = await coc.verify(items);
		const found = (node: string, count: number, output = 0) =>
			Array.from({ length: count }, (_, index) => {
				const { json } = run.pairedWith('Tickets', node, index, output);
				return items.findIndex(({ ticket }) => ticket === json.ticket);
			});
		expect(found(NODE, 2, 0)).toEqual([1, 4]);
		expect(found(NODE, 3, 1)).toEqual([0, 2, 3]);
		expect(found('Verified', 2)).toEqual([1, 4]);
		expect(found('Not Verified', 3)).toEqual([0, 2, 3]);
	});

	test('gives the failed item its fields; n8n puts the input’s beside them', async () => {
		const run = await coc.verify([{ ticket: 'IM404', comment: 'Mine' }]);
		const { error, details, ...input } = run.failed[0]?.json ?? {};
		expect(error).toContain('IM404');
		expect(details).toMatchObject({ outcome: 'refused' });
		expect(input).toEqual({ ...run.outputs('Prepared')[0]?.json });
	});

	test.each([
		['refused', { ticket: '\u00a0IM404 \n' }],
		['notSent', { ticket: '\u00a0IM404 \n', result: 'no' }],
	])('names the ticket of a %s item as it was given, to find it again', async (outcome, fields) => {
		const { failed } = await coc.verify([fields]);
		expect(failed[0]?.json.details).toMatchObject({ outcome, ticket: fields.ticket });
	});

	test('is not confused by an input that failed in an earlier node', async () => {
		const before = { error: 'An old one', details: { outcome: 'refused' }, message: 'x' };
		const run = await coc.verify([before, { ...before, ticket: 'IM404' }]);
		expect(run.success.map(({ json }) => outcomeOf(json))).toEqual(['applied']);
		expect(run.failed[0]?.json.error).toContain('IM404');
		expect(run.failed[0]?.json.details).toMatchObject({ ticket: 'IM404' });
	});
});

describe('n8n before 2.34', () => {
	// It looks at the item's property `error` alone when the json has more keys than a few.
	test('finds a property that sends failed items to the error output', async () => {
		const given = listenToNode(coc);
		await coc.verify([{}, { ticket: 'IM404' }, { result: 'no' }]);
		const [[good, refused, bad] = []] = given();
		expect(good).not.toHaveProperty('error');
		for (const item of [refused, bad]) {
			expect(types.isNativeError(item?.error)).toBe(true);
			// n8n's spread must drop it: with it, json would shrink to the message.
			expect(Object.keys({ ...item })).toEqual(['json', 'pairedItem']);
			expect(item?.error?.message).toBe(item?.json.error);
		}
	});

	test('finds none in Continue mode, where it would cost the details', async () => {
		const given = listenToNode(coc);
		await coc.verify([{ ticket: 'IM404' }], continuing);
		const [[refused] = []] = given();
		expect(Object.getOwnPropertyNames(refused)).toEqual(['json', 'pairedItem']);
	});
});

describe.each([
	['Continue', continuing],
	['Continue (using error output)', {}],
])('%s, when the node cannot work at all:', (_mode, settings) => {
	const all = async (node: Partial<INode>) => {
		const run = await coc.verify([{}, {}], { ...settings, ...node });
		expect(coc.requests()).toEqual([]);
		expect(run.success.filter(({ json }) => json.error === undefined)).toEqual([]);
		return [...run.success, ...run.failed].map(({ json, pairedItem }) => ({
			outcome: (json.details as { outcome?: string } | undefined)?.outcome,
			pairedItem,
		}));
	};
	const none = [0, 1].map((item) => ({ outcome: 'notSent', pairedItem: { item } }));

	test('a useless credential fails each item by itself', async () => {
		coc.credential.data.token = '';
		expect(await all({})).toEqual(none);
	});

	test('a credential that was deleted fails each item by itself', async () => {
		expect(await all({ credentials: { huaweiCloudCocApi: { id: 'b', name: 'Gone' } } })).toEqual(
			none,
		);
	});

	test('a fault of the node itself costs no other item its outcome', async () => {
		const broken = jest.spyOn(Intl, 'Segmenter').mockImplementation(() => {
			throw new RangeError('secret inner workings');
		});
		try {
			const parameters = { options: { shortenComment: true } };
			const items = [{}, { comment: 'x'.repeat(301) }, {}];
			const run = await coc.verify(items, { ...settings, parameters });
			const outcomes = [...run.success, ...run.failed].map(({ json }) => outcomeOf(json));
			expect(outcomes.sort()).toEqual(['applied', 'applied', 'notSent']);
			expect(JSON.stringify([...run.success, ...run.failed])).not.toContain('inner workings');
		} finally {
			broken.mockRestore();
		}
	});

	test('an operation of a later version does not look like success', async () => {
		const run = await coc.verify([{}], { ...settings, parameters: { operation: 'merge' } });
		expect(coc.requests()).toEqual([]);
		expect(run.success.filter(({ json }) => json.error === undefined)).toEqual([]);
	});
});

const outcomeOf = (json: { outcome?: unknown; details?: unknown }) =>
	json.outcome ?? (json.details as { outcome?: unknown } | undefined)?.outcome;
