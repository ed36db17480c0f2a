/** The memory that files of 10 MB take, beside n8n's HTTP Request node. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { median, type Rows } from './figures.cts';
import type { FilesJob, Grown } from './filesWorker.cts';

export async function measureFiles(rounds: number): Promise<Rows> {
	const rows: Rows = [['Way', 'Files of 10 MB', 'This node, MB', 'HTTP Request node, MB', 'Ratio']];
	for (const way of ['upload', 'download'] as const) {
		for (const files of [1, 10]) {
			const [own, other] = [
				await growth({ by: 'node', way, files }, rounds),
				await growth({ by: 'httpRequest', way, files }, rounds),
			];
			rows.push([
				way,
				String(files),
				inMegabytes(own),
				inMegabytes(other),
				(own / other).toFixed(2),
			]);
		}
	}
	return rows;
}

async function growth(job: FilesJob, rounds: number): Promise<Grown> {
	const grown: Grown[] = [];
	for (let round = 0; round < rounds; round++) {
		const worker = fork(join(__dirname, 'filesWorker.cts'), [JSON.stringify(job)], {
			execArgv: ['--require', 'tsx/cjs', '--expose-gc'],
		});
		const [message] = (await once(worker, 'message')) as [Grown];
		grown.push(message);
		if (worker.exitCode === null) await once(worker, 'exit');
	}
	return median(grown);
}

function inMegabytes(bytes: number): string {
	return (bytes / 1024 / 1024).toFixed(1);
}
