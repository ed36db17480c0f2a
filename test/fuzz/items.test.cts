// Whole items against a COC that answers writes and reads with anything at all: however an item
// ends, what came back must bear it out, and nothing is sent that COC didn't offer.
import { expect, test } from '@jest/globals';
import { byLength } from '../support/length.cts';
import { createRandom } from '../support/random.cts';
import { actionFault } from './actionOracle.cts';
import { ACTION_NAMES, type ActionName } from './contract.cts';
import { runAction, runItem } from './item.cts';
import { faultOf } from './itemOracle.cts';
import { saidFault } from './said.cts';
import { collectViolations, tell } from './violations.cts';

const COUNT = byLength(2100, 10_000);
const SEED = 20_261_126;
/** Every third item is a verification: its oracle is the strictest. */
const OPERATIONS = ACTION_NAMES.flatMap((name, index) =>
	index % 2 === 0 ? (['verify', name] as const) : [name],
);

test(`${COUNT} items end as the generated answers to their writes and reads allow`, async () => {
	const violations = collectViolations();
	const seen: Record<string, Record<string, number>> = {};
	const all: Record<string, number> = {};
	let answers = 0;
	for (let index = 0; index < COUNT; index++) {
		const operation = OPERATIONS[index % OPERATIONS.length]!;
		await violations.checkLater(index, async () => {
			const { fault, cause, log, result, shown } = await runAny(SEED + index, operation);
			const { outcome } = result;
			all[outcome] = (all[outcome] ?? 0) + 1;
			const own = (seen[operation] ??= {});
			own[outcome] = (own[outcome] ?? 0) + 1;
			answers += log.length;
			const wrong = fault ?? saidFault(result, shown);
			if (wrong !== null) violations.note(`${operation}: ${wrong}`, result, cause);
		});
	}

	tell('to whole items', answers, SEED, { ...all, items: COUNT });
	for (const [operation, outcomes] of Object.entries(seen)) {
		const times = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
		process.stdout.write(`  ${operation}: ${times.join(', ')}\n`);
	}
	expect(violations.list).toEqual([]);
	// The generator reaches every outcome of every operation.
	for (const operation of OPERATIONS) {
		const often = ['applied', 'recovered', 'refused', 'unknown'];
		// These send without a look before.
		if (operation !== 'accept' && operation !== 'submitSolution') often.push('notSent');
		if (operation === 'verify') often.push('alreadyVerified');
		for (const outcome of often) {
			const isOften = (seen[operation]?.[outcome] ?? 0) > COUNT / 3000;
			expect([operation, outcome, isOften]).toEqual([operation, outcome, true]);
		}
	}
	expect(answers).toBeGreaterThan(COUNT);
	expect(Object.keys(Object.prototype)).toEqual([]);
}, 300_000);

async function runAny(seed: number, operation: ActionName | 'verify') {
	const random = createRandom(seed);
	if (operation === 'verify') {
		const item = await runItem(random);
		const { result, shown, ...cause } = item;
		return { fault: faultOf(item), cause, log: item.log, result, shown };
	}
	const item = await runAction(random, operation);
	const { result, shown, ...cause } = item;
	return { fault: actionFault(item), cause, log: item.log, result, shown };
}
