// Runs of several items with a change by v2's call: order, errors, another try of the node, the stop button.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import type { RecordedRequest } from '../../../../standin/index.cts';
import { changes, V2_CHANGES, type V2ChangeName } from '../../../../support/changes.cts';
import { NODE, useCoc } from '../../../../support/coc.cts';
import {
	ACTIONS,
	actionsSent,
	operate,
	parametersOf,
	TASKS,
} from '../../../../support/operate.cts';
import { byLength } from '../../../../support/length.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';
import { outcomeOf, outcomes, useEnding } from '../../../../support/watch.cts';

// v2's record is read three times, five seconds and more apart.
useQuickTime(byLength(20, 5));
let onRequest: (request: RecordedRequest) => void;
const coc = useCoc({ onRequest: (request) => onRequest(request) });
const ending = useEnding(coc);
beforeEach(() => {
	onRequest = () => undefined;
});
const fresh = (operation: V2ChangeName) => coc.ticket(changes[operation].ticket());
const itemsOf = (operation: V2ChangeName, tickets: string[]) =>
	tickets.map((ticket) => ({ ticket, ...changes[operation].fields }));
const sends = (tickets: string[]) => tickets.map((ticket) => actionsSent(coc, ticket).length);
/** These may be done again and again. */
const REPEATABLE: V2ChangeName[] = ['addRemark', 'forward'];

describe.each(V2_CHANGES)('%s:', (operation) => {
	const three = () => [fresh(operation), 'IM404', fresh(operation)];
	const run = (tickets: string[], node: Partial<INode> = {}) =>
		operate(coc, operation, itemsOf(operation, tickets), node);

	test('an item that fails leaves by the error output, with what it was about', async () => {
		const { success, failed } = await run(three(), { onError: 'continueErrorOutput' });
		expect(success.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['applied', { item: 0 }],
			['applied', { item: 2 }],
		]);
		expect(failed).toMatchObject([
			{ json: { details: { outcome: 'notSent', ticket: 'IM404', possible: null } } },
		]);
		expect(failed[0]?.pairedItem).toEqual({ item: 1 });
	});

	test('in Continue mode a failed item goes on among the others, in their order', async () => {
		const { success } = await run(three(), { onError: 'continueRegularOutput' });
		expect(success.map(({ json }) => outcomeOf(json))).toEqual(['applied', 'notSent', 'applied']);
		expect(success[1]?.json.error).toMatch(/icket IM404 was not .* \[item 1\]$/);
	});

	test('in Stop mode it ends the run, and the description tells of all items', async () => {
		const { executionError } = await run(three(), { onError: 'stopWorkflow' });
		expect(executionError).toMatchObject({ node: { name: NODE }, context: { itemIndex: 1 } });
		expect(executionError?.message).toMatch(
			/icket IM404 was not .*\. Nothing was sent\. \[item 1\]$/,
		);
		expect(executionError?.description).toMatch(/ Of all items: /);
	});

	test('items of one ticket go one after the other, each with a look of its own', async () => {
		const ticket = fresh(operation);
		coc.standIn.fault({ kind: 'latency', ms: 50, match: { path: ACTIONS } });
		const found = outcomes(await run([ticket, ticket]));
		const isAgain = REPEATABLE.includes(operation);
		expect(found).toEqual(['applied', isAgain ? 'applied' : 'notSent']);
		expect(sends([ticket])).toEqual([isAgain ? 2 : 1]);
		const paths = coc.requests(ticket).map(({ path }) => path);
		const looks = paths.flatMap((path, index) => (TASKS.test(path) ? [index] : []));
		expect(looks).toHaveLength(2);
		expect(looks[1]).toBeGreaterThan(paths.findIndex((path) => ACTIONS.test(path)));
	});

	test('Retry On Fail doesn’t repeat what was applied, and sends what was refused', async () => {
		const tickets = [fresh(operation), fresh(operation), fresh(operation)];
		const match = { ticket: tickets[1]!, path: ACTIONS };
		coc.standIn.fault({ kind: 'status', status: 403, match });
		const { status, success } = await run(tickets, {
			...{ onError: 'stopWorkflow', retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
		});
		expect(status).toBe('success');
		expect(success.map(({ json }) => json.outcome)).toEqual(['applied', 'applied', 'applied']);
		expect(sends(tickets)).toEqual([1, 2, 1]);
	});

	test.each([
		['while it is looked at what is possible', TASKS, 0],
		['while its change is under way', ACTIONS, 1],
	])('the stop button %s sends nothing more', async (_when, path, sent) => {
		const tickets = [fresh(operation), fresh(operation), fresh(operation)];
		const stop = new AbortController();
		onRequest = (request) => {
			if (path.test(request.path)) stop.abort();
		};
		const fields = ['ticket', ...Object.keys(changes[operation].fields)];
		const parameters = {
			...parametersOf(operation, fields),
			options: { concurrency: 1 },
		};
		const node = { onError: 'continueRegularOutput' as const, parameters };
		const items = itemsOf(operation, tickets);
		expect((await coc.run(items, node, { signal: stop.signal })).status).toBe('canceled');
		const found = (await ending()).items.map(({ json }) => outcomeOf(json));
		expect(found).toEqual([sent === 1 ? 'applied' : 'notSent', 'notSent', 'notSent']);
		expect(sends(tickets)).toEqual([sent, 0, 0]);
	});
});
