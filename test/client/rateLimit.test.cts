// Options > Requests per Second, and values of both limits that are none.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { useWatchedCoc, withOptions } from '../support/watch.cts';

const coc = useWatchedCoc();

/** Most requests in any span of so many ms. */
function mostWithin(ms: number): number {
	const times = coc.requests().map(({ at }) => at);
	return Math.max(
		...times.map((from) => times.filter((at) => at >= from && at < from + ms).length),
	);
}
/** How long this machine had no time for anybody, at most: then those who waited go together. */
const stall = monitorEventLoopDelay({ resolution: 5 });
const stalledMs = () => stall.max / 1e6;
beforeEach(() => {
	stall.reset();
	stall.enable();
});
afterEach(() => {
	stall.disable();
});
const took = () => coc.requests().at(-1)!.at - coc.requests()[0]!.at;

describe('Requests per Second', () => {
	test.each([
		[20, 40, 1],
		[20, 40, 40],
		[2.5, 6, 10],
	])(
		'%d: paces %d items, with a concurrency of %d',
		async (requestsPerSecond, count, concurrency) => {
			const { success } = await coc.verify(
				coc.tickets(count).map((ticket) => ({ ticket })),
				withOptions({ requestsPerSecond, concurrency }),
			);
			expect(success).toHaveLength(count);
			const paced = ((count - 1) / requestsPerSecond) * 1000;
			expect(took()).toBeGreaterThan(paced * 0.8 - stalledMs());
			expect(took()).toBeLessThan((count / requestsPerSecond) * 1000 * 1.5 + 3000);
			const atMost = (1 + stalledMs() / 1000) * requestsPerSecond * 1.2;
			expect(mostWithin(1000)).toBeLessThanOrEqual(Math.ceil(atMost) + 1);
		},
	);

	test('counts every request, reads as well', async () => {
		await coc.verify(
			coc.tickets(10).map((ticket) => ({ ticket })),
			withOptions({ requestsPerSecond: 20, checkStatus: true }),
		);
		expect(coc.requests()).toHaveLength(20);
		expect(took()).toBeGreaterThan(19 * 50 * 0.8 - stalledMs());
		expect(mostWithin(500)).toBeLessThanOrEqual(16 + stalledMs() / 50);
	});

	test('holds after a Retry-After as well: those who waited don’t go all at once', async () => {
		const tickets = coc.tickets(12);
		const match = { ticket: tickets[0]! };
		coc.standIn.fault({ kind: 'status', status: 429, retryAfter: '2', match });
		const items = tickets.map((ticket) => ({ ticket }));
		await coc.verify(items, withOptions({ requestsPerSecond: 10, concurrency: 12 }));
		const [first = 0, ...others] = coc.requests().map(({ at }) => at);
		const later = others.filter((at) => at - first > 1500);
		expect(later.length).toBeGreaterThanOrEqual(10);
		const paced = (later.length - 1) * 100;
		expect(later.at(-1)! - later[0]!).toBeGreaterThan(paced * 0.8 - stalledMs());
	});

	test('is no limit for a node that does not say', async () => {
		await coc.verify(coc.tickets(200).map((ticket) => ({ ticket })));
		// The option's default would let 51 pass.
		expect(mostWithin(5000)).toBeGreaterThan(75);
	});

	test('of the first item counts for the whole run', async () => {
		const items = coc
			.tickets(11)
			.map((ticket, index) => ({ ticket, rate: index === 0 ? 10 : 1000 }));
		await coc.verify(items, withOptions({ requestsPerSecond: '={{ $json.rate }}' }));
		expect(coc.requests()).toHaveLength(11);
		expect(took()).toBeGreaterThan(800 - stalledMs());
	});
});

describe.each([
	['concurrency', 'Concurrency', [0, -1, 101, 1.5, 1e9]],
	['requestsPerSecond', 'Requests per Second', [0, -1, 1000.5, 1e9]],
])('%s that is none', (name, label, numbers) => {
	test.each<unknown[]>([
		...numbers.map((value) => [value]),
		...['', ' ', 'ten', '1,0', '1e1', null, NaN, Infinity, -Infinity, true, false].map((v) => [v]),
		[[10]],
		[{ value: 10 }],
		['={{ $json.missing }}'],
		['={{ null }}'],
		['={{ "10 a second" }}'],
		['={{ $("Nowhere").first().json.n }}'],
	])('(%j) is refused, for each item, and nothing is sent', async (value) => {
		const run = await coc.verify([{}, {}, {}], withOptions({ [name]: value }));
		expect(run.success).toEqual([]);
		expect(coc.requests()).toEqual([]);
		expect(run.failed).toHaveLength(3);
		for (const [item, { json, pairedItem }] of run.failed.entries()) {
			expect(json.details.outcome).toBe('notSent');
			expect(json.error).toContain(label);
			expect(pairedItem).toEqual({ item });
		}
	});

	test('stops the workflow in Stop mode', async () => {
		const stopping = withOptions({ [name]: 0 }, { onError: 'stopWorkflow' });
		const run = await coc.verify([{}, {}], stopping);
		expect(run.status).toBe('error');
		expect(run.executionError?.description).toContain(label);
		expect(run.executionError).toMatchObject({ context: { itemIndex: 0 } });
		expect(coc.requests()).toEqual([]);
	});
});

test.each([
	['concurrency', [1, 100]],
	['requestsPerSecond', [0.5, 1, 999.5, 1000]],
])('%s: the ends of the range are in it', async (name, values) => {
	for (const value of values) {
		expect((await coc.verify([{}], withOptions({ [name]: value }))).success).toHaveLength(1);
	}
});
