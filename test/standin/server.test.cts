import { connect } from 'node:net';
import { once } from 'node:events';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import { call, DETAIL, HANDLE, LIST, stops, succeeds, verifying } from './client.cts';
import { type RecordedRequest, type StandIn, type StandInOptions, startStandIn } from './index.cts';

async function withStandIn<T>(options: StandInOptions, use: (standIn: StandIn) => Promise<T>) {
	const standIn = await startStandIn(options);
	try {
		return await use(standIn);
	} finally {
		await standIn.close();
	}
}

/** Whether Node accepts a certificate for an IPv6 address; 22.23.0 to 22.23.3 don't. */
function knowsIPv6(): boolean {
	const certificate = { subject: {}, subjectaltname: 'IP Address:0:0:0:0:0:0:0:1' };
	return checkServerIdentity('::1', certificate as PeerCertificate) === undefined;
}

describe('where it listens', () => {
	const onHost = (host: string) =>
		withStandIn({ tls: true, host }, async (standIn) => {
			expect(standIn.certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
			expect(standIn.url).toMatch(/^https:\/\/.*:\d+$/);
			succeeds(await call(standIn, HANDLE, { body: verifying(standIn.addTicket().number) }));
		});
	test.each(['127.0.0.1', 'localhost'])('on %s, with a trusted certificate', onHost);
	if (knowsIPv6()) test('on ::1, with a trusted certificate', () => onHost('::1'));
	else {
		const fault = 'its tls.checkServerIdentity takes ::1 for a name that no certificate has';
		test.skip(`on ::1, with a trusted certificate: not with Node ${process.version}, ${fault}`, () =>
			onHost('::1'));
	}

	test('the certificate is trusted only by those who have it', () =>
		withStandIn({ tls: true }, async (standIn) => {
			const other = await withStandIn({ tls: true }, ({ certificate }) =>
				Promise.resolve(certificate),
			);
			await expect(call({ ...standIn, certificate: other }, LIST)).rejects.toMatchObject({
				code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
			});
			expect(standIn.requests).toEqual([]);
		}));

	test('without TLS there is no certificate', () =>
		withStandIn({}, async ({ url, certificate }) => {
			expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
			expect(certificate).toBeNull();
			await Promise.resolve();
		}));

	test('below a base path, and nowhere else', () =>
		withStandIn({ basePath: '/gateway/coc/' }, async (standIn) => {
			expect(standIn.url).toMatch(/:\d+\/gateway\/coc$/);
			const { number } = standIn.addTicket();
			expect((await call(standIn, `${DETAIL}/${number}?x`)).status).toBe(400);
			expect(standIn.requests[0]).toMatchObject({
				path: `${DETAIL}/${number}`,
				url: `/gateway/coc${DETAIL}/${number}?x`,
			});
			const root = new URL(standIn.url).origin;
			for (const prefix of ['', '/gateway', '/gateway/cocoa', '/gateway/coc/']) {
				stops(await call({ ...standIn, url: root + prefix }, LIST), 404, 'APIGW.0101');
			}
			expect(standIn.requests.map(({ path }) => path)).toContain(`/gateway/cocoa${LIST}`);
		}));

	test('on the given port; a taken one is an error', () =>
		withStandIn({}, async ({ url }) => {
			const port = Number(new URL(url).port);
			await expect(startStandIn({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
		}));
});

test('works with fetch', () =>
	withStandIn({}, async (standIn) => {
		const headers = { 'X-Auth-Token': standIn.issueToken() };
		const response = await fetch(`${standIn.url}${LIST}`, { headers });
		expect(await response.json()).toMatchObject({ error_code: 'GOM.00000000', data: { total: 0 } });
	}));

describe('what it records', () => {
	test('the request exactly as received', async () => {
		const began: RecordedRequest[] = [];
		const ended: Array<[number | null, boolean]> = [];
		const options: StandInOptions = {
			now: () => 1_795_510_800_000,
			onRequest: (request) => began.push({ ...request }),
			onAnswer: ({ status, applied }) => ended.push([status, applied]),
		};
		await withStandIn(options, async (standIn) => {
			const ticket = standIn.addTicket();
			const token = standIn.issueToken();
			const text = JSON.stringify(verifying(ticket.number, true, 'é ✅'), null, 1);
			await call(standIn, `${HANDLE}?a=%20b`, { body: text, token });
			const [request] = standIn.requests;
			expect(request).toMatchObject({
				method: 'POST',
				url: `${HANDLE}?a=%20b`,
				path: HANDLE,
				text,
				json: JSON.parse(text) as object,
				at: 1_795_510_800_000,
				ticket: ticket.number,
				status: 200,
				applied: true,
			});
			expect(request?.body.equals(Buffer.from(text))).toBe(true);
			expect(request?.rawHeaders).toEqual(expect.arrayContaining(['X-Auth-Token', token]));
			expect(request?.headers['x-auth-token']).toBe(token);
			expect(began).toMatchObject([{ status: null, applied: false, text }]);
			expect(ended).toEqual([[200, true]]);
		});
	});

	test('no request that was broken off', () =>
		withStandIn({}, async (standIn) => {
			const { hostname, port } = new URL(standIn.url);
			const socket = connect(Number(port), hostname);
			socket.end(`POST ${HANDLE} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"a`);
			await once(socket.resume(), 'close');
			await call(standIn, LIST);
			expect(standIn.requests.map(({ method }) => method)).toEqual(['GET']);
		}));

	test('the most connections at once', () =>
		withStandIn({}, async (standIn) => {
			standIn.fault({ kind: 'latency', ms: 100, times: 3 });
			await Promise.all([1, 2, 3].map(() => call(standIn, LIST)));
			await call(standIn, LIST);
			expect(standIn.peakConnections).toBe(3);
		}));
});

describe('tickets', () => {
	test('get numbers like those of COC, each its own', () =>
		withStandIn({}, async (standIn) => {
			const tickets = [1, 2, 3].map(() => standIn.addTicket());
			for (const { number } of tickets) expect(number).toMatch(/^IM\d{24}$/);
			expect(new Set(tickets.map(({ number }) => number)).size).toBe(3);
			expect(standIn.tickets.all()).toEqual(tickets);
			expect(() => standIn.addTicket({ number: tickets[0]?.number ?? '' })).toThrow(
				'exists already',
			);
			await Promise.resolve();
		}));
});

describe('closing', () => {
	test.each([false, true])(
		'ends hanging, slow and endless requests at once, TLS: %p',
		async (tls) => {
			const standIn = await startStandIn({ tls });
			standIn.fault({ kind: 'hang' });
			standIn.fault({ kind: 'drip', everyMs: 60_000 });
			standIn.fault({ kind: 'endless' });
			standIn.fault({ kind: 'latency', ms: 60_000 });
			const arrived = [0, 1, 2, 3].map(() => call(standIn, LIST).catch((error: Error) => error));
			while (standIn.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
			const began = performance.now();
			await standIn.close();
			for (const outcome of await Promise.all(arrived)) expect(outcome).toHaveProperty('code');
			expect(performance.now() - began).toBeLessThan(10_000);
			await expect(call(standIn, LIST)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
		},
	);

	test('ends what was still waiting to be handled: nothing is applied later', async () => {
		const standIn = await startStandIn();
		const ticket = standIn.addTicket();
		standIn.fault({ kind: 'latency', ms: 100 });
		const outcome = call(standIn, HANDLE, { body: verifying(ticket.number) }).catch(() => 'lost');
		while (standIn.requests.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
		await standIn.close();
		expect(await outcome).toBe('lost');
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(ticket.status).toBe('INCIDENT_STATUS_RESOLVED');
	});

	test('ends idle connections that clients keep', async () => {
		const standIn = await startStandIn();
		await (await fetch(`${standIn.url}${LIST}`)).text();
		await standIn.close();
	});
});
