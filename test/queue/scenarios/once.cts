import assert from 'node:assert/strict';
import { acrossRestarts } from '../../e2e/scenarios/trigger.cts';
import { output, overTickets, verifyNode } from '../../e2e/workflows.cts';
import { addTickets, recorded, startBurst, tally } from '../burst.cts';
import type { QueueScenario } from '../scenario.cts';

/** Nothing goes wrong, but everything happens in several processes. */
export const once: QueueScenario[] = [
	{
		name: '500 verifications that webhooks start are done once each, by both workers',
		async run(context) {
			const burst = await startBurst(context, context.credentialId);
			const tickets = addTickets(context, 500);
			const before = context.workers.map(({ begun }) => begun());
			const began = Date.now();
			const heard = await burst.ask(tickets, { atOnce: 50 });
			const seconds = (Date.now() - began) / 1000;
			const shares = context.workers.map(({ begun }, index) => begun() - (before[index] ?? 0));
			context.note(`callers heard: ${tally(heard.map(({ outcome }) => outcome))}`);
			context.note(
				`COC has verified: ${recorded(burst).size}, by ${burst.writes().length} requests`,
			);
			context.note(
				`executions of the workers: ${shares.join(' and ')}, in ${seconds.toFixed(1)} s`,
			);
			assert.deepEqual(
				heard.filter(({ outcome }) => outcome !== 'applied'),
				[],
			);
			assert.deepEqual([recorded(burst).size, burst.writes().length], [500, 500]);
			assert.ok(shares.every((share) => share > 0));
		},
	},
	{
		name: 'one event delivered twice at the same moment verifies once, with Succeed',
		async run(context) {
			const options = { ifAlreadyVerified: 'succeed' };
			const burst = await startBurst(context, context.credentialId, { options });
			const tickets = addTickets(context, 60);
			// Both have looked at the ticket before the first one's verification is done.
			context.coc.fault({ kind: 'latency', ms: 500, times: 1000 });
			const heard = await burst.ask(tickets.flatMap((ticket) => [ticket, ticket]));
			context.note(`callers heard: ${tally(heard.map(({ outcome }) => outcome))}`);
			context.note(`COC was asked to verify ${burst.writes().length} times`);
			assert.ok(burst.writes().length > 60, 'no pair was at the same moment');
			assert.deepEqual([recorded(burst).size, tally(recorded(burst).values())], [60, '60 1']);
			for (const ticket of tickets) {
				const pair = heard.filter((one) => one.ticket === ticket).map(({ outcome }) => outcome);
				assert.deepEqual([ticket, ...pair.sort()], [ticket, 'alreadyVerified', 'applied']);
			}
		},
	},
	{
		name: 'manual executions run on workers',
		async run(context) {
			const { client, workers, credentialId } = context;
			const tickets = addTickets(context, 3);
			const { id, status, runData, error } = await client.run(
				overTickets(tickets, verifyNode(credentialId)),
			);
			assert.equal(status, 'success', error?.message);
			assert.equal(output(runData['Verify']?.[0]).length, 3);
			const [by] = workers.filter((worker) => worker.hasBegun(id));
			context.note(`execution ${id} ran on ${by?.name ?? 'main'}`);
			assert.ok(by);
		},
	},
	...acrossRestarts.map(({ name, run }) => ({ name: `polled by main: ${name}`, run })),
];
