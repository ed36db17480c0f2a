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
			const saved = await client.createWorkflow(webhookWorkflow(context.credentialId, path));
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

/** Verifies the ticket in the request's body and answers with its item; `parameters` are Verify's. */
export function webhookWorkflow(credentialId: string, path: string, parameters: object = {}) {
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
				{
					ticket: { __rl: true, mode: 'number', value: '={{ $json.body.ticket }}' },
					...parameters,
				},
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

/**
 * n8n says that a workflow is published a moment before its webhook is registered.
 *
 * @param signal ends a call that gets no answer
 */
export async function callWebhook(
	{ server }: Context,
	path: string,
	body: object,
	signal: AbortSignal | null = null,
): Promise<Response> {
	for (let tries = 0; ; tries++) {
		const response = await fetch(`${server.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal,
		});
		if (response.status !== 404 || tries === 50) return response;
		await sleep(100);
	}
}
