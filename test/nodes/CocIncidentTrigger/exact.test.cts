/** The trigger's whole way of looking at COC, without network and n8n, in thousands of seeded runs. */
import { expect, test } from '@jest/globals';
import { byLength } from '../../support/length.cts';
import { simulate } from './simulation.cts';
import { newTally } from './witness.cts';

const RUNS = byLength(200, 1200);

test('each event is told once, whatever happens to COC, to n8n and in between', async () => {
	const tally = newTally();
	for (let seed = 1; seed <= RUNS; seed++) await simulate(seed, tally);
	const { missing, double, wrong, ...numbers } = tally;
	const counts = { missing: missing.length, double: double.length, wrong: wrong.length };
	process.stdout.write(
		`${Object.entries({ ...numbers, ...counts })
			.map(([what, count]) => `${what}: ${count}`)
			.join(', ')}\n`,
	);
	expect({
		missing: missing.slice(0, 5),
		double: double.slice(0, 5),
		wrong: wrong.slice(0, 5),
	}).toEqual({ missing: [], double: [], wrong: [] });
	// A run in which nothing of this happened would prove nothing.
	for (const [what, count] of Object.entries(numbers)) {
		expect({ what, enough: count > RUNS / 10 }).toEqual({ what, enough: true });
	}
}, 600_000);
