import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
	closeSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PreparedN8n } from './prepare.cts';

/** A running n8n with the packed package installed as a community package. */
export interface N8nServer {
	url: string;
	/** Everything this n8n stores: database, settings, packages. */
	folder: string;
	/** Where the package is installed. */
	installed: string;
	log: () => string;
	/** What the database holds of a credential, as another process of n8n reads it. */
	storedCredential: (id: string) => Promise<Record<string, unknown>>;
	/** Runs a workflow in another process of n8n, as a worker does. */
	runElsewhere: (workflowId: string) => Promise<void>;
	/**
	 * Stops n8n without a farewell; what `meanwhile` does happens before it starts again, with more
	 * environment variables if there are any.
	 */
	restart: (
		meanwhile: () => void | Promise<void>,
		settings?: Record<string, string>,
	) => Promise<void>;
	/** Starts another process of this n8n, such as `worker`, with a log of its own. */
	launch: (name: string, args: string[], settings?: Record<string, string>) => N8nProcess;
	isRunning: () => boolean;
	/** Ends the server, without a farewell. */
	stop: () => Promise<void>;
}

/** A process of n8n. Without a farewell it ends, at the latest, with this one. */
export interface N8nProcess {
	isRunning: () => boolean;
	log: () => string;
	/** Halts it until it is thawed. */
	freeze: () => void;
	thaw: () => void;
	/** Without a signal it gets no chance to say farewell. */
	stop: (signal?: NodeJS.Signals) => Promise<void>;
}

const repository = resolve(__dirname, '../..');

/** Switches off whatever n8n would ask the internet for, or the person in front of the editor. */
const quiet = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
};

/**
 * Starts n8n on a free loopback port with a data folder of its own. Server and folder go away when
 * this process ends, however it does.
 *
 * @param keep leave the folder
 * @param settings more of n8n's environment variables; `N8N_PORT` for a certain port
 * @param install puts the package into the folder, and gives its place there
 */
export async function startN8n(
	n8n: PreparedN8n,
	keep: boolean,
	settings: Record<string, string> = {},
	install = installPackage,
): Promise<N8nServer> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
	process.once('exit', () => {
		if (keep) console.log(`Kept: ${folder}`);
		else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	});
	const installed = install(folder);

	const port = settings['N8N_PORT'] ?? String(await freePort());
	const brokerPort = await freePort();
	const env = {
		PATH: process.env['PATH'],
		HOME: folder,
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: port,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_LOG_LEVEL: 'debug',
		...quiet,
		...n8n.environment,
		...settings,
	};
	const url = `http://127.0.0.1:${port}`;
	const launch: N8nServer['launch'] = (name, args, more = {}) => {
		const logFile = join(folder, `${name}.log`);
		const output = openSync(logFile, 'a');
		const child = spawn(n8n.node, [n8n.program, ...args], {
			cwd: folder,
			// A process group of its own, since n8n starts further processes.
			detached: true,
			stdio: ['ignore', output, output],
			env: { ...env, ...more },
		});
		closeSync(output);
		const isRunning = () => child.exitCode === null && child.signalCode === null;
		// No farewell: its data are thrown away, so a hard stop loses nothing, and leaves nothing.
		const send = (signal: NodeJS.Signals) => {
			if (child.pid && isRunning()) process.kill(-child.pid, signal);
		};
		const kill = () => send('SIGKILL');
		process.prependOnceListener('exit', kill);
		const ended = once(child, 'exit').then(() => process.off('exit', kill));
		return {
			isRunning,
			log: () => readFileSync(logFile, 'utf8'),
			freeze: () => send('SIGSTOP'),
			thaw: () => send('SIGCONT'),
			async stop(signal = 'SIGKILL') {
				send(signal);
				await ended;
			},
		};
	};
	const start = async (more?: Record<string, string>) => {
		const main = launch('n8n', ['start'], more);
		const deadline = Date.now() + 300_000;
		// Not /healthz/readiness: n8n 1.x says ready before its routes are there. Until they are, n8n
		// answers everything with a friendly text.
		while (!(await answersJson(`${url}/rest/settings`))) {
			if (!main.isRunning() || Date.now() > deadline) {
				throw new Error(`n8n ${n8n.version} doesn't start:\n${main.log().slice(-4000)}`);
			}
			await sleep(200);
		}
		return main;
	};
	let running = await start();
	const log = () => running.log();
	const isRunning = () => running.isRunning();
	const stop = () => running.stop();
	const restart: N8nServer['restart'] = async (meanwhile, more) => {
		await running.stop();
		await meanwhile();
		running = await start(more);
	};
	const command = async (...args: string[]) => {
		const output = openSync(join(folder, 'n8n.log'), 'a');
		const other = spawn(n8n.node, [n8n.program, ...args], {
			cwd: folder,
			stdio: ['ignore', output, output],
			env: { ...env, N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
			timeout: 300_000,
		});
		closeSync(output);
		const [code] = (await once(other, 'exit')) as [number | null];
		if (code !== 0) throw new Error(`n8n ${args.join(' ')}:\n${log().slice(-4000)}`);
	};
	const storedCredential: N8nServer['storedCredential'] = async (id) => {
		const file = join(folder, 'exported.json');
		await command('export:credentials', '--decrypted', `--id=${id}`, `--output=${file}`);
		const [{ data }] = JSON.parse(readFileSync(file, 'utf8')) as [
			{ data: Record<string, unknown> },
		];
		rmSync(file);
		return data;
	};
	const runElsewhere: N8nServer['runElsewhere'] = (id) => command('execute', `--id=${id}`);
	const commands = { storedCredential, runElsewhere, restart, launch, stop };
	return { url, folder, installed, log, isRunning, ...commands };
}

/**
 * Packs the repository as it would be published, installs the tarball the way n8n installs a community
 * package, and gives its place.
 */
function installPackage(folder: string): string {
	const packed = execFileSync(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{ cwd: repository, encoding: 'utf8' },
	);
	const [{ name, filename, files }] = JSON.parse(packed) as [
		{ name: string; filename: string; files: Array<{ path: string }> },
	];
	if (!files.some(({ path }) => path.endsWith('.node.js'))) {
		throw new Error('There is no node in dist/: run `npm run build` first');
	}
	const packages = join(folder, '.n8n', 'nodes');
	mkdirSync(packages, { recursive: true });
	writeFileSync(join(packages, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	// Offline: the package has no dependencies to fetch, and this would tell if it had.
	const options = ['--offline', '--ignore-scripts', '--legacy-peer-deps', '--omit=peer'];
	execFileSync('npm', ['install', ...options, join(folder, filename)], {
		cwd: packages,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	return join(packages, 'node_modules', name);
}

async function answersJson(url: string): Promise<boolean> {
	const response = await fetch(url).catch(() => undefined);
	const type = response?.headers.get('content-type') ?? '';
	return response?.status === 200 && type.includes('json');
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((done) => server.once('listening', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}
