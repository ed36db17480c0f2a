import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	addTickets,
	falselyApplied,
	recorded,
	repeated,
	startBurst,
	tally,
	told,
} from '../burst.cts';
import type { QueueScenario } from '../scenario.cts';

/** What n8n stands on goes away for three seconds and comes back. */
export const services: QueueScenario[] = (['redis', 'postgres'] as const).map((service) => ({
	name: `${service} restarted under way: no ticket is verified twice, and it goes on`,
	restarts: service,
	async run(context) {
		const { note } = context;
		const burst = await startBurst(context, context.credentialId, {
			options: { ifAlreadyVerified: 'succeed' },
		});
		const tickets = addTickets(context, 100);
		const asking = burst.ask(tickets, { everyMs: 100, waitMs: 60_000 });
		while (recorded(burst).size < 20) await sleep(20);
		await context[service].restart?.(3000);
		const heard = await asking;
		const revived = await context.revive();
		const shown = await burst.settled(90_000);
		note(`n8n shows: ${told(shown)}`);
		note(`callers heard: ${tally(heard.map(({ status, outcome }) => outcome ?? status))}`);
		note(`COC has verified: ${recorded(burst).size} of 100`);
		note(`ended, and started again: ${revived.join(', ') || 'none'}`);
		assert.deepEqual(repeated(burst), []);
		assert.deepEqual(falselyApplied(burst, heard), []);

		const after = await burst.ask(addTickets(context, 20));
		note(`afterwards: ${tally(after.map(({ outcome }) => outcome))}`);
		assert.ok(after.every(({ outcome }) => outcome === 'applied'));
	},
}));
