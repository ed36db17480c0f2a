// The editor's stop button, or an execution's own time limit.
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import type { Fault } from '../standin/index.cts';
import { listenToNode, useCoc } from '../support/coc.cts';
import { withOptions } from '../support/watch.cts';

let stop: AbortController;
beforeEach(() => {
	stop = new AbortController();
});

describe('stopping an execution', () => {
	// In the middle of the first item's request.
	const coc = useCoc({ onRequest: () => void sleep(50).then(() => stop.abort()) });

	async function stopped(count: number, node: Partial<INode> = {}, fault?: Fault) {
		const given = listenToNode(coc);
		const tickets = Array.from({ length: count }, () => coc.ticket());
		coc.standIn.fault({ kind: 'latency', ms: 150 });
		if (fault) coc.standIn.fault(fault);
		const items = tickets.map((ticket) => ({ ticket }));
		const oneByOne = withOptions({ concurrency: 1 }, node);
		const run = await coc.verify(items, oneByOne, { signal: stop.signal });
		expect(run.status).toBe('canceled');
		// n8n doesn't wait for the node.
		await sleep(250);
		return { tickets, outputs: given() };
	}

	test('does not tear the request that is under way, and sends no further item', async () => {
		const { tickets } = await stopped(3);
		expect(coc.requests()).toMatchObject([{ ticket: tickets[0], status: 200, applied: true }]);
	});

	test('gives the other items the outcome notSent', async () => {
		const { tickets, outputs } = await stopped(3, { onError: 'continueRegularOutput' });
		expect(outputs[0]?.map(({ json }) => json)).toMatchObject([
			{ ticket: tickets[0], outcome: 'applied' },
			{
				error: expect.stringContaining('cancelled'),
				details: { outcome: 'notSent', ticket: tickets[1] },
			},
			{
				error: expect.stringContaining('cancelled'),
				details: { outcome: 'notSent', ticket: tickets[2] },
			},
		]);
	});

	test('ends Retry On Fail as well', async () => {
		const retry = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
		const settings = { ...retry, onError: 'continueRegularOutput' as const };
		const { tickets } = await stopped(2, settings, { kind: 'status', status: 429 });
		expect(coc.requests().map(({ ticket }) => ticket)).toEqual([tickets[0]]);
	});
});

describe('stopping before the node begins', () => {
	const coc = useCoc();

	test('sends nothing', async () => {
		const run = await coc.verify(
			[{}, {}],
			{},
			{
				signal: stop.signal,
				onLog: ({ message }) => {
					if (message.includes('"Prepared"')) stop.abort();
				},
			},
		);
		expect(run.status).toBe('canceled');
		await sleep(100);
		expect(coc.requests()).toEqual([]);
	});
});

describe('stopping while COC does not answer', () => {
	const coc = useCoc();

	test('leaves the request until its time-out, and no longer', async () => {
		let closedAfter: Promise<number> | undefined;
		const server = createServer((_request, response) => {
			const started = Date.now();
			closedAfter = new Promise((resolve) =>
				response.once('close', () => resolve(Date.now() - started)),
			);
			stop.abort();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		try {
			const { port } = server.address() as AddressInfo;
			coc.credential.data.endpoint = `http://127.0.0.1:${port}`;
			const node = { parameters: { options: { timeout: 300 } } };
			await coc.verify([{}, {}], node, { signal: stop.signal });
			const took = (await closedAfter) ?? 0;
			expect(took).toBeGreaterThan(200);
			expect(took).toBeLessThan(10_000);
		} finally {
			server.closeAllConnections();
			server.close();
		}
	});
});
