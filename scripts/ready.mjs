// Makes a fresh clone ready. It runs before anything is installed, hence Node's own modules alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a program in the repository's folder with this process's terminal and gives its exit code.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 * @returns {Promise<number>}
 */
export async function run(program, args, env) {
	return await ended(start(program, args, 'inherit', env));
}

/**
 * Runs a program in the repository's folder, after more urgent ones, and gives its exit code and
 * what it printed.
 *
 * @param {string} program
 * @param {string[]} args
 */
export async function collect(program, args) {
	const child = start(program, args, 'pipe');
	if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding('utf8').on('data', (text) => (output += text));
	}
	return { code: await ended(child), output };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {'inherit' | 'pipe'} stdio
 * @param {NodeJS.ProcessEnv} [env]
 */
function start(program, args, stdio, env) {
	return spawn(program, args, {
		cwd: root,
		env: { ...process.env, ...env },
		stdio,
		shell: process.platform === 'win32' && program === 'npm',
	});
}

/**
 * Waits for a program. When this one is interrupted, the other is waited for (it may have to clean
 * up) and nothing else is run.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code
 */
async function ended(child) {
	let interrupted = false;
	const onInterrupt = () => {
		interrupted = true; // the terminal has told the child, too
	};
	const onTerminate = () => {
		interrupted = child.kill('SIGTERM');
	};
	process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
	try {
		const [code] = await once(child, 'close');
		if (interrupted) process.exit(130);
		return code ?? 1;
	} finally {
		process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
	}
}

/** Installs what the lockfile names, when it isn't there. No package runs a script of its own. */
export async function install() {
	if (isInstalled()) return;
	console.log('Installing the packages of the lockfile (about a minute) …');
	if (
		await run('npm', [
			'ci',
			'--ignore-scripts',
			'--include=dev',
			'--no-audit',
			'--no-fund',
			'--loglevel=error',
		])
	) {
		throw new Error('npm ci did not succeed: see above');
	}
}

/** Builds dist, when it isn't there or older than its sources. */
export async function build() {
	const inputs = ['nodes', 'credentials', 'gulpfile.js', 'tsconfig.json', 'package-lock.json'];
	if (newest(['dist']) > newest(inputs)) return;
	if (await run('npm', ['run', '--silent', 'build'])) {
		throw new Error('npm run build did not succeed: see above');
	}
}

/** Whether node_modules holds the lockfile's packages; those for other platforms don't count. */
function isInstalled() {
	const installed = 'node_modules/.package-lock.json';
	if (!existsSync(join(root, installed))) return false;
	const present = packagesOf(installed);
	return Object.entries(packagesOf('package-lock.json')).every(
		([path, wanted]) =>
			path === '' || wanted.optional || present[path]?.integrity === wanted.integrity,
	);
}

/**
 * @param {string} lockfile
 * @returns {Record<string, {integrity?: string, optional?: boolean}>}
 */
function packagesOf(lockfile) {
	return JSON.parse(readFileSync(join(root, lockfile), 'utf8')).packages;
}

/**
 * The latest change among files and folders (a folder's own time tells of deleted files).
 *
 * @param {string[]} paths
 */
function newest(paths) {
	const times = paths
		.map((path) => join(root, path))
		.filter((path) => existsSync(path))
		.flatMap((path) => [
			path,
			...(statSync(path).isDirectory()
				? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((entry) => join(path, entry))
				: []),
		])
		.map((path) => statSync(path).mtimeMs);
	return Math.max(0, ...times);
}
