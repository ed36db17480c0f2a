import { named, runCommand } from './command.cts';
import { startContext } from './context.cts';
import { lastN8n1, latestN8n, newestN8n } from './prepare.cts';
import { runScenarios } from './runScenarios.cts';
import { scenarios } from './scenarios/index.cts';

const usage = `Drives the packed node on a real n8n server.
  --n8n <version>   ${newestN8n} (default), ${lastN8n1}: the last n8n 1.x, any other, or latest
  --only <text>     the scenarios with this text in their name
  --keep            leave n8n's data folder, with its log, for looking at it`;

runCommand(usage, async ({ n8n = newestN8n, only, keep }) => {
	const wanted = named(scenarios, only);
	const context = await startContext(n8n === 'latest' ? latestN8n() : n8n, keep);
	const { passed, failed } = await runScenarios(wanted, context);
	console.log(`\n${passed} passed, ${failed} failed`);
	return failed;
});
