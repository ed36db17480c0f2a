// The network between n8n and COC: reasons quote its code, name a proxy that fails, and tell a
// refused login, too many headers and what is no HTTP apart.
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { throughProxy } from '../../support/connectProxy.cts';
import { closedPort, endServersAfterEach, listen } from '../../support/loopback.cts';
import { reasonOf, useLists } from '../../nodes/CocIncident/lists/support.cts';
import { HANDLE, operate } from '../../support/operate.cts';
import { failure, useCoc } from '../../support/coc.cts';
import { useQuickTime } from '../../support/quickTime.cts';

endServersAfterEach();
// The shortest back-off there is.
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => void jest.restoreAllMocks());

/** A server that answers whatever it is sent with this text; the first line of each is kept. */
async function answering(text: string): Promise<{ url: string; asked: string[] }> {
	const asked: string[] = [];
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', (data) => {
			asked.push(String(data).split('\r\n')[0] ?? '');
			socket.end(text);
		});
	});
	return { url: `http://127.0.0.1:${await listen(server)}`, asked };
}
useQuickTime();
const wantsLogin = 'HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n';
const HEADERS_OVER_16_KB = `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\nContent-Length: 0\r\n\r\n`;

const PROXY = /not 127\.0\.0\.1:\d+, but probably a proxy.*HTTPS_PROXY/;

describe.each([
	['https', 'HTTPS_PROXY', true],
	['http', 'HTTP_PROXY', false],
] as const)('on the way to %s', (_scheme, variable, tls) => {
	const coc = useCoc({ tls });
	beforeEach(() => {
		coc.credential.data.ignoreSslIssues = tls;
	});

	test('a proxy that is not there is named, and is not taken for COC', async () => {
		const host = `127.0.0.1:${await closedPort()}`;
		const { outcome, errorCode, error } = await throughProxy(
			`http://${host}`,
			() => failure(coc),
			variable,
		);
		expect({ outcome, errorCode }).toEqual({ outcome: 'notSent', errorCode: 'ECONNREFUSED' });
		expect(error).toContain(`${host} refused the connection`);
		expect(error).toMatch(PROXY);
		expect(error).toContain('(ECONNREFUSED)');
		expect(error).not.toContain("'Endpoint'");
	});

	test('a proxy whose name is unknown is named', async () => {
		// Too long for any DNS: it is refused without asking one.
		const name = `${'p'.repeat(64)}.test`;
		const { outcome, error } = await throughProxy(
			`http://${name}:3128`,
			() => failure(coc),
			variable,
		);
		expect(outcome).toBe('notSent');
		expect(error).toContain(`the host name ${name} could not be resolved (DNS)`);
		expect(error).toMatch(PROXY);
	});

	test('a proxy that wants a login is told, and what to do', async () => {
		const proxy = await answering(wantsLogin);
		const { outcome, httpStatus, error } = await throughProxy(
			proxy.url,
			() => failure(coc),
			variable,
		);
		// Who asks for a tunnel and gets none has sent nothing.
		expect(outcome).toBe(tls ? 'notSent' : 'refused');
		expect(httpStatus).toBe(407);
		expect(error).toMatch(/a proxy between n8n and COC wants a user name and password/);
		expect(error).toMatch(/HTTPS_PROXY or HTTP_PROXY.*http:\/\/user:password@proxy:port/);
		expect(proxy.asked).toHaveLength(1);
		expect(coc.requests()).toEqual([]);
	});

	test('an endpoint that is not there is no proxy', async () => {
		const host = `127.0.0.1:${await closedPort()}`;
		const { error } = await failure(coc, `${tls ? 'https' : 'http'}://${host}`);
		expect(error).toContain(`${host} refused the connection (ECONNREFUSED)`);
		expect(error).toContain("'Endpoint'");
		expect(error).not.toMatch(/proxy/);
	});
});

describe('a proxy on the way to https', () => {
	const coc = useCoc({ tls: true });

	test('that hangs up before it leads anywhere: nothing was sent', async () => {
		const proxy = await answering('');
		const { outcome, error } = await throughProxy(proxy.url, () => failure(coc));
		expect(outcome).toBe('notSent');
		expect(error).toMatch(/the proxy closed the connection instead of leading to 127\.0\.0\.1/);
		expect(proxy.asked[0]).toMatch(/^CONNECT /);
		// What was never sent is tried again.
		expect(proxy.asked).toHaveLength(4);
	});

	test('is named to the readers of a stopped workflow, of a read, and of a list', async () => {
		const host = `127.0.0.1:${await closedPort()}`;
		const through = async <T,>(work: () => Promise<T>) =>
			await throughProxy(`http://${host}`, work);
		const stopped = await through(() => coc.verify([{}], { onError: 'stopWorkflow' }));
		const read = await through(() => operate(coc, 'get', [{ ticket: 'IM1' }]));
		for (const text of [stopped.executionError?.description, read.failed[0]?.json.error]) {
			expect(text).toContain(`${host} refused the connection`);
			expect(text).toContain('(ECONNREFUSED)');
			expect(text).toMatch(PROXY);
		}
	}, 60_000);
});

describe('in a list and a sign-in', () => {
	const d = useLists({ coc: { tls: true }, iam: { tls: true } });

	test('a dead proxy is named with its code', async () => {
		const host = `127.0.0.1:${await closedPort()}`;
		await throughProxy(`http://${host}`, async () => {
			const credential = d.credential('token', { ignoreSslIssues: true, iamEndpoint: d.iam.url });
			for (const method of ['searchTickets', 'searchUsers'] as const) {
				const said = reasonOf(await d.list(method, credential));
				expect(said).toContain(`${host} refused the connection`);
				expect(said).toContain('(ECONNREFUSED)');
				expect(said).toMatch(PROXY);
			}
			const { failed } = await d.verify(d.credential('iamUser', { ignoreSslIssues: true }), 1);
			expect(failed[0]?.error).toMatch(/IAM at https:.* could not be asked for a token/);
			expect(failed[0]?.error).toContain(`${host} refused the connection`);
			expect(failed[0]?.error).toMatch(PROXY);
			expect(failed[0]?.error).toContain('(ECONNREFUSED)');
			expect(failed[0]?.details.errorCode).toBe('ECONNREFUSED');
		});
	}, 60_000);

	test('a proxy that wants a login is told', async () => {
		const proxy = await answering(wantsLogin);
		await throughProxy(proxy.url, async () => {
			const users = { ignoreSslIssues: true, iamEndpoint: d.iam.url };
			const said = reasonOf(await d.list('searchUsers', d.credential('token', users)));
			expect(said).toMatch(/A proxy between n8n and IAM wants a user name and password/i);
			const { failed } = await d.verify(d.credential('iamUser', { ignoreSslIssues: true }), 1);
			expect(failed[0]?.error).toMatch(
				/a proxy between n8n and IAM wants a user name and password/,
			);
			expect(failed[0]?.error).not.toMatch(/'Password'/);
		});
		expect(d.iam.requests).toEqual([]);
	});
});

describe('a reverse proxy that adds headers of its own to those of COC', () => {
	const coc = useCoc();

	/** Forwards to COC; its own clock is an hour ahead. */
	async function doubling(): Promise<string> {
		const server = createHttpServer((request, response) => {
			const { method, url = '', headers } = request;
			const forwarded = httpRequest(
				new URL(url, coc.standIn.url),
				{ method, headers },
				(answer) => {
					const own = new Date(Date.now() + 3_600_000).toUTCString();
					const { date, 'x-request-id': id, ...others } = answer.headers;
					const doubled = { date: [date, own], 'x-request-id': [id, 'of-the-proxy'] };
					const all = Object.entries({ ...others, ...doubled }) as Array<[string, string]>;
					response.sendDate = false;
					response.writeHead(answer.statusCode ?? 0, Object.fromEntries(all));
					answer.pipe(response);
				},
			);
			forwarded.on('error', () => response.destroy());
			request.pipe(forwarded);
		});
		return `http://127.0.0.1:${await listen(server)}`;
	}

	test('takes no clock away: a lost answer is recovered', async () => {
		coc.credential.data.endpoint = await doubling();
		coc.standIn.fault({ kind: 'resetAfter', match: { path: HANDLE } });
		const { success, failed } = await coc.verify([{}]);
		expect(failed).toEqual([]);
		expect(success[0]?.json.outcome).toBe('recovered');
	});

	test('leaves the request’s ID as COC gave it', async () => {
		coc.credential.data.endpoint = await doubling();
		const { failed } = await coc.verify([{ ticket: 'IM404' }]);
		expect(failed[0]?.json.details.requestId).toMatch(/^[^,]+$/);
		expect(failed[0]?.json.details.requestId).not.toContain('proxy');
	});
});

describe('an answer that can’t be read', () => {
	const coc = useCoc();

	test('since it has more than 16 kB of headers: the outcome is unknown', async () => {
		const server = await answering(HEADERS_OVER_16_KB);
		const { outcome, errorCode, error } = await failure(coc, server.url);
		expect({ outcome, errorCode }).toEqual({
			outcome: 'unknown',
			errorCode: 'HPE_HEADER_OVERFLOW',
		});
		expect(error).toMatch(/has more headers than n8n can read \(16 kB, HPE_HEADER_OVERFLOW\)/);
		expect(server.asked.filter((line) => line.includes(HANDLE))).toHaveLength(1);
	}, 60_000);

	test('since it is no HTTP: the outcome is unknown', async () => {
		const server = await answering('SSH-2.0-OpenSSH_9.6\r\n');
		const { outcome, errorCode, error } = await failure(coc, server.url);
		expect({ outcome, errorCode }).toEqual({
			outcome: 'unknown',
			errorCode: 'HPE_INVALID_CONSTANT',
		});
		expect(error).toMatch(/or something before it, answered is no HTTP \(HPE_INVALID_CONSTANT\)/);
	}, 60_000);
});
