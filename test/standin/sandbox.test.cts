import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { ticketStatuses } from './index.cts';

const SCRIPT = join(__dirname, '../../scripts/sandbox.cts');

// Two processes start one after the other: slow on a busy machine.
jest.setTimeout(60_000);

function start(...options: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...options]);
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
	try {
		await sandbox.says(/Ctrl-C/);
		const [, url] = await sandbox.says(/Endpoint +(http:\/\/127\.0\.0\.1:\d+)/);
		const [, token = ''] = await sandbox.says(/Token +(\S+)/);
		for (const status of ticketStatuses)
			expect(sandbox.output()).toMatch(new RegExp(`IM\\d+ +${status}`));
		const [, body = ''] = await sandbox.says(/-d '(.*)'/);
		const introduced = sandbox.output().length;

		const headers = { 'Content-Type': 'application/json', 'X-Auth-Token': token };
		const handle = `${url}/v1/external/incident/handle`;
		const response = await fetch(handle, { method: 'POST', headers, body });
		expect(await response.json()).toMatchObject({ error_code: 'GOM.00000000' });
		await sandbox.says(/200 {2}POST \/v1\/external\/incident\/handle {2}token \*\*\* {2}applied/);
		expect(sandbox.output().slice(introduced)).not.toContain(token);

		sandbox.child.kill('SIGINT');
		expect(await exitCode(sandbox.child)).toBe(0);
		expect(sandbox.output()).toMatch(/Stopped/);
	} finally {
		sandbox.child.kill('SIGKILL');
	}
});

test('the sandbox says when its port is taken', async () => {
	const first = start('--port', '0', '--tls');
	try {
		const [, port = ''] = await first.says(/https:\/\/127\.0\.0\.1:(\d+)/);
		const second = start('--port', port);
		expect(await exitCode(second.child)).toBe(1);
		expect(second.output()).toMatch(/The port is in use/);
	} finally {
		first.child.kill('SIGKILL');
	}
});
