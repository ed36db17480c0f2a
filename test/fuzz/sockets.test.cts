// The node on n8n's engine against a server that breaks HTTP in every way, over real connections.
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { loadPackage, runWorkflow, type Packages } from '../engine/index.cts';
import { byLength } from '../support/length.cts';
import { endServersAfterEach, listen } from '../support/loopback.cts';
import { NODE, OPERATOR, verifyWorkflow } from '../support/coc.cts';
import { SECRET } from './generate/json.cts';
import { faultOf } from './itemOracle.cts';
import type { Wanted } from './recordOracle.cts';
import { collectViolations, tell, type Violations } from './violations.cts';
import { STYLES } from './wire/replies.cts';
import { createHostileCoc, type Ways } from './wire/server.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const SEED = 20_261_127;
/** Long enough for a sound answer on a busy machine. */
const TIMEOUT_MS = 3000;
const CONCURRENCY = 100;
const WRITES = { rounds: byLength(3, 12), count: 100 };
const READS = { rounds: byLength(1, 4), count: 120 };
const GENEROUSLY = 8;

let packages: Packages;
beforeAll(async () => {
	packages = await loadPackage(join(__dirname, '../..'));
});
endServersAfterEach();

interface Options {
	checkStatus: boolean;
	ifAlreadyVerified: 'fail' | 'succeed';
}

const PLAIN: Options = { checkStatus: false, ifAlreadyVerified: 'fail' };

const wantedOf = (ticket: string): Wanted => ({
	ticket,
	operator: OPERATOR,
	comment: 'Works again',
	result: Number(ticket.at(-1)) % 2 === 0,
});

/** Runs so many items in one run and holds each against what its connections carried. */
async function runAll(
	count: number,
	ways: Omit<Ways, 'wantedOf'>,
	optionsOf: ((index: number) => Options) | null,
	violations: Violations,
) {
	const coc = createHostileCoc({ ...ways, wantedOf });
	const endpoint = `http://127.0.0.1:${await listen(coc.server)}`;
	const input = Array.from({ length: count }, (_, index) => ({
		...wantedOf(`IM${10_000_000 + index}`),
		...(optionsOf?.(index) ?? PLAIN),
	}));
	const options = {
		timeout: TIMEOUT_MS,
		concurrency: CONCURRENCY,
		...(optionsOf && {
			checkStatus: '={{ $json.checkStatus }}',
			ifAlreadyVerified: '={{ $json.ifAlreadyVerified }}',
		}),
	};
	const memory = watchMemory();
	const began = performance.now();
	const run = await runWorkflow({
		packages,
		credentials: {
			a: { id: 'a', name: 'COC', type: 'huaweiCloudCocApi', data: { endpoint, token: SECRET } },
		},
		input,
		workflow: verifyWorkflow({ parameters: { options } }),
	});
	const tookMs = performance.now() - began;
	const grewBy = await memory.stop();
	expect(run.executionError?.message).toBeUndefined();

	const seen: Record<string, number> = {};
	const ended = new Set<number>();
	for (const { json, pairedItem } of [...run.outputs(NODE), ...run.outputs(NODE, 1)]) {
		const index = (pairedItem as { item: number }).item;
		const { outcome } = ('details' in json ? json.details : json) as { outcome: string };
		if (ended.has(index)) violations.note('an item with two outcomes', index);
		ended.add(index);
		seen[outcome] = (seen[outcome] ?? 0) + 1;
		const item = input[index]!;
		if (json.ticket !== undefined && json.ticket !== item.ticket) violations.note('mixed up', json);
		violations.check(index, () => {
			const log = coc.deployments.get(item.ticket)?.log ?? [];
			const fault = faultOf({ wanted: item, options: item, log, result: { outcome } });
			if (fault !== null) violations.note(fault, outcome, json.error, log);
		});
	}
	expect(ended.size).toBe(count);
	if (run.dump().includes(SECRET)) violations.note('a secret is shown');
	expect(Object.keys(Object.prototype)).toEqual([]);
	return { coc, seen, tookMs, grewBy };
}

/** How much this process grows, the server included, in bytes. */
function watchMemory() {
	const before = process.memoryUsage().rss;
	let peak = before;
	const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
	return {
		async stop() {
			await sleep(50);
			clearInterval(timer);
			return peak - before;
		},
	};
}

test('writes to a server that breaks HTTP end in time, each with the outcome that its answer proves', async () => {
	const violations = collectViolations();
	const all: Record<string, number> = {};
	const used = new Set<string>();
	const most = { tookMs: 0, longest: 0, grewBy: 0 };
	let answers = 0;
	// In rounds: a run that loses most of its answers ends early.
	for (let round = 0; round < WRITES.rounds; round++) {
		const ways = { seed: SEED + round, writes: 0.9, reads: null };
		const { coc, seen, ...took } = await runAll(WRITES.count, ways, null, violations);
		for (const [outcome, times] of Object.entries(seen)) all[outcome] = (all[outcome] ?? 0) + times;
		for (const style of coc.styles.keys()) used.add(style);
		answers += coc.count;
		most.tookMs = Math.max(most.tookMs, took.tookMs);
		most.longest = Math.max(most.longest, coc.longest);
		most.grewBy = Math.max(most.grewBy, took.grewBy);
	}
	const count = WRITES.rounds * WRITES.count;

	tell('over connections', answers, SEED, {
		...all,
		'ms a round at most': Math.round(most.tookMs),
		'ms the longest': Math.round(most.longest),
		'MB grown at most': Math.round(most.grewBy / 1e6),
	});
	expect(violations.list).toEqual([]);
	expect(STYLES.filter((style) => !used.has(style))).toEqual([]);
	expect(all.applied).toBeGreaterThan(count / 40);
	expect(all.unknown).toBeGreaterThan(count / 10);
	expect(all.notSent ?? 0).toBeLessThan(count / 10);
	expect(most.longest).toBeLessThan(GENEROUSLY * TIMEOUT_MS);
	// A single one of 200 MB, kept whole, takes more.
	expect(most.grewBy).toBeLessThan(600e6);
	expect(most.tookMs).toBeLessThan(GENEROUSLY * TIMEOUT_MS * 3);
}, 600_000);

test('reads of a record from a server that breaks HTTP end in time, and no outcome is made up', async () => {
	const violations = collectViolations();
	const all: Record<string, number> = {};
	let answers = 0;
	let longest = 0;
	for (let round = 0; round < READS.rounds; round++) {
		const ways = { seed: SEED + round, writes: 0.2, reads: 0.5 };
		const optionsOf = (index: number): Options => ({
			checkStatus: index % 5 === 0,
			ifAlreadyVerified: index % 3 === 0 ? 'succeed' : 'fail',
		});
		const { coc, seen } = await runAll(READS.count, ways, optionsOf, violations);
		for (const [outcome, times] of Object.entries(seen)) all[outcome] = (all[outcome] ?? 0) + times;
		answers += coc.count;
		longest = Math.max(longest, coc.longest);
	}
	tell('read back over connections', answers, SEED, {
		...all,
		'ms the longest': Math.round(longest),
	});
	expect(violations.list).toEqual([]);
	expect(all.recovered).toBeGreaterThan(READS.rounds * 1.25);
	expect(longest).toBeLessThan(GENEROUSLY * TIMEOUT_MS);
}, 600_000);
