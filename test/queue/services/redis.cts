import { connect } from 'node:net';
import { freePort } from '../../e2e/server.cts';
import { dataFolder, keepRunning, requireProgram } from './program.cts';
import type { Service } from './service.cts';

/** The Redis that TEST_REDIS_URL names, or one of its own on a free loopback port. */
export async function startRedis(): Promise<Service> {
	const given = process.env['TEST_REDIS_URL'];
	if (given !== undefined) {
		const { hostname, port, username, password } = new URL(given);
		return {
			settings: {
				QUEUE_BULL_REDIS_HOST: hostname,
				QUEUE_BULL_REDIS_PORT: port || '6379',
				QUEUE_BULL_REDIS_USERNAME: decodeURIComponent(username),
				QUEUE_BULL_REDIS_PASSWORD: decodeURIComponent(password),
			},
			close: async () => {},
		};
	}
	const program = requireProgram('Redis', 'redis-server');
	const port = await freePort();
	// Kept on disk at once, as n8n's queue should be: a restart then loses nothing.
	const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
	const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', dataFolder('redis')];
	const running = await keepRunning(program, [...place, ...durable], 'SIGTERM', () =>
		answers(port),
	);
	return {
		settings: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) },
		...running,
	};
}

async function answers(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		socket.setTimeout(1000, () => socket.destroy());
		socket.once('data', (data) => {
			resolve(data.toString().startsWith('+PONG'));
			socket.destroy();
		});
		socket.once('error', () => resolve(false));
		socket.once('close', () => resolve(false));
	});
}
