import assert from 'node:assert/strict';
import type { Scenario } from '../scenario.cts';
import { startStandIn, type StandIn } from '../../standin/index.cts';
import { credential, credentialType, node, operator, output, overTickets } from '../workflows.cts';

/** n8n's HTTP Request node with this credential as *Predefined Credential Type*. */
export function httpRequest(credentialId: string, url: string, parameters: object = {}) {
	return node(
		'HTTP Request',
		'n8n-nodes-base.httpRequest',
		4.2,
		{
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credentialType,
			options: {},
			...parameters,
		},
		credential(credentialId),
	);
}

/** The same, verifying the ticket `$json.ticket` of `coc` by a POST. */
export function httpVerify(credentialId: string, coc: StandIn) {
	const body = {
		incident_num: '{{ $json.ticket }}',
		operator,
		operate_key: 'confirm',
		parameter: { virtual_confirm_result: true, virtual_confirm_comment: 'Geprüft ✓' },
	};
	return httpRequest(credentialId, `${coc.url}/v1/external/incident/handle`, {
		method: 'POST',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `=${JSON.stringify(body)}`,
	});
}

export const httpRequests: Scenario[] = [
	{
		name: 'the HTTP Request node reads a ticket with the credential',
		async run({ client, coc, credentialId }) {
			const { number } = coc.addTicket();
			const url = `${coc.url}/v1/external/incident/${number}`;
			const execution = await client.run(overTickets([number], httpRequest(credentialId, url)));
			assert.equal(execution.status, 'success', execution.error?.message);
			const [item] = output(execution.runData['HTTP Request']?.[0]);
			assert.equal((item?.json['data'] as { incident_num: string }).incident_num, number);
		},
	},
	{
		name: 'the HTTP Request node gets no token for another origin, nor by a redirect to one',
		async run({ client, coc, credentialId }) {
			const other = await startStandIn();
			try {
				const direct = await client.run(
					overTickets(['any'], httpRequest(credentialId, `${other.url}/v1/incident-tickets`)),
				);
				assert.equal(direct.status, 'error');

				coc.fault({ kind: 'redirect', location: `${other.url}/v1/incident-tickets` });
				const before = coc.requests.length;
				await client.run(
					overTickets(['any'], httpRequest(credentialId, `${coc.url}/v1/incident-tickets`)),
				);
				assert.equal(coc.requests.length, before + 1);
				assert.equal(other.requests.length, 0);
			} finally {
				await other.close();
			}
		},
	},
];
