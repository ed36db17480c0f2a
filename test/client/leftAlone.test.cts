// Retry-After for longer than the node waits: what is under way ends at once, nothing more is sent,
// and whoever fails says when to come back, to the user and to n8n.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { listenToNode } from '../support/coc.cts';
import {
	DETAIL,
	HANDLE,
	HISTORY,
	outcomes,
	useWatchedCoc,
	withOptions,
} from '../support/watch.cts';
import { ASKS, asking, until } from './retryAfter.cts';
import { useQuickTime } from '../support/quickTime.cts';

afterEach(() => {
	jest.restoreAllMocks();
});
useQuickTime();
const asItems = (tickets: string[]) => tickets.map((ticket) => ({ ticket }));

describe('a verification that COC turns away', () => {
	const coc = useWatchedCoc();

	test.each<[string, Fault, string, string]>([
		['429 with seconds', asking('3600'), 'refused', 'rate-limited'],
		['503 with seconds', asking('3600', 503), 'refused', 'temporarily-unavailable'],
		['403 with seconds', asking('3600', 403), 'refused', 'configuration-invalid'],
	])(
		'after %s is not sent again, and says when to come back',
		async (_n, fault, outcome, cause) => {
			coc.standIn.fault({ ...fault, times: 9 });
			const given = listenToNode(coc);
			const started = Date.now();
			const { failed } = await coc.verify([{}]);
			expect(coc.requests()).toHaveLength(1);
			const { error, details } = failed[0]!.json;
			expect(details.outcome).toBe(outcome);
			expect(error).toMatch(ASKS);
			expect(until(error)).toBeGreaterThanOrEqual(started + 3_600_000);
			expect(until(error)).toBeLessThan(Date.now() + 3_602_000);
			expect(given()[0]?.[0]?.error).toMatchObject({ failure: { cause, retryAfterMs: 3_600_000 } });
		},
	);

	test('with a date far ahead is not sent again either', async () => {
		coc.standIn.fault({ ...asking(new Date(Date.now() + 120_000).toUTCString()), times: 9 });
		const { failed } = await coc.verify([{}]);
		expect(coc.requests()).toHaveLength(1);
		expect(failed[0]?.json.error).toMatch(/left alone for (?:120|119|118) seconds, until /);
	});

	test.each(['1000000000', '999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
		'for ages (%s) ends at once as well',
		async (retryAfter) => {
			coc.standIn.fault({ ...asking(retryAfter), times: 9 });
			const { failed } = await coc.verify([{}, {}], withOptions({ concurrency: 1 }));
			expect(coc.requests()).toHaveLength(1);
			expect(failed[1]?.json.error).toMatch(/left alone for \d+ days, until 20\d\d-/);
		},
	);

	test('ends the other items of the run, which were never sent, with the same time', async () => {
		const tickets = coc.tickets(8);
		coc.standIn.fault({ ...asking('3600'), match: { ticket: tickets[2]! } });
		const given = listenToNode(coc);
		const run = await coc.verify(asItems(tickets), withOptions({ concurrency: 1 }));
		expect(outcomes(run)).toEqual([
			...['applied', 'applied', 'refused'],
			...Array<string>(5).fill('notSent'),
		]);
		expect(coc.requests()).toHaveLength(3);
		const [first, ...others] = run.failed.map(({ json }) => json.error);
		for (const error of others) {
			expect(error).toMatch(/COC asked to be left alone for 60 minutes, until .*Nothing was sent/);
			expect(until(error)).toBe(until(first));
		}
		const last = given()[0]?.at(-1)?.error as { failure?: { cause: string; retryAfterMs: number } };
		expect(last.failure?.cause).toBe('rate-limited');
		expect(last.failure?.retryAfterMs).toBeGreaterThan(3_590_000);
		expect(last.failure?.retryAfterMs).toBeLessThanOrEqual(3_600_000);
	});

	test('wakes those that wait to be tried again: they say the time as well', async () => {
		const tickets = coc.tickets(3);
		coc.standIn.fault({ ...asking('25'), match: { ticket: tickets[0]! } });
		coc.standIn.fault({ kind: 'latency', ms: 300, match: { ticket: tickets[1]! } });
		coc.standIn.fault({ ...asking('3600'), match: { ticket: tickets[1]! } });
		const run = await coc.verify(asItems(tickets), withOptions({ concurrency: 2 }));
		expect(outcomes(run)).toEqual(['refused', 'refused', 'notSent']);
		expect(coc.requests()).toHaveLength(2);
		for (const { json } of run.failed) expect(json.error).toMatch(ASKS);
	});

	test('in Stop mode the error says it, and n8n is told', async () => {
		coc.standIn.fault({ ...asking('3600', 503), times: 9 });
		const run = await coc.verify([{}, {}, {}], { onError: 'stopWorkflow' });
		expect(run.executionError?.description).toMatch(ASKS);
		expect(run.executionError).toMatchObject({
			failure: { cause: 'temporarily-unavailable', retryAfterMs: 3_600_000 },
		});
	});

	test('a refusal of COC’s own for one ticket ends no other', async () => {
		const [bad, good] = coc.tickets(2);
		const headers = { 'Retry-After': '3600', 'Content-Type': 'application/json' };
		const body = '{"error_code":"GOM.00007256","error_msg":"No"}';
		const raw: Fault = { kind: 'raw', status: 400, headers, body };
		coc.standIn.fault({ ...raw, match: { ticket: bad! } });
		const run = await coc.verify(asItems([bad!, good!]), withOptions({ concurrency: 1 }));
		expect(outcomes(run)).toEqual(['refused', 'applied']);
	});
});

describe('a verification whose answer is lost', () => {
	const coc = useWatchedCoc();
	const lost: Fault = {
		...asking('3600', 503),
		...{ code: 'APIGW.0201', apply: true, match: { path: HANDLE } },
	} as Fault;

	test('with that wish is not looked up: it is unknown, and says when to look', async () => {
		coc.standIn.fault(lost);
		const given = listenToNode(coc);
		const { failed } = await coc.verify([{}]);
		expect(coc.requests()).toHaveLength(1);
		const { error, details } = failed[0]!.json;
		expect(details.outcome).toBe('unknown');
		expect(error).toContain('It may have been applied: check the ticket before repeating.');
		expect(error).toContain('Seen in COC: nothing, it was not looked at');
		expect(error).toMatch(ASKS);
		// n8n must not repeat it.
		expect(given()[0]?.[0]?.error).not.toHaveProperty('failure.cause');
	});

	test.each([
		['the history', HISTORY],
		['the status', DETAIL],
	])('while %s is read with that wish, is not looked up any further', async (_what, path) => {
		coc.standIn.fault({ kind: 'resetAfter', match: { path: HANDLE } });
		coc.standIn.fault({ ...asking('3600'), times: 9, match: { path } });
		const { failed } = await coc.verify([{}]);
		const { error, details } = failed[0]!.json;
		expect(details.outcome).toBe('unknown');
		expect(coc.writes()).toHaveLength(1);
		expect(coc.reads()).toHaveLength(path === HISTORY ? 1 : 2);
		expect(error).toMatch(ASKS);
	});

	test('keeps what was seen before the wish came', async () => {
		coc.standIn.fault({ kind: 'resetBefore', match: { path: HANDLE } });
		let looks = 0;
		coc.onAnswer = ({ path }) => {
			if (path === HISTORY && ++looks === 1) {
				coc.standIn.fault({ ...asking('3600'), match: { path: HISTORY } });
			}
		};
		const { failed } = await coc.verify([{}]);
		const { error, details } = failed[0]!.json;
		expect(details.outcome).toBe('unknown');
		expect(coc.reads()).toHaveLength(3);
		expect(error).toContain("its history doesn't hold it");
		expect(error).toMatch(ASKS);
	});
});
