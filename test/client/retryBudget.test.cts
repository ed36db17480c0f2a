// The retries of a whole run are bounded, so that many items don't hammer a gateway that is down.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { useClock } from '../support/clock.cts';
import type { Fault } from '../standin/index.cts';
import { byLength } from '../support/length.cts';
import { failLookups } from '../support/door.cts';
import { operate } from '../support/operate.cts';
import { listenToNode } from '../support/coc.cts';
import { HANDLE, many, outcomes, tally, useWatchedCoc, withOptions } from '../support/watch.cts';
import { inReality, useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const coc = useWatchedCoc();
afterEach(() => {
	jest.restoreAllMocks();
});

/** Items for a gateway that is down, and for one that works again and again. */
const [MANY, SOME] = [byLength(800, 2000), byLength(300, 600)];
const down = { kind: 'status', status: 503, code: 'APIGW.0613' } as const;
const asItems = (tickets: string[]) => tickets.map((ticket) => ({ ticket }));
const made = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ ticket: `IM${index}` }));

describe('a gateway that is down', () => {
	test(`gets few requests for ${MANY} items, and the rest fails fast`, async () => {
		coc.standIn.fault({ ...down, times: 1e9 });
		const given = listenToNode(coc);
		const started = Date.now();
		const run = await coc.verify(made(MANY));
		expect(Date.now() - started).toBeLessThan(inReality(25_000));
		expect(coc.requests().length).toBeLessThan(100);
		const found = outcomes(run);
		const { refused = 0, notSent = 0 } = tally(found);
		expect(refused + notSent).toBe(MANY);
		expect(notSent).toBeGreaterThan(MANY - 100);
		// What n8n is told of the cause, for one that was never sent.
		const last = given()[0]?.at(-1);
		expect(last?.error).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		expect(last?.json.error).toMatch(/later/);
	});

	test('as nobody listens: few connections are tried', async () => {
		coc.credential.data.endpoint = coc.standIn.url.replace('127.0.0.1', 'localhost');
		const lookups = failLookups(1e9, 'ECONNREFUSED', 'connect');
		const run = await coc.verify(made(MANY), withOptions({ concurrency: 50 }));
		expect(tally(outcomes(run))).toEqual({ notSent: MANY });
		// The budget's 170 retries, and the first tries of those who share it and of 50 under way.
		expect(lookups.count).toBeLessThan(280);
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

	test('as it loses every answer, while its record can be read: the rest is not sent', async () => {
		coc.standIn.fault({ kind: 'status', status: 504, times: 1e9, match: { path: HANDLE } });
		const run = await coc.verify(asItems(coc.tickets(400)), withOptions({ concurrency: 60 }));
		const found = outcomes(run);
		expect(found.at(-1)).toBe('notSent');
		const { unknown = 0, notSent = 0 } = tally(found);
		expect(unknown + notSent).toBe(400);
		// As many as may be lost in a row, and those under way with the last of them.
		expect(unknown).toBeGreaterThanOrEqual(50);
		expect(notSent).toBeGreaterThan(280);
		expect(coc.writes().length).toBeLessThan(3 * 120);
	});

	test('for the record as well, as it loses every answer: few are sent', async () => {
		coc.standIn.fault({ kind: 'status', status: 504, times: 1e9 });
		const run = await coc.verify(asItems(coc.tickets(400)));
		expect(tally(outcomes(run)).notSent).toBeGreaterThan(350);
		expect(coc.writes().length).toBeLessThan(50);
		expect(coc.requests().length).toBeLessThan(150);
	});

	test('is told in Stop mode as well', async () => {
		coc.standIn.fault({ ...down, times: 1e9 });
		const run = await coc.verify(made(200), { onError: 'stopWorkflow' });
		expect(run.executionError).toMatchObject({ failure: { cause: 'temporarily-unavailable' } });
		expect(coc.requests().length).toBeLessThan(60);
	});
});

describe('what shows that the way to COC is open costs nothing', () => {
	/** 25 of 60 tickets get this, those in front of the others. */
	const tickets = (fault: Fault, path?: string) => {
		const all = coc.tickets(60);
		for (const ticket of all.slice(0, 25)) {
			coc.standIn.fault({ ...fault, times: 99, match: { ticket, ...(path && { path }) } });
		}
		return asItems(all);
	};
	// Two rounds of them need 72 repeats, more than the budget of 56.
	const node = withOptions({ concurrency: 12 });
	const own: Fault = { kind: 'errorCode', status: 500, code: 'COC.1', message: 'Broken' };

	test.each<[string, Fault]>([
		['COC’s own 500', own],
		['a gateway’s 504, while the record can be read', { kind: 'status', status: 504 }],
		['lost connections, while the record can be read', { kind: 'resetBefore' }],
	])(
		'for some verifications: the others are made (%s)',
		async (_what, fault) => {
			const found = outcomes(await coc.verify(tickets(fault, HANDLE), node));
			expect(found).toEqual([...many(25, 'unknown'), ...many(35, 'applied')]);
		},
		60_000,
	);

	test('COC’s own 500 for some reads: the others are made', async () => {
		const { success, failed } = await operate(coc, 'get', tickets(own), node);
		expect(failed.map(({ json }) => json.details.outcome)).toEqual(many(25, 'notRead'));
		expect(success).toHaveLength(35);
	});

	test('a few bad ones again and again end no run', async () => {
		const tickets = coc.tickets(300);
		tickets.forEach((ticket, index) => {
			if (index % 3 > 0) return;
			coc.standIn.fault({ kind: 'status', status: 504, times: 9, match: { ticket, path: HANDLE } });
		});
		const found = outcomes(await coc.verify(asItems(tickets), withOptions({ concurrency: 100 })));
		expect(tally(found)).toEqual({ unknown: 100, applied: 200 });
		// A hundred items are read back: on a busy machine that takes its time.
	}, 120_000);
});

describe('a gateway that works again and again', () => {
	test('loses no item, though it throttles every third', async () => {
		const tickets = coc.tickets(SOME);
		tickets.forEach((ticket, index) => {
			if (index % 3 === 0) coc.standIn.fault({ kind: 'status', status: 429, match: { ticket } });
		});
		const run = await coc.verify(asItems(tickets), withOptions({ concurrency: 20 }));
		expect(tally(outcomes(run))).toEqual({ applied: SOME });
		expect(coc.writes()).toHaveLength(SOME + SOME / 3);
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
