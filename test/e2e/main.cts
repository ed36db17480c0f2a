import { parseArgs } from 'node:util';
import { startContext } from './context.cts';
import { lastN8n1, latestN8n, newestN8n } from './prepare.cts';
import { runScenarios } from './runScenarios.cts';
import { scenarios } from './scenarios/index.cts';

const usage = `Drives the packed node on a real n8n server.
  --n8n <version>   ${newestN8n} (default), ${lastN8n1}: the last n8n 1.x, any other, or latest
  --only <text>     the scenarios with this text in their name
  --keep            leave n8n's data folder, with its log, for looking at it`;

/** Runs all scenarios and returns how many failed. */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			n8n: { type: 'string', default: newestN8n },
			only: { type: 'string', default: '' },
			keep: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) {
		console.log(usage);
		return 0;
	}
	const wanted = scenarios.filter(({ name }) => name.includes(values.only));
	if (wanted.length === 0) throw new Error(`No scenario has "${values.only}" in its name`);
	const version = values.n8n === 'latest' ? latestN8n() : values.n8n;
	const context = await startContext(version, values.keep);
	const { passed, failed } = await runScenarios(wanted, context);
	console.log(`\n${passed} passed, ${failed} failed`);
	return failed;
}

main().then(
	(failed) => process.exit(failed === 0 ? 0 : 1),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
