import { named, runCommand } from '../e2e/command.cts';
import { lastN8n1, newestN8n } from '../e2e/prepare.cts';
import { runScenarios } from '../e2e/runScenarios.cts';
import { startQueue } from './context.cts';
import { scenarios } from './scenarios/index.cts';
import type { QueueScenario } from './scenario.cts';

const usage = `Drives the packed node on n8n in queue mode: main, two workers, Redis and PostgreSQL.
  --n8n <version>   all scenarios with this version. Default: all with ${newestN8n}, and those of a
                    killed worker with ${lastN8n1} as well
  --only <text>     the scenarios with this text in their name
  --keep            leave n8n's data folder, with its logs, for looking at it
Redis and PostgreSQL are started on loopback when they are installed. TEST_REDIS_URL and
TEST_POSTGRES_URL name running ones instead, empty; they aren't restarted, and serve one version.`;

// Each version on an n8n of its own.
runCommand(usage, async ({ n8n, only, keep }) => {
	const wanted = named(scenarios, only);
	const isGiven = 'TEST_REDIS_URL' in process.env || 'TEST_POSTGRES_URL' in process.env;
	const plan: Array<[string, QueueScenario[]]> = [[n8n ?? newestN8n, wanted]];
	if (n8n === undefined && !isGiven) {
		plan.push([lastN8n1, wanted.filter(({ alsoN8n1 }) => alsoN8n1)]);
	}
	let [passed, failed] = [0, 0];
	for (const [version, chosen] of plan) {
		if (chosen.length === 0) continue;
		const notes: string[] = [];
		const context = await startQueue(version, keep, (text) => notes.push(`\n    ${text}`));
		const possible = chosen.filter(({ name, restarts }) => {
			const isPossible = restarts === undefined || context[restarts].restart !== undefined;
			if (!isPossible) console.log(`– ${name}: not with a given service`);
			return isPossible;
		});
		const total = await runScenarios(possible, context, () => notes.splice(0).join(''));
		await context.close();
		passed += total.passed;
		failed += total.failed;
		console.log();
	}
	console.log(`${passed} passed, ${failed} failed`);
	return failed;
});
