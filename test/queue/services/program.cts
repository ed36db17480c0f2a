import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who runs a program: nothing for who runs this one. */
export type User = { uid: number; gid: number } | undefined;

const HOW =
	'On Debian and Ubuntu: apt-get install redis-server postgresql. Or name running, empty ones: ' +
	'TEST_REDIS_URL=redis://127.0.0.1:6379 ' +
	'TEST_POSTGRES_URL=postgres://user:password@127.0.0.1:5432/n8n';

/** As `findProgram`; where there is none, an error says how to get `what`. */
export function requireProgram(what: string, name: string, folders?: string[]): string {
	const program = findProgram(name, folders);
	if (!program) throw new Error(`${what} is not installed. ${HOW}`);
	return program;
}

/** Where a program is installed; `folders` are looked through after those of PATH. */
export function findProgram(name: string, folders: string[] = []): string | undefined {
	const path = (process.env['PATH'] ?? '').split(delimiter);
	return [...path, ...folders].map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** For a program that root may not run: the first of these users that the machine has. */
export function otherThanRoot(...names: string[]): User {
	if (process.getuid?.() !== 0) return undefined;
	for (const name of names) {
		const [uid, gid] = ['-u', '-g'].map((of) => spawnSync('id', [of, name], { encoding: 'utf8' }));
		if (uid?.status === 0 && gid?.status === 0) {
			return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
		}
	}
	throw new Error(`There is none of the users ${names.join(', ')}`);
}

/** A folder for a program's data; it goes away with this process. */
export function dataFolder(name: string, user?: User): string {
	const folder = mkdtempSync(join(tmpdir(), `n8n-queue-${name}-`));
	if (user) chownSync(folder, user.uid, user.gid);
	process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	return folder;
}

/** Runs a program to its end; what it says only matters when that is a bad one. */
export function runProgram(program: string, args: string[], user?: User): void {
	execFileSync(program, args, { ...user, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] });
}

/**
 * Keeps a program running until it is closed, at the latest with this process.
 *
 * @param farewell the signal that asks it to end
 * @param isReady whether it answers
 */
export async function keepRunning(
	program: string,
	args: string[],
	farewell: NodeJS.Signals,
	isReady: () => Promise<boolean>,
	user?: User,
) {
	const start = async () => {
		const child = spawn(program, args, {
			...user,
			cwd: tmpdir(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let said = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
		}
		const kill = () => child.kill('SIGKILL');
		process.once('exit', kill);
		const ended = once(child, 'exit').then(() => process.off('exit', kill));
		const deadline = Date.now() + 60_000;
		while (!(await isReady())) {
			if (child.exitCode !== null || Date.now() > deadline) {
				throw new Error(`${program} doesn't start:\n${said}`);
			}
			await sleep(100);
		}
		return async () => {
			child.kill(farewell);
			await ended;
		};
	};
	let close = await start();
	return {
		close: () => close(),
		async restart(stoppedMs: number): Promise<void> {
			await close();
			await sleep(stoppedMs);
			close = await start();
		},
	};
}
