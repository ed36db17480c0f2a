// Certificates, and the proxy that n8n's variables name.
import { createServer } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { startConnectProxy, throughProxy } from '../../support/connectProxy.cts';
import { closedPort, endLater, endServersAfterEach, listen } from '../../support/loopback.cts';
import { failure, useCoc } from '../../support/coc.cts';
import { useQuickTime } from '../../support/quickTime.cts';

useQuickTime();
endServersAfterEach();

describe('a self-signed certificate', () => {
	const coc = useCoc({ tls: true });

	test('is not trusted: nothing is sent, and the message says what to do', async () => {
		const { outcome, errorCode, error } = await failure(coc);
		expect({ outcome, errorCode }).toEqual({
			outcome: 'notSent',
			errorCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
		});
		expect(error).toMatch(/certificate/);
		expect(error).toMatch(
			/'CA Certificate'.*NODE_EXTRA_CA_CERTS.*'Ignore SSL Issues \(Insecure\)'/,
		);
		expect(coc.requests()).toEqual([]);
	});

	test('is accepted with the credential’s switch', async () => {
		coc.credential.data.ignoreSslIssues = true;
		expect((await coc.verify([{}, {}])).success).toHaveLength(2);
	});

	test('does not matter in the way through a proxy, with the switch on', async () => {
		coc.credential.data.ignoreSslIssues = true;
		const proxy = await startConnectProxy();
		endLater(proxy);
		const { success } = await throughProxy(proxy.url, () => coc.verify([{}, {}]));
		expect(success).toHaveLength(2);
		expect(new Set(proxy.targets)).toEqual(new Set([new URL(coc.standIn.url).host]));
	});

	test('is seen through a proxy as well', async () => {
		const proxy = await startConnectProxy();
		endLater(proxy);
		const { outcome } = await throughProxy(proxy.url, () => failure(coc));
		expect(outcome).toBe('notSent');
		expect(proxy.targets).toHaveLength(1);
		expect(coc.requests()).toEqual([]);
	});

	test('and a server that does not speak plain http: the outcome is unknown', async () => {
		const { outcome } = await failure(coc, coc.standIn.url.replace('https:', 'http:'));
		expect(outcome).toBe('unknown');
		expect(coc.requests()).toEqual([]);
	});
});

describe('a proxy', () => {
	const coc = useCoc({ tls: true });

	test('that is down: nothing was sent', async () => {
		coc.credential.data.ignoreSslIssues = true;
		const proxy = `http://127.0.0.1:${await closedPort()}`;
		const { outcome, errorCode } = await throughProxy(proxy, () => failure(coc));
		expect({ outcome, errorCode }).toEqual({ outcome: 'notSent', errorCode: 'ECONNREFUSED' });
	});

	test.each([403, 407])(
		'that refuses the way (%d) sees neither request nor token',
		async (status) => {
			coc.credential.data.ignoreSslIssues = true;
			const seen: string[] = [];
			const server = createServer((socket) => {
				socket.on('error', () => undefined);
				socket.on('data', (data) => {
					if (seen.push(data.toString()) === 1) {
						socket.write(`HTTP/1.1 ${status} No way\r\nContent-Length: 0\r\n\r\n`);
					}
				});
			});
			const proxy = `http://127.0.0.1:${await listen(server)}`;
			const { outcome } = await throughProxy(proxy, () => failure(coc));
			expect(['refused', 'notSent']).toContain(outcome);
			expect(seen.join('')).toMatch(/^CONNECT /);
			expect(seen.join('')).not.toContain(coc.credential.data.token);
			expect(coc.requests()).toEqual([]);
		},
	);
});
