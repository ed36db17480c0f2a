import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { node, to, verifyNode } from '../workflows.cts';

/** A published workflow: another system asks, n8n verifies, the answer goes back. */
export const webhook: Scenario[] = [
	{
		name: 'a production webhook verifies a ticket and answers with the outcome',
		async run(context) {
			const { client, coc } = context;
			const path = 'verify';
			const saved = await client.createWorkflow(webhookWorkflow(context, path));
			await client.publish(saved);

			const ready = coc.addTicket();
			const applied = await callWebhook(context, path, { ticket: ready.number });
			assert.equal(applied.status, 200);
			const { ticket, outcome } = (await applied.json()) as Record<string, unknown>;
			assert.deepEqual([ticket, outcome], [ready.number, 'applied']);
			assert.equal(ready.status, 'INCIDENT_STATUS_COMPLETED');

			const refused = await callWebhook(context, path, { ticket: ready.number });
			assert.equal(refused.status, 422);
			const { details } = (await refused.json()) as { details: { outcome: string } };
			assert.equal(details.outcome, 'refused');
		},
	},
];

function webhookWorkflow({ credentialId }: Context, path: string) {
	const respond = (name: string, responseCode: number) =>
		node(name, 'n8n-nodes-base.respondToWebhook', 1.1, {
			respondWith: 'firstIncomingItem',
			options: { responseCode },
		});
	return {
		name: 'Verify by webhook',
		nodes: [
			node(
				'Webhook',
				'n8n-nodes-base.webhook',
				2,
				{ httpMethod: 'POST', path, responseMode: 'responseNode', options: {} },
				{ webhookId: 'e2e00000-0000-4000-8000-000000000001' },
			),
			verifyNode(
				credentialId,
				{ onError: 'continueErrorOutput' },
				{ ticket: { __rl: true, mode: 'number', value: '={{ $json.body.ticket }}' } },
			),
			respond('Applied', 200),
			respond('Not applied', 422),
		],
		connections: {
			Webhook: { main: [to('Verify')] },
			Verify: { main: [to('Applied'), to('Not applied')] },
		},
	};
}

/** n8n says that a workflow is published a moment before its webhook is registered. */
export async function callWebhook(
	{ server }: Context,
	path: string,
	body: object,
): Promise<Response> {
	for (let tries = 0; ; tries++) {
		const response = await fetch(`${server.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (response.status !== 404 || tries === 50) return response;
		await sleep(100);
	}
}
