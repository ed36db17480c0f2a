// The way to COC: its address, a way that leads nowhere, redirects.
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startStandIn } from '../../standin/index.cts';
import { closedPort, endLater, endServersAfterEach, listen } from '../../support/loopback.cts';
import { failure, useCoc } from '../../support/coc.cts';
import { useQuickTime } from '../../support/quickTime.cts';

useQuickTime();
endServersAfterEach();

describe('a private deployment', () => {
	const coc = useCoc({ basePath: '/gateway/coc' });

	test.each([
		['as it is', (url: string) => url],
		['with a trailing slash', (url: string) => `${url}/`],
		['with many slashes and spaces', (url: string) => `  ${url}///\n`],
		['by name', (url: string) => url.replace('127.0.0.1', 'localhost')],
	])('with a path prefix is reached: endpoint %s', async (_name, endpoint) => {
		coc.credential.data.endpoint = endpoint(coc.standIn.url);
		expect((await coc.verify([{}])).success).toHaveLength(1);
		expect(coc.requests()[0]?.url).toBe('/gateway/coc/v1/external/incident/handle');
	});

	test('with a path prefix that was forgotten is a wrong address', async () => {
		const { outcome, httpStatus, error } = await failure(coc, new URL(coc.standIn.url).origin);
		expect({ outcome, httpStatus }).toEqual({ outcome: 'refused', httpStatus: 404 });
		expect(error).toContain("'Endpoint'");
	});
});

describe('no way to COC:', () => {
	const coc = useCoc();
	// The shortest back-off there is.
	beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
	afterEach(() => void jest.restoreAllMocks());

	test.each([
		['127.0.0.1', 'http:'],
		['127.0.0.1', 'https:'],
		['localhost', 'https:'],
	])('%s over %s refuses the connection', async (host, scheme) => {
		const port = await closedPort();
		const { outcome, errorCode, httpStatus, error } = await failure(
			coc,
			`${scheme}//${host}:${port}`,
		);
		expect({ outcome, errorCode, httpStatus }).toEqual({
			outcome: 'notSent',
			errorCode: 'ECONNREFUSED',
			httpStatus: null,
		});
		expect(error).toContain(`${host}:${port}`);
		expect(error).toMatch(/refused the connection/);
		expect(error).toContain("'Endpoint'");
	});

	test('a host name that does not exist', async () => {
		// Too long for any DNS: it is refused without asking one.
		const host = `${'x'.repeat(64)}.test`;
		const { outcome, errorCode, error } = await failure(coc, `https://${host}`);
		expect(outcome).toBe('notSent');
		expect(errorCode).toMatch(/^(ENOTFOUND|EAI_\w+)$/);
		expect(error).toContain(host);
		expect(error).toContain('DNS');
	});

	test('a port that speaks no TLS', async () => {
		const port = await listen(createHttpServer());
		const { outcome, errorCode, error } = await failure(coc, `https://127.0.0.1:${port}`);
		expect(outcome).toBe('notSent');
		expect(errorCode).toMatch(/^(EPROTO|ERR_SSL_\w+)$/);
		expect(error).toMatch(/TLS|https/);
	});

	test('a reset within the TLS handshake looks like any other: unknown', async () => {
		const port = await listen(
			createServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
		);
		const { outcome, errorCode } = await failure(coc, `https://127.0.0.1:${port}`);
		expect({ outcome, errorCode }).toEqual({ outcome: 'unknown', errorCode: 'ECONNRESET' });
	});

	test('a TLS handshake that never ends is a time-out: unknown', async () => {
		const port = await listen(createServer((socket) => socket.on('error', () => undefined)));
		const { outcome, error } = await failure(coc, `https://127.0.0.1:${port}`, 500);
		expect(outcome).toBe('unknown');
		expect(error).toContain('500 ms');
	});

	test.each([
		['that speaks no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
		['whose headers are too large', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`],
		['that hangs up', ''],
	])('a server %s: unknown', async (_name, answer) => {
		const server = createServer((socket) => {
			socket.on('error', () => undefined);
			socket.once('data', () => socket.end(answer));
		});
		const { outcome } = await failure(coc, `http://127.0.0.1:${await listen(server)}`);
		expect(outcome).toBe('unknown');
	});
});

describe('a redirect', () => {
	const coc = useCoc();

	test.each([301, 302, 303, 307, 308])(
		'(%d) leads nowhere, least of all the token',
		async (status) => {
			const elsewhere = await startStandIn();
			endLater(elsewhere);
			const location = `${elsewhere.url}/v1/external/incident/handle`;
			coc.standIn.fault({ kind: 'redirect', status, location });
			const { outcome, error } = await failure(coc);
			expect(outcome).toBe('refused');
			expect(error).toContain(new URL(elsewhere.url).host);
			expect(elsewhere.requests).toEqual([]);
			expect(coc.requests()).toHaveLength(1);
		},
	);
});
