// n8n's setting Retry On Fail runs the whole node again, with all its items.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { runWorkflow } from '../engine/index.cts';
import { forbidReading, NODE, OPERATOR, SUCCESS, verifyWorkflow, told } from '../support/coc.cts';
import { HANDLE, listed, outcomes, useWatchedCoc, withOptions } from '../support/watch.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const coc = useWatchedCoc();

const retrying: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const stopping: Partial<INode> = { ...retrying, onError: 'stopWorkflow' };
const oneByOne = withOptions({ timeout: 2000, concurrency: 1 });

const tickets = (count: number) => Array.from({ length: count }, () => coc.ticket());
const asItems = (numbers: string[]) => numbers.map((ticket) => ({ ticket }));
/** How often each ticket was sent. */
const sent = (numbers: string[]) => numbers.map((ticket) => coc.writes(ticket).length);

describe('in Stop mode', () => {
	test('a refused item is sent again, those that were applied are not', async () => {
		const all = tickets(3);
		coc.standIn.fault({ kind: 'status', status: 403, match: { ticket: all[1]! } });
		const run = await coc.verify(asItems(all), stopping);
		expect(run.status).toBe('success');
		expect(sent(all)).toEqual([1, 2, 1]);
		expect(run.success.map(({ json, pairedItem }) => [json, pairedItem])).toEqual(
			all.map((ticket, item) => [
				{
					ticket,
					operator: OPERATOR,
					result: true,
					comment: 'Works again',
					outcome: 'applied',
					response: SUCCESS,
				},
				{ item },
			]),
		);
	});

	test.each([
		['that may have been applied', { kind: 'resetAfter' as const }],
		['that may not have been applied', { kind: 'resetBefore' as const }],
		['whose answer never came', { kind: 'hang' as const }],
		['whose answer was no envelope', { kind: 'html' as const }],
		['that the gateway gave up', { kind: 'status' as const, status: 504 }],
	])('an item %s is not sent again', async (_name, fault) => {
		const all = tickets(3);
		forbidReading(coc);
		coc.standIn.fault({ ...fault, match: { ticket: all[1]! } });
		const run = await coc.verify(asItems(all), { ...stopping, ...oneByOne });
		expect(run.status).toBe('error');
		expect(sent(all)).toEqual([1, 1, 0]);
		const message = told(run);
		expect(message).toContain(`It is not known whether ticket ${all[1]} was verified.`);
		// The last try still knows what the first one did.
		expect(message).toMatch(/1 applied \(item 0: /);
		expect(message).toContain(all[0]);
	});

	test('an item that COC refuses every time is sent at every try', async () => {
		const all = [coc.ticket(), 'IM404'];
		const run = await coc.verify(asItems(all), stopping);
		expect(sent(all)).toEqual([1, 3]);
		expect(run.executionError?.message).toContain('IM404');
	});

	test('an item that could not be sent is sent when that has been mended', async () => {
		const all = tickets(2);
		const good = coc.credential.data.token as string;
		coc.credential.data.token = 'not a token';
		let tries = 0;
		const run = await coc.verify(asItems(all), stopping, {
			onLog: ({ message }) => {
				if (message !== `Running node "${NODE}" started` || ++tries < 2) return;
				coc.credential.data.token = good;
			},
		});
		expect(run.status).toBe('success');
		expect(sent(all)).toEqual([1, 1]);
	});

	test('an item that was refused and then got no answer is left alone from then on', async () => {
		const [ticket] = tickets(1);
		forbidReading(coc);
		coc.standIn.fault({ kind: 'status', status: 403 });
		coc.standIn.fault({ kind: 'resetAfter' });
		const run = await coc.verify(asItems([ticket!]), { ...stopping, maxTries: 5 });
		expect(sent([ticket!])).toEqual([2]);
		expect(run.executionError?.message).toContain('It is not known');
	});
});

describe.each([
	['Continue', { onError: 'continueRegularOutput' as const }],
	['Continue (using error output)', { onError: 'continueErrorOutput' as const }],
])('in mode %s', (_name, mode) => {
	const output = async (all: string[], node: Partial<INode> = {}) => {
		const run = await coc.verify(asItems(all), { ...retrying, ...mode, ...node });
		return [...run.success, ...run.failed]
			.map(({ json, pairedItem }) => {
				const details = json.details as { outcome: string } | undefined;
				return [(pairedItem as { item: number }).item, details?.outcome ?? json.outcome] as const;
			})
			.sort(([a], [b]) => a - b);
	};

	// n8n tries again only when the first item has failed.
	test('a first item that was refused is sent again, the applied ones are not', async () => {
		const all = tickets(3);
		coc.standIn.fault({ kind: 'status', status: 403, match: { ticket: all[0]! } });
		expect(await output(all)).toEqual([
			[0, 'applied'],
			[1, 'applied'],
			[2, 'applied'],
		]);
		expect(sent(all)).toEqual([2, 1, 1]);
	});

	test('a first item of unknown outcome is not sent again, and keeps its outcome', async () => {
		const all = [...tickets(2), 'IM404'];
		forbidReading(coc);
		coc.standIn.fault({ kind: 'hang', match: { ticket: all[0]! } });
		expect(await output(all, oneByOne)).toEqual([
			[0, 'unknown'],
			[1, 'applied'],
			[2, 'refused'],
		]);
		expect(sent(all)).toEqual([1, 1, 3]);
	});
});

describe.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
	'%s:',
	(onError) => {
		test('what was applied, recovered or done before is not sent again, the refused is', async () => {
			const all = tickets(5);
			const match = (index: number) => ({ ticket: all[index]!, path: HANDLE });
			coc.standIn.fault({ kind: 'latency', ms: 500, match: match(0) });
			coc.standIn.fault({ kind: 'status', status: 403, match: match(0) });
			coc.standIn.fault({ kind: 'resetAfter', match: match(1) });
			coc.standIn.fault({ kind: 'hang', apply: true, match: match(3) });
			const node = withOptions({ timeout: 3000 }, { ...retrying, onError });
			const run = await coc.verify(asItems(all), node);
			expect(run.status).toBe('success');
			expect(outcomes({ success: run.success, failed: run.failed })).toEqual([
				'applied',
				'recovered',
				'applied',
				'recovered',
				'applied',
			]);
			expect(sent(all)).toEqual([2, 1, 1, 1, 1]);
			for (const ticket of all) expect(coc.entries(ticket)).toHaveLength(1);
		});

		test('what is unknown stays so, however often the node runs', async () => {
			const all = tickets(4);
			const match = (index: number) => ({ ticket: all[index]!, path: HANDLE });
			forbidReading(coc);
			coc.standIn.fault({ kind: 'latency', ms: 300, times: 9, match: match(0) });
			coc.standIn.fault({ kind: 'status', status: 403, times: 9, match: match(0) });
			coc.standIn.fault({ kind: 'resetAfter', match: match(1) });
			coc.standIn.fault({ kind: 'resetBefore', match: match(2) });
			const run = await coc.verify(asItems(all), { ...retrying, onError, maxTries: 4 });
			expect(sent(all).slice(1)).toEqual([1, 1, 1]);
			if (onError === 'stopWorkflow') {
				const found = listed(run.executionError?.description ?? '');
				expect(found).toMatchObject({ unknown: [1, 2], applied: [3] });
			} else {
				expect(outcomes(run)).toEqual(['refused', 'unknown', 'unknown', 'applied']);
				expect(sent(all)[0]).toBe(4);
			}
		});
	},
);

describe('what was done is remembered for the run only:', () => {
	beforeEach(() => {
		coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify(SUCCESS), times: 5 });
	});

	test('two items for the same ticket are both sent', async () => {
		const ticket = coc.ticket();
		const item = { ticket, operator: OPERATOR, result: false, comment: 'Twice' };
		await coc.verify([item, item], retrying);
		expect(sent([ticket])).toEqual([2]);
	});

	test('the next execution sends the same items again', async () => {
		const ticket = coc.ticket();
		await coc.verify([{ ticket }], retrying);
		await coc.verify([{ ticket }], retrying);
		expect(sent([ticket])).toEqual([2]);
	});

	test('a node that runs twice in a loop sends the same item object twice', async () => {
		const ticket = coc.ticket();
		const workflow = verifyWorkflow(retrying);
		// Two ways lead to the node: it runs once for each, with the very same items.
		const prepared = workflow.nodes.find(({ name }) => name === 'Prepared')!;
		workflow.nodes.push({ ...prepared, id: '6', name: 'Again' });
		const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
		Object.assign(workflow.connections, {
			Tickets: { main: [[to('Prepared'), to('Again')]] },
			Again: { main: [[to(NODE)]] },
		});
		const run = await runWorkflow({
			workflow: { ...workflow, settings: { executionOrder: 'v1' } },
			packages: coc.packages,
			credentials: { a: coc.credential },
			input: [{ ticket, operator: OPERATOR, result: false, comment: 'Once more' }],
		});
		expect(run.runData[NODE]).toHaveLength(2);
		expect(sent([ticket])).toEqual([2]);
		expect(run.outputs(NODE, 0, 1)).toHaveLength(1);
	});

	test('a second node for the same items sends them as well', async () => {
		const ticket = coc.ticket();
		const workflow = verifyWorkflow({ ...retrying, onError: 'continueRegularOutput' });
		const node = workflow.nodes.find(({ name }) => name === NODE)!;
		workflow.nodes.push({ ...node, id: '6', name: 'Second' });
		const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
		Object.assign(workflow.connections, { Prepared: { main: [[to(NODE), to('Second')]] } });
		await runWorkflow({
			workflow: { ...workflow, settings: { executionOrder: 'v1' } },
			packages: coc.packages,
			credentials: { a: coc.credential },
			input: [{ ticket, operator: OPERATOR, result: false, comment: 'Once more' }],
		});
		expect(sent([ticket])).toEqual([2]);
	});
});
