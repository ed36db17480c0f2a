// Options > Concurrency: several tickets at once, each ticket's items one after the other.
import { runInThisContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { outcomes, useWatchedCoc, withOptions } from '../support/watch.cts';

const coc = useWatchedCoc();

const slowly = (ms: number, ticket?: string) =>
	coc.standIn.fault({ kind: 'latency', ms, times: 10_000, ...(ticket && { match: { ticket } }) });
/** Nobody is answered before so many are under way; without them, after a long while. */
const gather = (together: number) =>
	coc.standIn.fault({ kind: 'latency', ms: 10_000, times: 10_000, together });
const asItems = (tickets: string[]) => tickets.map((ticket) => ({ ticket }));

describe('Concurrency', () => {
	test.each([
		[1, 4],
		[3, 12],
		[100, 220],
	])('%d: so many requests are under way at once, and never more', async (concurrency, count) => {
		gather(concurrency);
		const { success } = await coc.verify(asItems(coc.tickets(count)), withOptions({ concurrency }));
		expect(success).toHaveLength(count);
		expect(coc.peak).toBe(concurrency);
		expect(coc.standIn.peakConnections).toBeLessThanOrEqual(concurrency);
	});

	test('is 10 for a node that does not say', async () => {
		gather(10);
		const { success } = await coc.verify(asItems(coc.tickets(40)));
		expect(success).toHaveLength(40);
		expect(coc.peak).toBe(10);
	});

	test('takes its value from the first item, for the whole run', async () => {
		gather(3);
		const items = coc.tickets(12).map((ticket, index) => ({ ticket, wanted: index === 0 ? 3 : 9 }));
		await coc.verify(items, withOptions({ concurrency: '={{ $json.wanted }}' }));
		expect(coc.writes()).toHaveLength(12);
		expect(coc.peak).toBe(3);
	});

	test('one slow ticket holds its own place only', async () => {
		const [slow, ...others] = coc.tickets(12);
		slowly(3000, slow);
		const { success } = await coc.verify(
			asItems([slow!, ...others]),
			withOptions({ concurrency: 2 }),
		);
		expect(success).toHaveLength(12);
		const answered = Math.max(...others.map((ticket) => coc.writes(ticket)[0]?.at ?? Infinity));
		expect(answered - coc.writes(slow)[0]!.at).toBeLessThan(3000);
	});

	test('leaves no warning about listeners, however many wait for the stop button', async () => {
		// Jest gives tests a `process` of their own, which hears of no warnings.
		const { process } = { process: runInThisContext('process') as NodeJS.Process };
		const warnings: string[] = [];
		const listen = ({ name, message }: Error) => void warnings.push(`${name}: ${message}`);
		process.on('warning', listen);
		try {
			const tickets = coc.tickets(100);
			// All of them wait, in one request and in one sleep.
			gather(100);
			for (const ticket of tickets) {
				coc.standIn.fault({ kind: 'status', status: 429, match: { ticket } });
			}
			const { success } = await coc.verify(asItems(tickets), withOptions({ concurrency: 100 }));
			expect(success).toHaveLength(100);
			expect(coc.peak).toBe(100);
			expect(warnings).toEqual([]);
		} finally {
			process.removeListener('warning', listen);
		}
	});
});

describe('the output', () => {
	test('has the order of the input, whatever is answered first', async () => {
		const tickets = coc.tickets(30);
		tickets.forEach((ticket, index) => slowly(1 + ((index * 37) % 30) * 10, ticket));
		const run = await coc.verify(asItems(tickets), withOptions({ concurrency: 30 }));
		expect(run.success.map(({ json }) => json.ticket)).toEqual(tickets);
		expect(run.success.map(({ pairedItem }) => pairedItem)).toEqual(
			tickets.map((_, item) => ({ item })),
		);
		expect(run.pairedWith('Tickets', 'Verified', 17).json.ticket).toBe(tickets[17]);
	});

	test('has the order of the input on the error output as well', async () => {
		const tickets = coc.tickets(20);
		tickets.forEach((ticket, index) => {
			slowly(1 + ((index * 7) % 20) * 10, ticket);
			if (index % 2 === 1) coc.standIn.fault({ kind: 'status', status: 403, match: { ticket } });
		});
		const run = await coc.verify(asItems(tickets), withOptions({ concurrency: 20 }));
		const even = tickets.filter((_, index) => index % 2 === 0);
		expect(run.success.map(({ json }) => json.ticket)).toEqual(even);
		expect(run.failed.map(({ json }) => json.details.ticket)).toEqual(
			tickets.filter((ticket) => !even.includes(ticket)),
		);
	});
});

interface Sent {
	parameter: { virtual_confirm_comment: string };
}

describe('items of the same ticket', () => {
	test('never overlap and keep their order, while the others go on', async () => {
		const [same, ...others] = coc.tickets(8);
		slowly(1000, same);
		const items = [1, 2, 3].map((turn) => ({ ticket: same, comment: `Turn ${turn}` }));
		const run = await coc.verify(
			[...items, ...asItems(others)],
			// They would take both places if they waited in them.
			withOptions({ concurrency: 2 }),
		);
		expect([...coc.overlapping]).toEqual([]);
		const turns = coc.writes(same).map(({ json }) => (json as Sent).parameter);
		expect(turns.map((parameter) => parameter.virtual_confirm_comment)).toEqual([
			'Turn 1',
			'Turn 2',
			'Turn 3',
		]);
		const second = coc.writes(same)[1]?.at ?? 0;
		for (const ticket of others) expect(coc.writes(ticket)[0]?.at).toBeLessThan(second);
		expect(outcomes(run)).toEqual([
			'applied',
			'refused',
			'refused',
			...others.map(() => 'applied'),
		]);
	});
	test('are the same however the number is padded', async () => {
		const ticket = coc.ticket();
		slowly(50);
		await coc.verify(asItems([ticket, ` ${ticket}\n`, `\u200b${ticket}\u00a0`]));
		expect(coc.writes(ticket)).toHaveLength(3);
		expect([...coc.overlapping]).toEqual([]);
	});

	test('in many tickets at once', async () => {
		const tickets = coc.tickets(20);
		// Long enough for a busy machine to have all of them under way.
		slowly(500);
		const items = [1, 2, 3, 4].flatMap((turn) =>
			tickets.map((ticket) => ({ ticket, comment: `${turn}` })),
		);
		await coc.verify(items, withOptions({ concurrency: 50 }));
		expect([...coc.overlapping]).toEqual([]);
		for (const ticket of tickets) {
			const turns = coc.writes(ticket).map(({ json }) => (json as Sent).parameter);
			expect(turns.map((turn) => turn.virtual_confirm_comment)).toEqual(['1', '2', '3', '4']);
		}
		expect(coc.peak).toBe(20);
	});
});
