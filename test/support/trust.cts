/** Names of the internet that lead to this machine: by a proxy, and a certificate that is trusted. */
import tls from 'node:tls';
import { afterEach, beforeEach } from '@jest/globals';
import { startConnectProxy, type ConnectProxy } from './connectProxy.cts';

export interface Elsewhere {
	/** Where each host really is, as host:port; others are nowhere. */
	routes: Map<string, string>;
	/** Further certificates to trust, PEM. */
	trusted: string[];
	/** The `host:port` of every connection that was asked for. */
	readonly targets: string[];
}

/**
 * Leads https of every test of a file through a proxy that knows where the hosts are. n8n's helpers
 * take it from HTTPS_PROXY, as they would on a server; what is trusted is for Node what
 * NODE_EXTRA_CA_CERTS is at its start.
 */
export function useElsewhere(): Elsewhere {
	let proxy: ConnectProxy;
	const real = tls.createSecureContext.bind(tls);
	const before = new Map<string, string | undefined>();
	const elsewhere: Elsewhere = {
		routes: new Map(),
		trusted: [],
		get targets() {
			return proxy.targets;
		},
	};
	beforeEach(async () => {
		elsewhere.routes.clear();
		elsewhere.trusted.length = 0;
		// Port 1 answers nobody.
		proxy = await startConnectProxy((target) => elsewhere.routes.get(target) ?? '127.0.0.1:1');
		for (const name of ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']) {
			before.set(name, process.env[name]);
			delete process.env[name];
		}
		process.env.HTTPS_PROXY = proxy.url;
		tls.createSecureContext = (options = {}) =>
			real({ ...options, ca: [...tls.rootCertificates, ...elsewhere.trusted] });
	});
	afterEach(async () => {
		tls.createSecureContext = real;
		for (const [name, value] of before) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
		await proxy.close();
	});
	return elsewhere;
}
