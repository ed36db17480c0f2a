// On Error: Stop Workflow, with several items under way: what still happens, and what is said.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { NODE } from '../support/coc.cts';
import { HISTORY, listed, useWatchedCoc, withOptions } from '../support/watch.cts';

const coc = useWatchedCoc();

const stop = (options: object = {}) =>
	withOptions({ timeout: 10_000, ...options }, { onError: 'stopWorkflow' });
const asItems = (tickets: string[]) => tickets.map((ticket) => ({ ticket }));
const late = (ticket: string, ms: number) =>
	coc.standIn.fault({ kind: 'latency', ms, match: { ticket } });
const fault = (ticket: string, what: Fault) => coc.standIn.fault({ ...what, match: { ticket } });
const refuse: Fault = { kind: 'status', status: 403 };

describe('at the first failure', () => {
	test('no new item is sent, and those under way are awaited', async () => {
		const tickets = coc.tickets(10);
		fault(tickets[0]!, refuse);
		late(tickets[1]!, 400);
		late(tickets[2]!, 400);
		fault(tickets[2]!, { kind: 'resetAfter' });
		const run = await coc.verify(asItems(tickets), stop({ concurrency: 3 }));
		expect(run.status).toBe('error');
		expect(coc.writes().map(({ ticket }) => ticket)).toEqual(tickets.slice(0, 3));
		expect(run.executionError).toMatchObject({ context: { itemIndex: 0 }, node: { name: NODE } });
		expect(run.executionError?.message).toContain(tickets[0]);
		expect(run.executionError?.message).toMatch(/\[item 0\]$/);
		// The lost answer was looked for as well.
		expect(listed(run.executionError?.description ?? '')).toEqual({
			refused: [0],
			applied: [1],
			recovered: [2],
			'never sent': [3, 4, 5, 6, 7, 8, 9],
		});
		expect(run.outputs(NODE)).toEqual([]);
	});

	test('the error is that of the item which failed first, whatever comes after', async () => {
		const tickets = coc.tickets(6);
		late(tickets[0]!, 300);
		fault(tickets[0]!, refuse);
		late(tickets[1]!, 300);
		fault(tickets[2]!, refuse);
		const { executionError } = await coc.verify(asItems(tickets), stop({ concurrency: 3 }));
		expect(executionError).toMatchObject({ context: { itemIndex: 2 } });
		expect(executionError?.message).toMatch(/\[item 2\]$/);
		expect(listed(executionError?.description ?? '')).toEqual({
			refused: [0, 2],
			applied: [1],
			'never sent': [3, 4, 5],
		});
	});

	test('an item of unknown outcome comes first in the list', async () => {
		const tickets = coc.tickets(5);
		coc.standIn.fault({ kind: 'status', status: 403, times: 100, match: { path: HISTORY } });
		late(tickets[1]!, 100);
		fault(tickets[1]!, { kind: 'resetAfter' });
		fault(tickets[0]!, refuse);
		late(tickets[2]!, 200);
		const { executionError } = await coc.verify(asItems(tickets), stop({ concurrency: 3 }));
		const found = listed(executionError?.description ?? '');
		expect(found).toEqual({ unknown: [1], refused: [0], applied: [2], 'never sent': [3, 4] });
		expect(Object.keys(found)[0]).toBe('unknown');
	});

	test('a single item needs no list of others', async () => {
		const { executionError } = await coc.verify([{ ticket: 'IM404' }], stop());
		expect(executionError?.message).toBe('Ticket IM404 was not verified. Nothing was changed.');
		expect(listed(executionError?.description ?? '')).not.toHaveProperty('never sent');
	});

	test('bad input stops as well, and what it stops is told', async () => {
		const tickets = coc.tickets(4);
		const items = [...asItems(tickets), { ticket: 'I M' }, {}];
		const { executionError } = await coc.verify(items, stop({ concurrency: 2 }));
		expect(executionError).toMatchObject({ context: { itemIndex: 4 } });
		const { applied = [], ...others } = listed(executionError?.description ?? '');
		expect(applied).toEqual([0, 1, 2, 3]);
		expect(Object.values(others).flat().sort()).toEqual([4, 5]);
	});
});

describe('an item that can’t be sent', () => {
	test('lets none begin that comes after it, however many may be under way', async () => {
		const tickets = coc.tickets(9);
		const items = [
			...asItems(tickets.slice(0, 3)),
			{ ticket: 'I M' },
			...asItems(tickets.slice(3)),
		];
		const { executionError } = await coc.verify(items, stop());
		expect(executionError).toMatchObject({ context: { itemIndex: 3 } });
		expect(coc.writes().map(({ ticket }) => ticket)).toEqual(tickets.slice(0, 3));
		expect(listed(executionError?.description ?? '')['never sent']).toEqual([3, 4, 5, 6, 7, 8, 9]);
	});
});

describe('after the first failure, nothing is sent that waited', () => {
	const startedAt = () => Date.now();

	test('to be tried again', async () => {
		const tickets = coc.tickets(4);
		coc.standIn.fault({
			kind: 'status',
			status: 429,
			retryAfter: '20',
			match: { ticket: tickets[1]! },
		});
		late(tickets[0]!, 200);
		fault(tickets[0]!, refuse);
		const started = startedAt();
		const { executionError } = await coc.verify(asItems(tickets), stop({ concurrency: 2 }));
		expect(Date.now() - started).toBeLessThan(10_000);
		expect(coc.writes()).toHaveLength(2);
		const { applied, ...others } = listed(executionError?.description ?? '');
		expect(applied).toBeUndefined();
		expect(Object.values(others).flat().sort()).toEqual([0, 1, 2, 3]);
	});

	test('for its turn in Requests per Second', async () => {
		const started = startedAt();
		await coc.verify(
			[{ ticket: 'IM404' }, {}, {}, {}],
			stop({ concurrency: 4, requestsPerSecond: 0.05 }),
		);
		expect(Date.now() - started).toBeLessThan(10_000);
		expect(coc.writes()).toHaveLength(1);
	});

	test('for the check of its status', async () => {
		const tickets = coc.tickets(3);
		late(tickets[0]!, 100);
		late(tickets[1]!, 400);
		late(tickets[2]!, 400);
		coc.standIn.tickets.get(tickets[0]!)!.status = 'INCIDENT_STATUS_COMPLETED';
		const { executionError } = await coc.verify(
			asItems(tickets),
			stop({ concurrency: 3, checkStatus: true }),
		);
		expect(coc.reads()).toHaveLength(3);
		expect(coc.writes()).toEqual([]);
		expect(listed(executionError?.description ?? '')['never sent']).toEqual(
			expect.arrayContaining([1, 2]),
		);
	});

	test('for the item before it, of the same ticket', async () => {
		const ticket = coc.ticket();
		late(ticket, 50);
		fault(ticket, refuse);
		await coc.verify(asItems([ticket, ticket, ticket]), stop());
		expect(coc.writes()).toHaveLength(1);
	});
});

describe('the description stays readable', () => {
	test('with 10,000 items, nearly all of them never sent', async () => {
		const items = Array.from({ length: 10_000 }, (_, index) => ({
			ticket: index === 25 ? 'IM404' : index < 40 ? coc.ticket() : `IM${index}`,
		}));
		const { executionError } = await coc.verify(items, stop());
		const description = executionError?.description ?? '';
		expect(description.length).toBeLessThan(1000);
		expect(executionError?.message.length).toBeLessThan(2000);
		const found = listed(description);
		expect(found.refused).toEqual([25]);
		expect(Object.values(found).flat()).toHaveLength(10_000);
		expect(found['never sent']?.at(-1)).toBe(9999);
		expect(found.applied).toHaveLength(coc.writes().filter(({ applied }) => applied).length);
	});

	test('with outcomes that change from item to item: no unknown one is left out', async () => {
		coc.standIn.fault({ kind: 'status', status: 403, times: 10_000, match: { path: HISTORY } });
		const same = coc.ticket();
		late(same, 2000);
		// Every second item waits for the first one of its ticket, so that no two outcomes are
		// neighbours.
		const own = coc.tickets(1500);
		const lost = own.slice(0, 99);
		for (const ticket of lost) fault(ticket, { kind: 'resetAfter' });
		const items = own.flatMap((ticket) => [{ ticket: same }, { ticket }]);
		const run = await coc.verify(items, stop({ concurrency: 100, timeout: 10_000 }));
		const description = run.executionError?.description ?? '';
		const { unknown = [], applied } = listed(description);
		expect(unknown).toEqual(lost.map((_, index) => 2 * index + 1));
		expect(applied).toEqual([0]);
		expect(description.length).toBeLessThan(10_000);
		// What there is no room for is counted at least.
		const counts = [...description.matchAll(/(\d+) [a-z ]+ \(items?/g)].map(([, n]) => Number(n));
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3000);
	});
});
