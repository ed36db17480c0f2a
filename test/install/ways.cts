import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newestN8n, type PreparedN8n } from '../e2e/prepare.cts';
import type { N8nClient } from '../e2e/rest.cts';
import type { N8nServer } from '../e2e/server.cts';
import manifest from '../../package.json';

/** A way to install the package and to update it, as the README's section *Installation* has it. */
export interface Way {
	name: string;
	/** Whether this n8n knows it. */
	isKnown: (n8n: PreparedN8n) => boolean;
	/** Installs a version, which is the registry's latest one, or updates to it. */
	bring: (to: Installation, version: string) => Promise<void>;
}

interface Installation {
	n8n: PreparedN8n;
	server: N8nServer;
	client: N8nClient;
	/** Leads to the registry. */
	environment: Record<string, string>;
}

const { name } = manifest;
const always = () => true;
// The registry is in this process, which must not wait.
const shell = promisify(execFile);

export const ways: Way[] = [
	{
		name: 'in the editor, under Settings > Community nodes',
		isKnown: always,
		async bring({ n8n, client }, version) {
			const route = '/community-packages';
			type Package = { packageName: string; updateAvailable?: string };
			const [installed] = await client.call<Package[]>('GET', route);
			if (installed === undefined) return void (await client.call('POST', route, { name }));
			if (installed.updateAvailable !== version) {
				const said = `the editor offers no update: ${JSON.stringify(installed)}`;
				// The list of 1.123.81 has shown none here, although its update works.
				if (n8n.version === newestN8n) throw new Error(said);
				console.log(`  ${said}`);
			}
			await client.call('PATCH', route, { name });
		},
	},
	{
		name: 'by hand, with the commands of the README',
		isKnown: always,
		async bring({ server, environment }) {
			const home = { PATH: process.env['PATH'], HOME: server.folder };
			await server.restart(async () => {
				const env = { ...home, ...environment };
				await shell('bash', ['-e', '-c', commands()], { env, timeout: 120_000 });
			});
		},
	},
	{
		name: 'by environment variables',
		isKnown: ({ directory }) =>
			existsSync(
				join(directory, 'node_modules/n8n/dist/instance-settings-loader/loaders', loaderFile),
			),
		async bring({ server }, version) {
			await server.restart(() => undefined, variables(version));
		},
	},
];

const loaderFile = 'community-packages.instance-settings-loader.js';

/** The blocks of the README's section, the first one for a shell, the second one variables. */
function blocks(): string[] {
	const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
	const [, section = ''] = /^## Installation$([^]*?)^## /m.exec(readme) ?? [];
	return [...section.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block);
}

function commands(): string {
	const [block = ''] = blocks();
	if (!block.includes(`npm install`)) throw new Error('The README has no commands');
	return block;
}

function variables(version: string): Record<string, string> {
	const [, block = ''] = blocks();
	const pairs = [...block.matchAll(/^(\w+)='?(.*?)'?$/gm)].map(([, key = '', value = '']) => [
		key,
		value.replace(/"version":"[^"]+"/, `"version":"${version}"`),
	]);
	if (pairs.length !== 2) throw new Error('The README has no variables');
	return Object.fromEntries(pairs) as Record<string, string>;
}
