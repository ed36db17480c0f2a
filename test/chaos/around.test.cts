// Alarms and war rooms amid trouble: nobody is called twice, and no incident is made twice.
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadPackage } from '../engine/index.cts';
import { byLength } from '../support/length.cts';
import { describeAround, runAround } from './around.cts';
import { useShortWaits } from './shortWaits.cts';

useShortWaits();
const ITEMS = byLength(60, 600);
const SEED = Number(process.env.CHAOS_SEED ?? 1);

test(`${ITEMS} items each of Clear, Create Incident and Create of a war room: none doubled, none claimed falsely`, async () => {
	const packages = await loadPackage(join(__dirname, '..', '..'));
	const options = { items: ITEMS, seed: SEED, share: 0.2, timeoutMs: 3000 };
	const tallies = await runAround(packages, options);
	process.stdout.write(`\n${describeAround(tallies)}\n`);
	expect(tallies.flatMap(({ faults }) => faults)).toEqual([]);
	// The trouble was there, and so was the way out of it.
	for (const { operation, outcomes } of tallies) {
		const { applied = 0, existing = 0 } = outcomes;
		const isSeen = [applied > ITEMS / 4, operation === 'alarm/clear' || existing > 0];
		expect([operation, ...isSeen]).toEqual([operation, true, true]);
	}
	expect(tallies.some(({ outcomes }) => (outcomes.recovered ?? 0) > 0)).toBe(true);
}, 300_000);
