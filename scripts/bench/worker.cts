/**
 * One measured run in a process of its own, so that memory means something: warms up, then measures.
 *
 *     node --require tsx/cjs --expose-gc worker.cts '{"means": …}'
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createContender, type Means } from './contenders.cts';
import type { Closed, Opened, Opening } from './standIn.cts';
import { workloads } from './workloads.cts';

export interface Job {
	means: Means;
	items: number;
	/** In ms. */
	latency: number;
	/** Runs that are measured together: a short one alone says little. */
	repeats: number;
}

export interface Measured {
	/** Of one run, in µs. */
	cpu: number;
	time: number;
	/** How far the process grew above what it was before, in bytes. */
	peakMemory: number;
	/** What n8n still holds when the runs are over, in bytes. */
	kept: number;
	peakConnections: number;
}

const WARM_UP = { runs: 3, items: 200 };
const SAMPLE_EVERY_MS = 10;

async function main(): Promise<void> {
	const job = JSON.parse(process.argv[2] ?? '') as Job;
	const standIn = fork(join(__dirname, 'standIn.cts'), { execArgv: ['--require', 'tsx/cjs'] });
	const ask = async <T,>(message: Opening | 'close'): Promise<T> => {
		standIn.send(message);
		return (await once(standIn, 'message'))[0] as T;
	};
	try {
		const verify = await createContender(job.means);
		for (let run = 0; run < WARM_UP.runs; run++) {
			await verify(await ask<Opened>({ tickets: WARM_UP.items, latency: 0 }));
			await ask<Closed>('close');
		}
		const { items, repeats, latency } = job;
		const opened = await ask<Opened>({ tickets: items * repeats, latency });
		const runs = Array.from({ length: repeats }, (_, run) => ({
			...opened,
			tickets: opened.tickets.slice(run * items, (run + 1) * items),
		}));
		const measured = await measure(async () => {
			const kept: unknown[] = [];
			for (const run of runs) kept.push(await verify(run));
			return kept;
		});
		const { applied, requests, peakConnections } = await ask<Closed>('close');
		const writes = expectedWrites(job);
		if (requests !== applied || (writes !== null && applied !== writes)) {
			throw new Error(`${applied} of ${writes} applied, by ${requests} requests`);
		}
		const { cpu, time, ...memory } = measured;
		const result: Measured = {
			cpu: cpu / repeats,
			time: time / repeats,
			...memory,
			peakConnections,
		};
		process.send?.(result);
	} finally {
		standIn.disconnect();
	}
}

function expectedWrites({ means, items, repeats }: Job): number | null {
	const { writes } = workloads[(means.by === 'node' && means.workload) || 'verifications'];
	const ofOne = writes(items);
	return ofOne === null ? null : ofOne * repeats;
}

async function measure(work: () => Promise<unknown>) {
	collectGarbage();
	const before = process.memoryUsage();
	const peakSoFar = process.resourceUsage().maxRSS;
	let peak = before.rss;
	const sample = () => {
		peak = Math.max(peak, process.memoryUsage.rss());
	};
	const sampling = setInterval(sample, SAMPLE_EVERY_MS);
	const cpuBefore = process.cpuUsage();
	const start = performance.now();

	const kept = await work();

	const time = (performance.now() - start) * 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	clearInterval(sampling);
	sample();
	// The system's own mark, in kB, misses nothing; it counts when the run has moved it.
	const { maxRSS } = process.resourceUsage();
	if (maxRSS > peakSoFar) peak = Math.max(peak, maxRSS * 1024);
	collectGarbage();
	const after = process.memoryUsage();
	return {
		cpu: user + system,
		time,
		peakMemory: peak - before.rss,
		kept: kept ? after.heapUsed - before.heapUsed : 0,
	};
}

function collectGarbage(): void {
	(globalThis as { gc?: () => void }).gc?.();
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
