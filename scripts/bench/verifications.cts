/** The same verifications by this node and by n8n's HTTP Request node, each run in a new process. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { prepareHttpRequestNode } from '../../test/engine/index.cts';
import type { Means } from './contenders.cts';
import { inKilobytes, inMilliseconds, medianOf, type Rows } from './figures.cts';
import type { Job, Measured } from './worker.cts';

interface Row {
	name: string;
	means: Means;
	latencies: readonly number[];
}

const LATENCIES = [0, 20] as const;

const ROWS: readonly Row[] = [
	{ name: 'HTTP Request node', means: { by: 'httpRequest' }, latencies: LATENCIES },
	{ name: 'this node, 10 at once', means: { by: 'node', concurrency: 10 }, latencies: LATENCIES },
	{ name: 'this node, 50 at once', means: { by: 'node', concurrency: 50 }, latencies: LATENCIES },
	{
		name: 'n8n’s helper, 10 at once',
		means: { by: 'helper', concurrency: 10 },
		latencies: LATENCIES,
	},
	{
		name: 'Node.js alone, 10 at once',
		means: { by: 'plainNode', concurrency: 10 },
		latencies: LATENCIES,
	},
];

/** In a smaller run what was there before outweighs what the items take. */
const LEAST_FOR_MEMORY = 1000;

/** Runs all in turn, round after round, and gives the medians as rows for a table. */
export async function measureVerifications(rounds: number, counts: number[]): Promise<Rows> {
	prepareHttpRequestNode();
	const groups = counts.flatMap((items) =>
		LATENCIES.map((latency) => ({
			items,
			latency,
			rows: ROWS.filter(({ latencies }) => latencies.includes(latency)).map((row) => ({
				...row,
				results: [] as Measured[],
			})),
		})),
	);
	for (let round = 0; round < rounds; round++) {
		for (const { items, latency, rows } of groups) {
			// A few items are soon done: only many such runs can be measured.
			const repeats = Math.ceil(300 / items / (latency > 0 ? 20 : 1));
			for (let turn = 0; turn < rows.length; turn++) {
				const { means, results } = rows[(turn + round) % rows.length]!;
				results.push(await inProcess({ means, items, latency, repeats }));
			}
		}
	}
	return [
		[
			'Items',
			'Answer after',
			'By',
			'CPU/item',
			'',
			'Time',
			'beside ideal',
			'Memory/item',
			'Sockets',
		],
		...groups.flatMap(({ items, latency, rows }) => {
			const cpuOf = (results: Measured[]) => medianOf(results, 'cpu') / items;
			const http = cpuOf(rows.find(({ means }) => means.by === 'httpRequest')!.results);
			return rows.map(({ name, means, results }) => {
				const cpu = cpuOf(results);
				const time = medianOf(results, 'time');
				const memory = items >= LEAST_FOR_MEMORY ? medianOf(results, 'peakMemory') / items : null;
				return [
					items.toLocaleString('en'),
					`${latency} ms`,
					name,
					inMilliseconds(cpu, 2),
					`× ${(cpu / http).toFixed(2)}`,
					inMilliseconds(time, 0),
					besideIdeal(time, items, latency, means),
					memory === null ? '–' : inKilobytes(memory),
					String(Math.max(...results.map(({ peakConnections }) => peakConnections))),
				];
			});
		}),
	];
}

/** The ideal: nothing takes time but COC, and all places are always taken. */
function besideIdeal(time: number, items: number, latency: number, means: Means): string {
	if (latency === 0 || !('concurrency' in means)) return '–';
	const ideal = latency * 1000 * Math.ceil(items / means.concurrency);
	return `× ${(time / ideal).toFixed(2)}`;
}

/** What a run in a process of its own measured. */
export async function inProcess(job: Job): Promise<Measured> {
	const execArgv = [...process.execArgv, '--expose-gc'];
	const worker = fork(join(__dirname, 'worker.cts'), [JSON.stringify(job)], { execArgv });
	return await new Promise((resolve, reject) => {
		let result: Measured | undefined;
		worker.on('message', (message) => {
			result = message as Measured;
		});
		worker.on('error', reject);
		worker.on('exit', () => {
			if (result) resolve(result);
			else reject(new Error(`No result: ${JSON.stringify(job)}`));
		});
	});
}
