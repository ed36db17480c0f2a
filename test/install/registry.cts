import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { startConnectProxy } from '../support/connectProxy.cts';
import { packTarball } from '../support/tarball.cts';
import manifest from '../../package.json';

/** The package as it is now, and as an earlier version of which nothing but the number differs. */
export const versions = { earlier: '0.0.9', now: manifest.version };

/** A registry that n8n and npm take for npm's own. */
export interface Registry {
	/** What leads them there: a proxy, and the authority of the registry's certificate. */
	environment: Record<string, string>;
	/** Makes a version the latest one. */
	publish: (version: string) => void;
	close: () => void;
}

/**
 * Starts it with the package alone in it. Whatever else is asked for through the proxy ends there too,
 * so that nothing leaves this machine.
 */
export async function startRegistry(): Promise<Registry> {
	const folder = mkdtempSync(join(tmpdir(), 'coc-registry-'));
	const tarballs = new Map(Object.entries(pack(folder)));
	const { name } = manifest;
	const base = `https://registry.npmjs.org/${name}`;
	let latest = versions.earlier;
	const describe = (version: string) => {
		const tarball = tarballs.get(version);
		if (tarball === undefined) return undefined;
		const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
		const shasum = createHash('sha1').update(tarball).digest('hex');
		const dist = { tarball: `${base}/-/${version}.tgz`, integrity, shasum };
		return { ...manifest, version, devDependencies: undefined, dist };
	};
	const answer = (path: string): object | Buffer | undefined => {
		if (path === `/${name}`) {
			const all = [...tarballs.keys()].map((version) => [version, describe(version)]);
			return { name, 'dist-tags': { latest }, versions: Object.fromEntries(all) as object };
		}
		const [, tarball, version] = /^\/[^/]+\/(?:-\/(.+)\.tgz|([^/]+))$/.exec(path) ?? [];
		if (!path.startsWith(`/${name}/`)) return undefined;
		if (tarball !== undefined) return tarballs.get(tarball);
		return describe(version === 'latest' ? latest : (version ?? ''));
	};

	const { private: key, cert } = await generate([{ name: 'commonName', value: 'registry' }], {
		...{ keyType: 'ec', algorithm: 'sha256' },
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: 'registry.npmjs.org' }] },
		],
	});
	const authority = join(folder, 'authority.pem');
	writeFileSync(authority, cert);
	const server = createServer({ key, cert }, ({ url = '' }, response) => {
		const found = answer(decodeURIComponent(url.split('?')[0] ?? ''));
		// npm would keep what it was told before.
		response.setHeader('cache-control', 'no-cache');
		if (Buffer.isBuffer(found)) response.end(found);
		else response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? { error: 'Not found' }));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const proxy = await startConnectProxy(() => `127.0.0.1:${port}`);
	return {
		environment: {
			HTTPS_PROXY: proxy.url,
			NODE_EXTRA_CA_CERTS: authority,
			// Where npm is told of authorities, it asks for no others.
			npm_config_cafile: authority,
			npm_config_registry: 'https://registry.npmjs.org',
		},
		publish(version) {
			latest = version;
		},
		close() {
			server.close();
			void proxy.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** The tarballs of both versions. */
function pack(folder: string): Record<string, Buffer> {
	const tarball = packTarball();
	const earlier = join(folder, 'package');
	cpSync(tarball.folder, earlier, { recursive: true });
	const now = readFileSync(tarball.file);
	tarball.remove();
	const changed = { ...manifest, version: versions.earlier };
	writeFileSync(join(earlier, 'package.json'), JSON.stringify(changed));
	const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--silent', earlier], {
		cwd: folder,
		encoding: 'utf8',
	});
	return {
		[versions.earlier]: readFileSync(join(folder, packed.trim())),
		[versions.now]: now,
	};
}
