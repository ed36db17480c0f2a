import { type Context, startContext } from '../e2e/context.cts';
import { startPostgres } from './services/postgres.cts';
import { startRedis } from './services/redis.cts';
import type { Service } from './services/service.cts';
import { startWorker, type Worker } from './workers.cts';

/** What the scenarios share: n8n in queue mode, with two workers, and COC with its IAM. */
export interface QueueContext extends Context {
	workers: [Worker, Worker];
	redis: Service;
	postgres: Service;
	/** Notes a figure for the report. */
	note: (text: string) => void;
	/** Starts again what has ended, as a supervisor would, and says what that was. */
	revive: () => Promise<string[]>;
	/** Ends n8n, Redis and PostgreSQL. */
	close: () => Promise<void>;
}

/** Starts Redis, PostgreSQL, main and two workers, all on loopback. */
export async function startQueue(
	version: string,
	keep: boolean,
	note: QueueContext['note'],
): Promise<QueueContext> {
	// Each process of n8n, and each service, has a listener that ends it with this process.
	process.setMaxListeners(0);
	// Neither is worth the start of an n8n when the other is missing.
	const [redis, postgres] = [await startRedis(), await startPostgres()];
	const context = await startContext(version, keep, {
		EXECUTIONS_MODE: 'queue',
		// n8n 3 does so without being asked.
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		N8N_LOG_LEVEL: 'info',
		...redis.settings,
		...postgres.settings,
	});
	const { server } = context;
	const workers: QueueContext['workers'] = [
		await startWorker(server, 'worker-1'),
		await startWorker(server, 'worker-2'),
	];
	return {
		...context,
		workers,
		redis,
		postgres,
		note,
		async revive() {
			const ended = workers.filter((worker) => !worker.isRunning());
			for (const worker of ended) await worker.start();
			const mainEnded = !server.isRunning();
			if (mainEnded) await server.restart(() => undefined);
			return [...(mainEnded ? ['main'] : []), ...ended.map(({ name }) => name)];
		},
		async close() {
			await Promise.all([server.stop(), ...workers.map((worker) => worker.stop())]);
			await Promise.all([redis.close(), postgres.close()]);
		},
	};
}
