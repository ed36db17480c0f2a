/** Whether time and memory of one item stay the same, however many there are. */
import { inKilobytes, inMilliseconds, median, type Rows } from './figures.cts';
import { inProcess } from './verifications.cts';
import type { Measured } from './worker.cts';
import type { Workload } from './workloads.cts';

const CONCURRENCY = 50;

const ROWS: ReadonlyArray<{ name: string; workload: Workload; counts: number[] }> = [
	{ name: 'verifications', workload: 'verifications', counts: [10_000, 20_000, 50_000] },
	{ name: 'one ticket, dry run', workload: 'sameTicket', counts: [10_000, 20_000, 50_000] },
	{ name: 'refused input, Continue', workload: 'refusedInput', counts: [10_000, 20_000, 50_000] },
	{ name: 'stopped halfway', workload: 'stopHalfway', counts: [10_000, 20_000, 50_000] },
];

export async function measureBigInputs(rounds: number): Promise<Rows> {
	const rows: Rows = [['Workload', 'Items', 'CPU/item', 'Peak memory/item', 'Kept/item']];
	for (const { name, workload, counts } of ROWS) {
		for (const items of counts) {
			const means = { by: 'node', concurrency: CONCURRENCY, workload } as const;
			const results: Measured[] = [];
			for (let round = 0; round < rounds; round++) {
				results.push(await inProcess({ means, items, latency: 0, repeats: 1 }));
			}
			const each = (figure: 'cpu' | 'peakMemory' | 'kept') =>
				median(results.map((result) => result[figure])) / items;
			rows.push([
				name,
				items.toLocaleString('en'),
				inMilliseconds(each('cpu'), 3),
				inKilobytes(each('peakMemory')),
				inKilobytes(each('kept')),
			]);
		}
	}
	return rows;
}
