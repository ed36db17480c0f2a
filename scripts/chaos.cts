/**
 * Changes many tickets, with every operation that does, while the stand-in makes all sorts of trouble,
 * and holds each item's outcome against COC's own record.
 *
 *     npm run chaos -- --items 20000 --seed 1
 *     npm run chaos -- --around --items 600    so many each with alarms and war rooms
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPackage } from '../test/engine/index.cts';
import { compare, markdown } from './chaos/compare.cts';
import { describeAround, runAround } from '../test/chaos/around.cts';
import { cocIncident } from '../test/chaos/node.cts';
import { run } from '../test/chaos/run.cts';
import { describeTally, describeUnknown } from '../test/chaos/tally.cts';

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			items: { type: 'string', default: '20000' },
			seed: { type: 'string', default: '1' },
			concurrency: { type: 'string', default: '0' },
			compare: { type: 'boolean', default: false },
			seeds: { type: 'string', default: '3' },
			calm: { type: 'boolean', default: false },
			skew: { type: 'string', default: '-240000' },
			unknown: { type: 'boolean', default: false },
			timeout: { type: 'string', default: '3000' },
			only: { type: 'string', default: '' },
			share: { type: 'string', default: '0.2' },
			around: { type: 'boolean', default: false },
		},
	});
	const packages = await loadPackage(join(__dirname, '..'));
	if (values.compare) {
		const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
		console.log(markdown(await compare(packages, { items: Number(values.items), seeds })));
		return;
	}
	if (values.around) {
		const tallies = await runAround(packages, {
			items: Number(values.items),
			seed: Number(values.seed),
			share: Number(values.share),
			timeoutMs: Number(values.timeout),
		});
		console.log(describeAround(tallies));
		if (tallies.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
		return;
	}
	const tally = await run(cocIncident(packages), {
		items: Number(values.items),
		seed: Number(values.seed),
		concurrency: Number(values.concurrency),
		calm: values.calm,
		skewMs: Number(values.skew),
		timeoutMs: Number(values.timeout),
		only: values.only,
		share: Number(values.share),
	});
	console.log(describeTally(tally));
	if (values.unknown) console.log(`\n${describeUnknown(tally)}`);
	if (tally.violations.length > 0) process.exitCode = 1;
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
