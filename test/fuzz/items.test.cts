// Whole items against a COC that answers writes and reads with anything at all: however an item
// ends, what came back must bear it out.
import { expect, test } from '@jest/globals';
import { byLength } from '../support/length.cts';
import { createRandom } from '../support/random.cts';
import { SECRET } from './generate/json.cts';
import { runItem } from './item.cts';
import { faultOf } from './itemOracle.cts';
import { collectViolations, tell } from './violations.cts';

const COUNT = byLength(3000, 10_000);
const SEED = 20_261_126;

test(`${COUNT} items end as the generated answers to their writes and reads allow`, async () => {
	const violations = collectViolations();
	const seen: Record<string, number> = {};
	let answers = 0;
	for (let index = 0; index < COUNT; index++) {
		await violations.checkLater(index, async () => {
			const item = await runItem(createRandom(SEED + index));
			const { outcome } = item.result;
			seen[outcome] = (seen[outcome] ?? 0) + 1;
			answers += item.log.length;
			const fault = faultOf(item);
			const { result, ...cause } = item;
			if (fault !== null) violations.note(fault, result, cause);
			if (JSON.stringify(result).includes(SECRET)) violations.note('a secret is shown', result);
		});
	}

	tell('to whole items', answers, SEED, { ...seen, items: COUNT });
	expect(violations.list).toEqual([]);
	// The generator reaches every outcome.
	const often = ['applied', 'recovered', 'refused', 'unknown', 'notSent', 'alreadyVerified'];
	for (const outcome of often)
		expect([outcome, seen[outcome]! > COUNT / 200]).toEqual([outcome, true]);
	expect(answers).toBeGreaterThan(COUNT);
	expect(Object.keys(Object.prototype)).toEqual([]);
}, 300_000);
