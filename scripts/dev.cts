import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
// @ts-expect-error gulp brings no types
import { watch } from 'gulp';
import { prepareN8n, newestN8n } from '../test/e2e/prepare.cts';
import { owner, signIn } from '../test/e2e/rest.cts';
import { startN8n } from '../test/e2e/server.cts';
import { credentialType, exampleNames, readExample } from '../test/e2e/workflows.cts';
import { quote, report, heading, show } from './sandbox/introduce.cts';
import { SANDBOX_PORT, startSandbox, type Sandbox } from './sandbox/sandbox.cts';

const HELP = `An n8n with the nodes, a sandbox, a credential for it and all examples.

  npm run dev

Built again when a source file changes; n8n loads the nodes anew. Ctrl-C ends and removes all.
`;
const root = join(__dirname, '..');

/** Runs a task after changes: once at a time, and once more for what changed meanwhile. */
type Watch = (globs: string[], options: object, task: (done: () => void) => void) => void;

async function main(): Promise<void> {
	if (process.argv.includes('--help')) return console.log(HELP);
	// Leaving by `exit` is what stops n8n and removes its data, whatever happened.
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, () => process.exit(130));
	}
	const n8n = prepareN8n(newestN8n);
	const sandbox = await startSandbox({ onAnswer: report, onSaid: quote });
	console.log('Starting n8n …');
	const settings = { N8N_DEV_RELOAD: 'true', ...((await isFree(5678)) && { N8N_PORT: '5678' }) };
	const server = await startN8n(n8n, false, settings);
	const client = await signIn(server.url, n8n);
	await importAll(client, sandbox);
	rebuildOnChange(join(server.installed, 'dist'));

	heading(`n8n ${n8n.version}, with a sandbox at ${sandbox.login.endpoint}`);
	show('Open', server.url);
	show('Email', owner.email);
	show('Password', owner.password);
	show('Operator', sandbox.login.operator);
	console.log('\n  All examples are there, with a credential for the sandbox.');
	heading('Requests (Ctrl-C ends all, and removes it)');
}

async function importAll(client: Awaited<ReturnType<typeof signIn>>, { login }: Sandbox) {
	const { endpoint, token, iamEndpoint } = login;
	const stored = { endpoint, authentication: 'token', token, iamEndpoint };
	const id = await client.createCredential(credentialType, 'Huawei Cloud COC account', stored);
	for (const name of exampleNames) await client.createWorkflow(readExample(name, id));
}

/** Builds when a source file changes, and gives n8n the result once it is whole. */
function rebuildOnChange(installed: string): void {
	const build = async () => {
		const args = ['run', '--silent', 'build', '--', '--silent'];
		const child = spawn('npm', args, { cwd: root, stdio: 'inherit' });
		const [code] = (await once(child, 'close')) as [number];
		if (code === 0) cpSync(join(root, 'dist'), installed, { recursive: true });
		console.log(
			code === 0 ? '  Built: reload the editor.' : '  Not built: n8n keeps the last one.',
		);
	};
	const sources = ['nodes/**', 'credentials/**'];
	(watch as Watch)(sources, { cwd: root, delay: 300 }, (done) => void build().then(done));
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer().listen(port, '127.0.0.1');
	const free = await once(server, 'listening').then(
		() => true,
		() => false,
	);
	server.close();
	return free;
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? `Port ${SANDBOX_PORT} or ${SANDBOX_PORT + 1} is in use: end the sandbox that runs there.`
			: error,
	);
	process.exit(1);
});
