import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { operator, output, readExample } from '../../e2e/workflows.cts';
import { HANDLE, addTickets, tally } from '../burst.cts';
import type { QueueScenario } from '../scenario.cts';

const [TICKETS, BATCH] = [150, 25];

/** The example whose batches are executions of their own. */
export const batches: QueueScenario[] = [
	{
		name: 'batches that are executions of their own keep their outcomes when the worker is killed',
		async run(context) {
			const { client, coc, workers } = context;
			const example = readExample('verify-in-batches', context.credentialId);
			const items = addTickets(context, TICKETS).map((ticket) => ({
				json: { ticket, operator, resolved: true, finding: 'Works again' },
			}));
			const before = coc.requests.length;
			const verified = () =>
				new Set(
					coc.requests
						.slice(before)
						.filter(({ path, applied }) => path === HANDLE && applied)
						.map(({ ticket }) => ticket),
				).size;
			// Ten at a time: a batch takes more than a second.
			coc.fault({ kind: 'latency', ms: 500, match: { path: HANDLE }, times: 1000 });
			const id = await client.start({ ...example, pinData: { 'Tickets to Verify': items } });
			// In the middle of the fourth batch.
			while (verified() < 3 * BATCH + 1) await sleep(10);
			const [worker] = workers.filter(({ hasBegun }) => hasBegun(id));
			assert.ok(worker, 'the run is not on a worker');
			await worker.stop();
			await sleep(2000);
			const done = verified();

			const { workflowId } = await client.call<{ workflowId: string }>('GET', `/executions/${id}`);
			const kept = await client.executionsOf(workflowId, ['success']);
			const outcomes = kept.flatMap(({ runData }) =>
				output(runData['COC Incident']?.[0]).map(({ json }) => String(json['outcome'])),
			);
			context.note(`COC has verified ${done} of ${TICKETS} when the worker died`);
			context.note(`batches of ${BATCH} kept by n8n: ${kept.length}, with ${tally(outcomes)}`);
			await worker.start();
			assert.equal(kept.length, 3);
			assert.equal(tally(outcomes), `${3 * BATCH} applied`);
		},
	},
];
