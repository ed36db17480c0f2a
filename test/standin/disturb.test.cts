import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, LIST } from './client.cts';
import { startIam } from './iam.cts';
import { type Disturb, type StandIn, startStandIn } from './index.cts';

let standIn: StandIn;
let disturb: Disturb;
beforeEach(async () => {
	disturb = () => [];
	standIn = await startStandIn({ disturb: (request) => disturb(request) });
});
afterEach(() => standIn.close());

describe('faults by rule', () => {
	test('the rule sees each request and decides what goes wrong with it', async () => {
		disturb = ({ path }) => (path === LIST ? [{ kind: 'status', status: 502 }] : []);
		expect((await call(standIn, LIST)).status).toBe(502);
		expect((await call(standIn, LIST)).status).toBe(502);
		const { number } = standIn.addTicket();
		expect((await call(standIn, `/v1/external/incident/${number}`)).status).toBe(200);
	});

	test('an answer may be late and wrong', async () => {
		disturb = () => [
			{ kind: 'latency', ms: 100 },
			{ kind: 'html', status: 504 },
		];
		const started = Date.now();
		expect((await call(standIn, LIST)).status).toBe(504);
		expect(Date.now() - started).toBeGreaterThanOrEqual(95);
	});

	test('a queued fault comes first', async () => {
		disturb = () => [{ kind: 'status', status: 502 }];
		standIn.fault({ kind: 'status', status: 504 });
		expect((await call(standIn, LIST)).status).toBe(504);
		expect((await call(standIn, LIST)).status).toBe(502);
	});

	test('IAM has them as well', async () => {
		const iam = await startIam({
			coc: standIn,
			disturb: () => [{ kind: 'status', status: 503 }],
		});
		try {
			const response = await fetch(`${iam.url}/v3/auth/tokens?nocatalog=true`, { method: 'POST' });
			expect(response.status).toBe(503);
		} finally {
			await iam.close();
		}
	});
});

describe('going away', () => {
	test('new connections are refused until it comes back, at the same address', async () => {
		const comeBack = standIn.goAway();
		await expect(call(standIn, LIST)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		await comeBack();
		expect((await call(standIn, LIST)).status).toBe(200);
	});

	test('what is under way is answered', async () => {
		disturb = () => [{ kind: 'latency', ms: 100 }];
		const underWay = call(standIn, LIST);
		while (standIn.requests.length === 0) await new Promise(setImmediate);
		const comeBack = standIn.goAway();
		expect((await underWay).status).toBe(200);
		await comeBack();
	});

	test('it can be closed while it is away', async () => {
		standIn.goAway();
		await standIn.close();
		standIn = await startStandIn();
	});
});

describe('the clock', () => {
	test('answers tell the time of the stand-in', async () => {
		const at = Date.UTC(2026, 10, 25, 9, 0, 0);
		const late = await startStandIn({ now: () => at });
		try {
			const { headers } = await call(late, LIST);
			expect(headers.date).toBe('Wed, 25 Nov 2026 09:00:00 GMT');
		} finally {
			await late.close();
		}
	});
});
