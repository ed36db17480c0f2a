import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox.cts';
import { ticketStatuses } from './index.cts';

const SCRIPT = join(__dirname, '../../scripts/sandbox.cts');

// Processes start one after the other: slow on a busy machine.
jest.setTimeout(120_000);

const started: ChildProcess[] = [];
afterEach(() => {
	for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(...options: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...options]);
	started.push(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	return {
		child,
		output: () => output,
		async says(pattern: RegExp): Promise<string[]> {
			for (;;) {
				const match = pattern.exec(output);
				if (match) return [...match];
				if (child.exitCode !== null) throw new Error(`It ended: ${output}`);
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		},
	};
}

async function exitCode(child: ChildProcess): Promise<number | null> {
	if (child.exitCode === null) await once(child, 'exit');
	return child.exitCode;
}

test('the sandbox shows what is needed, runs its own example and stops on Ctrl-C', async () => {
	const sandbox = start('--port', '0');
	await sandbox.says(/Ctrl-C/);
	const [, url] = await sandbox.says(/Endpoint +(http:\/\/127\.0\.0\.1:\d+)/);
	const [, token = ''] = await sandbox.says(/Token +(\S+)/);
	for (const status of ticketStatuses)
		expect(sandbox.output()).toMatch(new RegExp(`IM\\d+ +${status}`));
	expect(sandbox.output()).toMatch(/examples\/verify-incident\.json/);
	const [, body = ''] = await sandbox.says(/-d '(.*)'/);
	const introduced = sandbox.output().length;

	const headers = { 'Content-Type': 'application/json', 'X-Auth-Token': token };
	const handle = `${url}/v1/external/incident/handle`;
	const verify = async () => {
		const response = await fetch(handle, { method: 'POST', headers, body });
		return ((await response.json()) as { error_code: string }).error_code;
	};
	expect(await verify()).toBe('GOM.00000000');
	await sandbox.says(/200 {2}POST \/v1\/external\/incident\/handle {2}token \*\*\* {2}applied/);
	expect(sandbox.output().slice(introduced)).not.toContain(token);

	expect(await verify()).not.toBe('GOM.00000000');
	const reset = start('--port', new URL(url!).port, '--reset');
	expect(await exitCode(reset.child)).toBe(0);
	expect(reset.output()).toMatch(/put back/);
	expect(await verify()).toBe('GOM.00000000');

	await fetch(`${url}/chat`, { method: 'POST', body: '{"text":"It works"}' });
	await sandbox.says(/Chat: It works/);

	sandbox.child.kill('SIGINT');
	expect(await exitCode(sandbox.child)).toBe(0);
	expect(sandbox.output()).toMatch(/Stopped/);
});

test('the sandbox says when its port is taken, or what is asked for is not possible', async () => {
	const first = start('--port', '0', '--tls', '--host', '0.0.0.0');
	const [, port = ''] = await first.says(/Endpoint +https:\/\/host\.docker\.internal:(\d+)/);
	const second = start('--port', port);
	expect(await exitCode(second.child)).toBe(1);
	expect(second.output()).toMatch(/The port is in use/);

	const open = start('--port', '0', '--host', '0.0.0.0');
	expect(await exitCode(open.child)).toBe(1);
	expect(open.output()).toMatch(/--host needs --tls/);
});

test('a restart changes nothing: not the login, not the tickets and their numbers', async () => {
	const what = async (sandbox: Sandbox) => {
		const { login, coc } = sandbox;
		const tickets = coc.tickets.all().map(({ number, status, level }) => [number, status, level]);
		await sandbox.close();
		return { tickets, ...login, endpoint: '', iamEndpoint: '' };
	};
	const before = await what(await startSandbox({ port: 0 }));
	expect(await what(await startSandbox({ port: 0 }))).toEqual(before);
	const waiting = before.tickets.filter(([, status]) => status === 'INCIDENT_STATUS_RESOLVED');
	const levels = new Set(waiting.slice(0, 5).map(([, , level]) => level));
	expect([...levels]).toEqual([10, 20, 30, 40, 50].map((level) => `level_${level}`));
});

test('the sandbox signs its IAM user in, and has a monitoring', async () => {
	const sandbox = await startSandbox({ port: 0 });
	const { login, coc } = sandbox;
	const { accountName: name, userName, password } = login;
	const domain = { name };
	const identity = {
		methods: ['password'],
		password: { user: { name: userName, password, domain } },
	};
	const response = await fetch(`${login.iamEndpoint}/v3/auth/tokens?nocatalog=true`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ auth: { identity, scope: { domain } } }),
	});
	expect(await response.json()).toMatchObject({ token: { user: { id: login.operator } } });
	const token = response.headers.get('X-Subject-Token') ?? '';
	const [p1, p2] = coc.tickets.all().map(({ number }) => number) as [string, string];
	const headers = { 'X-Auth-Token': token };
	const read = await fetch(`${login.endpoint}/v1/external/incident/${p1}`, { headers });
	expect(read.status).toBe(200);

	const health = async (query: string) => (await fetch(`${login.endpoint}/health${query}`)).status;
	expect(await health('')).toBe(200);
	expect(await health(`?ticket=${p1}`)).toBe(503);
	expect(await health(`?ticket=${p2}`)).toBe(200);
	await sandbox.close();
});
