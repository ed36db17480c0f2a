// The retries of a whole run are bounded, so that many items don't hammer a gateway that is down.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { useClock } from '../../support/clock.cts';
import { failLookups } from './door.cts';
import { listenToNode } from './support.cts';
import { HANDLE, outcomes, tally, useWatchedCoc, withOptions } from './watch.cts';

const coc = useWatchedCoc();
afterEach(() => {
	jest.restoreAllMocks();
});

const down = { kind: 'status', status: 503, code: 'APIGW.0613' } as const;
const asItems = (tickets: string[]) => tickets.map((ticket) => ({ ticket }));
const made = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ ticket: `IM${index}` }));

describe('a gateway that is down', () => {
	test('gets few requests for 2,000 items, and the rest fails fast', async () => {
		coc.standIn.fault({ ...down, times: 1e9 });
		const given = listenToNode(coc);
		const started = Date.now();
		const run = await coc.verify(made(2000));
		expect(Date.now() - started).toBeLessThan(25_000);
		expect(coc.requests().length).toBeLessThan(100);
		const found = outcomes(run);
		const { refused = 0, notSent = 0 } = tally(found);
		expect(refused + notSent).toBe(2000);
		expect(notSent).toBeGreaterThan(1900);
		// What n8n is told of the cause, for one that was never sent.
		const last = given()[0]?.at(-1);
		expect(last?.error).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		expect(last?.json.error).toMatch(/later/);
	});

	test('as nobody listens: few connections are tried', async () => {
		coc.credential.data.endpoint = coc.standIn.url.replace('127.0.0.1', 'localhost');
		const lookups = failLookups(1e9, 'ECONNREFUSED', 'connect');
		const run = await coc.verify(made(2000), withOptions({ concurrency: 50 }));
		expect(tally(outcomes(run))).toEqual({ notSent: 2000 });
		expect(lookups.count).toBeLessThan(250);
		const [first] = run.failed;
		expect(first?.json.details.errorCode).toBe('ECONNREFUSED');
	});

	test('leaves what was under way to be looked for', async () => {
		const [lost, ...others] = coc.tickets(300);
		coc.standIn.fault({ kind: 'latency', ms: 1500, match: { ticket: lost! } });
		coc.standIn.fault({ kind: 'resetAfter', match: { ticket: lost! } });
		coc.standIn.fault({ ...down, times: 1e9, match: { path: HANDLE } });
		const run = await coc.verify(asItems([lost!, ...others]), withOptions({ concurrency: 30 }));
		const found = outcomes(run);
		expect(found[0]).toBe('recovered');
		expect(found.at(-1)).toBe('notSent');
		expect(coc.writes().length).toBeLessThan(250);
	});

	test('as it loses every answer, while its record can be read: the rest fails fast', async () => {
		coc.standIn.fault({ kind: 'status', status: 504, times: 1e9, match: { path: HANDLE } });
		const run = await coc.verify(asItems(coc.tickets(400)));
		const found = outcomes(run);
		expect(found.at(-1)).toBe('notSent');
		expect(tally(found).notSent).toBeGreaterThan(300);
		expect(coc.writes().length).toBeLessThan(80);
	});

	test('is told in Stop mode as well', async () => {
		coc.standIn.fault({ ...down, times: 1e9 });
		const run = await coc.verify(made(200), { onError: 'stopWorkflow' });
		expect(run.executionError).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		expect(coc.requests().length).toBeLessThan(60);
	});
});

describe('a gateway that works again and again', () => {
	test('loses no item, though it throttles every third', async () => {
		const tickets = coc.tickets(600);
		tickets.forEach((ticket, index) => {
			if (index % 3 === 0) coc.standIn.fault({ kind: 'status', status: 429, match: { ticket } });
		});
		const run = await coc.verify(asItems(tickets), withOptions({ concurrency: 20 }));
		expect(tally(outcomes(run))).toEqual({ applied: 600 });
		expect(coc.writes()).toHaveLength(800);
		for (const ticket of tickets) expect(coc.entries(ticket)).toHaveLength(1);
	});

	test('has its full credit again in the next run', async () => {
		coc.standIn.fault({ ...down, times: 1e9 });
		await coc.verify(made(300));
		coc.standIn.clearFaults();
		coc.standIn.fault({ kind: 'status', status: 429, times: 10 });
		const { success } = await coc.verify(asItems(coc.tickets(10)));
		expect(success).toHaveLength(10);
	});
});

describe('a token that is refused', () => {
	test('is renewed once for an item, whatever comes in between', async () => {
		// With a token that can't be renewed: sent once, refused once.
		coc.standIn.fault({ kind: 'status', status: 429 });
		coc.standIn.fault({ kind: 'expiredToken', times: 100 });
		const { failed } = await coc.verify([{}]);
		expect(coc.writes()).toHaveLength(2);
		expect(failed[0]?.json.details).toMatchObject({ outcome: 'refused', httpStatus: 401 });
	});
});

describe('an item that has taken two minutes', () => {
	const clock = useClock();

	test('is not tried again, and says what COC said last', async () => {
		coc.standIn.fault({ kind: 'status', status: 429, times: 9 });
		coc.onRequest = () => (clock.forward += 61_000);
		const { failed } = await coc.verify([{}]);
		expect(coc.writes()).toHaveLength(2);
		expect(failed[0]?.json.details).toMatchObject({ outcome: 'refused', httpStatus: 429 });
	});

	test('is not sent again either after its answer was lost, and is looked for', async () => {
		const [idle, acted] = coc.tickets(2);
		coc.standIn.fault({ kind: 'resetBefore', match: { ticket: idle!, path: HANDLE } });
		coc.standIn.fault({ kind: 'resetAfter', match: { ticket: acted!, path: HANDLE } });
		coc.onRequest = ({ path }) => {
			if (path === HANDLE) clock.forward += 121_000;
		};
		const found = outcomes(await coc.verify(asItems([idle!]))).concat(
			outcomes(await coc.verify(asItems([acted!]))),
		);
		expect(found).toEqual(['unknown', 'recovered']);
		expect(coc.writes()).toHaveLength(2);
	});
});
