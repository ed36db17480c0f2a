import { once } from 'node:events';
import http from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { call, DETAIL, HANDLE, LIST, stops, succeeds, verifying } from './client.cts';
import { type StandIn, startStandIn, type Ticket } from './index.cts';

describe('faults', () => {
	let standIn: StandIn;
	beforeAll(async () => {
		standIn = await startStandIn();
	});
	afterEach(() => standIn.clearFaults());
	afterAll(() => standIn.close());

	test.each([
		[429, 'APIGW.0308'],
		[500, 'APIGW.0601'],
		[502, 'APIGW.0201'],
		[503, 'APIGW.0613'],
		[504, 'APIGW.0201'],
		[408, 'APIGW.0201'],
		[403, 'APIGW.0302'],
	])('status %d is answered by the gateway with %s', async (status, code) => {
		standIn.fault({ kind: 'status', status });
		const answered = await call(standIn, LIST);
		stops(answered, status, code);
		expect(answered.headers).not.toHaveProperty('retry-after');
	});

	test('429 may say when to come back', async () => {
		standIn.fault({ kind: 'status', status: 429, retryAfter: '7', code: 'X.1', message: 'slow' });
		const { headers, json } = await call(standIn, LIST);
		expect(headers['retry-after']).toBe('7');
		expect(json).toMatchObject({ error_code: 'X.1', error_msg: 'slow' });
	});

	test('expired token: 401, once', async () => {
		standIn.fault({ kind: 'expiredToken' });
		const token = standIn.issueToken();
		stops(await call(standIn, LIST, { token }), 401, 'APIGW.0301');
		expect((await call(standIn, LIST, { token })).status).toBe(200);
		standIn.fault({ kind: 'expiredToken', code: 'APIGW.0307' });
		stops(await call(standIn, LIST, { token }), 401, 'APIGW.0307');
	});

	test('html: a page instead of JSON', async () => {
		standIn.fault({ kind: 'html', status: 502 });
		const { status, headers, text } = await call(standIn, LIST);
		expect({ status, type: headers['content-type'] }).toEqual({ status: 502, type: 'text/html' });
		expect(text).toMatch(/^<!DOCTYPE html>/);
	});

	test('empty: no body', async () => {
		standIn.fault({ kind: 'empty' });
		expect(await call(standIn, LIST)).toMatchObject({
			status: 200,
			text: '',
			headers: { 'content-length': '0' },
		});
	});

	test('error code: 200 and the envelope', async () => {
		standIn.fault({ kind: 'errorCode', code: 'GOM.00001234', message: 'no' });
		const { status, json } = await call(standIn, LIST);
		const envelope = { provider_code: '049', error_code: 'GOM.00001234', error_msg: 'no' };
		expect({ status, json }).toEqual({ status: 200, json: { ...envelope, data: null } });
	});

	test('redirect: to wherever it is told', async () => {
		standIn.fault({ kind: 'redirect', location: 'http://localhost:1/x', status: 307 });
		const { status, headers } = await call(standIn, LIST);
		expect({ status, to: headers.location }).toEqual({ status: 307, to: 'http://localhost:1/x' });
	});

	test('raw: exactly this', async () => {
		const headers = { 'Content-Type': 'text/odd', 'X-Odd': '1' };
		standIn.fault({ kind: 'raw', status: 299, headers, body: Buffer.from('odd') });
		const answered = await call(standIn, LIST);
		expect(answered).toMatchObject({ status: 299, text: 'odd', headers: { 'x-odd': '1' } });
		expect(answered.headers).not.toHaveProperty('x-request-id');
	});

	test('endless: far more than any limit, as fast as it is read', async () => {
		standIn.fault({ kind: 'endless' });
		const request = http.get(`${standIn.url}${LIST}`, { agent: false });
		const [response] = (await once(request, 'response')) as [http.IncomingMessage];
		let size = 0;
		for await (const chunk of response as AsyncIterable<Buffer>) {
			size += chunk.length;
			if (size > 20_000_000) break;
		}
		expect(size).toBeGreaterThan(20_000_000);
	});

	test('latency: late, but normal', async () => {
		const ticket = standIn.addTicket();
		standIn.fault({ kind: 'latency', ms: 120 });
		const began = performance.now();
		succeeds(await call(standIn, HANDLE, { body: verifying(ticket.number) }));
		expect(performance.now() - began).toBeGreaterThan(110);
	});

	test('latency: COC works on, even when the client is gone', async () => {
		const ticket = standIn.addTicket();
		standIn.fault({ kind: 'latency', ms: 1000 });
		const given = { body: verifying(ticket.number), signal: AbortSignal.timeout(60) };
		await expect(call(standIn, HANDLE, given)).rejects.toThrow();
		const request = standIn.requests.at(-1);
		expect(request?.applied).toBe(false);
		while (!request?.applied) await new Promise((resolve) => setTimeout(resolve, 10));
		expect(request.status).toBeNull();
		expect(ticket.status).toBe('INCIDENT_STATUS_COMPLETED');
	});

	test('latency together: nobody is answered before so many wait, and then all are', async () => {
		standIn.fault({ kind: 'latency', ms: 60_000, together: 3, times: 10 });
		const before = standIn.requests.length;
		const asked = () => standIn.requests.length - before;
		const answered: number[] = [];
		const ask = async () => {
			expect((await call(standIn, LIST)).status).toBe(200);
			answered.push(asked());
		};
		const two = [ask(), ask()];
		while (asked() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(answered).toEqual([]);
		await Promise.all([...two, ask()]);
		expect(answered).toEqual([3, 3, 3]);
		await ask();
	});

	test('latency combines with the next fault', async () => {
		standIn.fault({ kind: 'latency', ms: 120 });
		standIn.fault({ kind: 'status', status: 500 });
		const began = performance.now();
		expect((await call(standIn, LIST)).status).toBe(500);
		expect(performance.now() - began).toBeGreaterThan(110);
		expect((await call(standIn, LIST)).status).toBe(200);
	});

	test('two latencies are for two requests', async () => {
		standIn.fault({ kind: 'latency', ms: 120 });
		standIn.fault({ kind: 'latency', ms: 120 });
		for (const late of [true, true, false]) {
			const began = performance.now();
			await call(standIn, LIST);
			expect(performance.now() - began > 110).toBe(late);
		}
	});

	test('come in the order they were queued, as often as they should', async () => {
		standIn.fault({ kind: 'status', status: 500, times: 2 });
		standIn.fault({ kind: 'status', status: 429 });
		const seen: number[] = [];
		for (let index = 0; index < 4; index++) seen.push((await call(standIn, LIST)).status);
		expect(seen).toEqual([500, 500, 429, 200]);
	});

	test('may last until they are cleared', async () => {
		standIn.fault({ kind: 'status', status: 500, times: Infinity });
		for (let index = 0; index < 5; index++) {
			expect((await call(standIn, LIST)).status).toBe(500);
		}
		standIn.clearFaults();
		expect((await call(standIn, LIST)).status).toBe(200);
	});

	test('hit only what they match', async () => {
		const [one, two] = [standIn.addTicket(), standIn.addTicket()];
		const verify = async ({ number }: Ticket) =>
			(await call(standIn, HANDLE, { body: verifying(number) })).status;
		standIn.fault({ kind: 'status', status: 500, match: { ticket: two.number, method: 'POST' } });
		standIn.fault({ kind: 'status', status: 502, match: { path: /\/incident\/IM\d+$/ } });
		standIn.fault({ kind: 'status', status: 504, match: { path: LIST } });
		expect(await verify(one)).toBe(200);
		expect((await call(standIn, `${DETAIL}/${two.number}`)).status).toBe(502);
		expect((await call(standIn, `${LIST}?limit=1`)).status).toBe(504);
		expect(await verify(two)).toBe(500);
		expect(await verify(two)).toBe(200);
	});
});
