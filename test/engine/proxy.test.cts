import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { startConnectProxy, throughProxy } from '../support/connectProxy.cts';
import { httpRequestNode, loadPackage } from './index.cts';

test('requests go through the proxy that n8n’s variable names', async () => {
	const packages = await loadPackage(join(__dirname, 'fixture'));
	const data = { session: 'valid' };
	const credential = { id: 'f', name: 'Fixture', type: 'fixtureApi', data };
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
	const target = createServer({ key, cert }, (_request, response) => response.end('reached'));
	await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
	const proxy = await startConnectProxy();
	try {
		const host = `127.0.0.1:${(target.address() as AddressInfo).port}`;
		const parameters = { url: `https://${host}/`, allowUnauthorizedCerts: true };
		const send = () => httpRequestNode(packages, parameters, credential);
		expect((await throughProxy(proxy.url, send)).body).toBe('reached');
		expect((await send()).body).toBe('reached');
		expect(proxy.targets).toEqual([host]);
	} finally {
		await proxy.close();
		target.closeAllConnections();
		target.close();
	}
});
