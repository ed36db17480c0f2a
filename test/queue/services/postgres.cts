import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../../e2e/server.cts';
import {
	dataFolder,
	findProgram,
	keepRunning,
	otherThanRoot,
	requireProgram,
	runProgram,
} from './program.cts';
import type { Service } from './service.cts';

/** Where Debian and Ubuntu put the programs, one folder for each version. */
const DEBIAN = '/usr/lib/postgresql';

/** The PostgreSQL that TEST_POSTGRES_URL names, or one of its own on a free loopback port. */
export async function startPostgres(): Promise<Service> {
	const given = process.env['TEST_POSTGRES_URL'];
	if (given !== undefined) {
		const { hostname, port, username, password, pathname } = new URL(given);
		const settings = connection(hostname, port || '5432', decodeURIComponent(username), {
			database: pathname.slice(1),
			password: decodeURIComponent(password),
		});
		return { settings, close: async () => {} };
	}
	const newest = (existsSync(DEBIAN) ? readdirSync(DEBIAN) : [])
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(DEBIAN, version, 'bin'));
	const found = requireProgram('PostgreSQL', 'initdb', newest);
	const program = (name: string) => {
		const beside = join(dirname(found), name);
		return existsSync(beside) ? beside : (findProgram(name, newest) ?? name);
	};
	const user = otherThanRoot('postgres', 'nobody');
	const folder = dataFolder('postgres', user);
	const port = String(await freePort());
	const login = ['--username', 'n8n', '--auth', 'trust', '--encoding', 'UTF8'];
	runProgram(found, ['--pgdata', folder, '--no-sync', ...login], user);
	const place = ['-D', folder, '-p', port, '-h', '127.0.0.1', '-k', folder];
	const isReady = () =>
		new Promise<boolean>((resolve) => {
			const args = ['-q', '-h', '127.0.0.1', '-p', port];
			execFile(program('pg_isready'), args, (error) => resolve(error === null));
		});
	// SIGINT is its fast way to end: connections are cut, nothing is lost.
	const running = await keepRunning(program('postgres'), place, 'SIGINT', isReady, user);
	return { settings: connection('127.0.0.1', port, 'n8n', { database: 'postgres' }), ...running };
}

function connection(
	host: string,
	port: string,
	user: string,
	{ database, password = '' }: { database: string; password?: string },
) {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: host,
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_USER: user,
		DB_POSTGRESDB_PASSWORD: password,
		DB_POSTGRESDB_DATABASE: database,
	};
}
