import type { Context } from './context.cts';
import type { Scenario } from './scenario.cts';

/**
 * Runs scenarios one after the other, each told as it ends, and counts them.
 *
 * @param tally what a scenario has counted, told below its name
 */
export async function runScenarios<Shared extends Context>(
	scenarios: Array<Scenario<Shared>>,
	context: Shared,
	tally: () => string = () => '',
): Promise<{ passed: number; failed: number }> {
	let [passed, failed] = [0, 0];
	for (const { name, onlyN8n2, run } of scenarios) {
		if (onlyN8n2 && context.n8n.version.startsWith('1.')) {
			console.log(`– ${name}: not with n8n 1.x`);
			continue;
		}
		const began = Date.now();
		try {
			await run(context);
			passed++;
			console.log(`✓ ${name} (${Date.now() - began} ms)${tally()}`);
		} catch (error) {
			failed++;
			const reason = error instanceof Error ? error.stack : String(error);
			console.log(`✗ ${name}${tally()}\n${reason}`);
		}
		context.coc.clearFaults();
		context.iam.clearFaults();
	}
	return { passed, failed };
}
