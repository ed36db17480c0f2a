// Everything goes wrong, by chance: nothing may get lost, nothing may be done twice.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadPackage } from '../engine/index.cts';
import { byLength } from '../support/length.cts';
import { cocIncident, type Contestant } from './node.cts';
import { OPERATIONS } from './operations.cts';
import { run } from './run.cts';
import { useShortWaits } from './shortWaits.cts';
import { describeTally, describeUnknown, type Tally } from './tally.cts';

const ITEMS = byLength(500, 2000);
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const NONE = {
	doubled: 0,
	lost: 0,
	falselyClaimed: 0,
	outOfOrder: 0,
	foreign: 0,
	withoutOutcome: 0,
	unlabelled: 0,
};

useShortWaits();
let contestant: Contestant;
beforeAll(async () => {
	contestant = cocIncident(await loadPackage(join(__dirname, '..', '..')));
});

function show(tally: Tally, details = ''): void {
	process.stdout.write(`\n${describeTally(tally)}\n${details && `\n${details}\n`}`);
}

describe('amid trouble of all sorts', () => {
	test(`${ITEMS} mixed changes: none is lost, none doubled, and each ends in one outcome`, async () => {
		const tally = await run(contestant, {
			items: ITEMS,
			seed: SEED,
			share: 0.15,
			skewMs: -240_000,
		});
		show(tally);
		expect(tally.items).toHaveLength(ITEMS);
		expect(tally.faults).toEqual(NONE);
		const { applied = 0, recovered = 0, refused = 0, notSent = 0, unknown = 0 } = tally.outcomes;
		expect(applied + recovered + refused + notSent + unknown).toBe(ITEMS);
		// The trouble was there, and so was the way out of it.
		expect(recovered).toBeGreaterThan(ITEMS * 0.015);
		expect(applied).toBeGreaterThan(ITEMS / 2);
		expect(tally.troubles.size).toBeGreaterThan(byLength(18, 25));
		for (const operation of OPERATIONS) {
			const own = tally.items.filter(({ leaves }) => leaves.operation === operation);
			const done = own.filter(({ outcome = '' }) => ['applied', 'recovered'].includes(outcome));
			expect([operation, done.length > own.length / 3]).toEqual([operation, true]);
		}
		// What is under way when a credential ends, or a run is stopped, can't be looked up: as many items
		// as there are at once. How many depends on how fast the machine is. Where nobody knows in whose name
		// something is done, or nobody may read, more can't be told.
		const settled = tally.items.filter(({ outcome, run: name }) => {
			return outcome === 'unknown' && name.endsWith('IAM user, token ends');
		});
		if (settled.length >= ITEMS / 20) process.stdout.write(`\n${describeUnknown(tally)}\n`);
		expect(settled.length).toBeLessThan(ITEMS / 20);
	}, 180_000);
});

describe('a credential that ends, or a stop, amid trouble', () => {
	test('leaves only what was under way unknown, and loses nothing', async () => {
		const options = { items: byLength(300, 1000), seed: SEED, concurrency: 10, calm: false };
		const ends = await run(contestant, { ...options, only: ', expires' });
		const stopped = await run(contestant, { ...options, only: 'cancelled' });
		for (const tally of [ends, stopped]) {
			show(tally);
			expect(tally.faults).toEqual(NONE);
			const runs = new Set(tally.items.map(({ run: name }) => name)).size;
			expect(tally.outcomes.unknown ?? 0).toBeLessThanOrEqual(10 * runs + tally.items.length / 50);
		}
	}, 120_000);
});
