import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, type N8nProcess, type N8nServer } from '../e2e/server.cts';

/** How many executions a worker has under way at once; n8n's own default. */
export const WORKER_CONCURRENCY = 10;

/** A worker, which a scenario may end and start again. */
export interface Worker {
	name: string;
	/** Whether it has begun this execution, or how many it has begun. */
	hasBegun: (executionId: string) => boolean;
	begun: () => number;
	isRunning: () => boolean;
	freeze: () => void;
	thaw: () => void;
	stop: N8nProcess['stop'];
	start: () => Promise<void>;
}

/** Starts a worker beside the server, with the same settings, and waits until it takes executions. */
export async function startWorker(server: N8nServer, name: string): Promise<Worker> {
	const start = async () => {
		const port = String(await freePort());
		const launched = server.launch(name, ['worker', `--concurrency=${WORKER_CONCURRENCY}`], {
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: port,
		});
		const deadline = Date.now() + 300_000;
		while (!(await isReady(port))) {
			if (!launched.isRunning() || Date.now() > deadline) {
				throw new Error(`${name} doesn't start:\n${launched.log().slice(-4000)}`);
			}
			await sleep(200);
		}
		return launched;
	};
	let running = await start();
	const begun = (): string[] => running.log().match(/Worker started execution \d+/g) ?? [];
	return {
		name,
		hasBegun: (id) => begun().includes(`Worker started execution ${id}`),
		begun: () => begun().length,
		isRunning: () => running.isRunning(),
		freeze: () => running.freeze(),
		thaw: () => running.thaw(),
		stop: (signal) => running.stop(signal),
		async start() {
			running = await start();
		},
	};
}

async function isReady(port: string): Promise<boolean> {
	const response = await fetch(`http://127.0.0.1:${port}/healthz/readiness`).catch(() => undefined);
	return response?.status === 200;
}
