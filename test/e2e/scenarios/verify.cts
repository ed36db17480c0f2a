import assert from 'node:assert/strict';
import type { Scenario } from '../scenario.cts';
import {
	credentialType,
	operator,
	output,
	overTickets,
	readExample,
	verifyNode,
} from '../workflows.cts';

/** Verify on the server, started by hand. */
export const verify: Scenario[] = [
	{
		name: 'Verify closes one ticket and sends another back, exactly as the contract says',
		async run({ client, coc, credentialId }) {
			const [good, bad] = [coc.addTicket(), coc.addTicket()];
			const before = coc.requests.length;
			const execution = await client.run(
				overTickets(
					[good.number, ` ${bad.number}\n`],
					verifyNode(credentialId, {}, { result: `={{ $json.ticket === "${good.number}" }}` }),
				),
			);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(good.status, 'INCIDENT_STATUS_COMPLETED');
			assert.equal(bad.status, 'INCIDENT_STATUS_ACKNOWLEDGED');

			const items = output(execution.runData['Verify']?.[0]);
			assert.deepEqual(
				items.map(({ json }) => [json['ticket'], json['result'], json['outcome']]),
				[
					[good.number, true, 'applied'],
					[bad.number, false, 'applied'],
				],
			);
			const sent = coc.requests.slice(before);
			assert.deepEqual(
				sent.map(({ method, path }) => `${method} ${path}`),
				Array<string>(2).fill('POST /v1/external/incident/handle'),
			);
			assert.equal(
				sent[1]?.text,
				JSON.stringify({
					incident_num: bad.number,
					operator,
					operate_key: 'confirm',
					parameter: {
						virtual_confirm_result: false,
						virtual_confirm_comment: 'Checked after the fix',
					},
				}),
			);
		},
	},
	{
		name: "a private COC with a self-signed certificate works with 'Ignore SSL Issues' alone",
		async run(context) {
			const { client, privateCoc } = context;
			const ticket = privateCoc.addTicket();
			for (const ignoreSslIssues of [false, true]) {
				const credentialId = await client.createCredential(credentialType, 'Private COC', {
					endpoint: privateCoc.url,
					authentication: 'token',
					token: context.issueToken(privateCoc),
					ignoreSslIssues,
				});
				const execution = await client.run(overTickets([ticket.number], verifyNode(credentialId)));
				assert.equal(execution.status, ignoreSslIssues ? 'success' : 'error');
			}
			assert.equal(ticket.status, 'INCIDENT_STATUS_COMPLETED');
		},
	},
	{
		name: 'examples/verify-incident.json runs as imported, once it has its credential',
		async run({ client, coc, credentialId }) {
			const before = coc.requests.length;
			const execution = await client.run(readExample('verify-incident', credentialId));
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.ok(coc.requests.length > before, 'it verified nothing');
		},
	},
	{
		name: 'examples/verify-many-incidents.json sorts what fails by what is known about it',
		async run({ client, coc, credentialId }) {
			const [good, refused, lost] = [coc.addTicket(), coc.addTicket(), coc.addTicket()];
			const early = coc.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
			const path = '/v1/external/incident/handle';
			const [code, message] = ['GOM.00007256', 'An approval is open'];
			const match = (ticket: string) => ({ path, ticket });
			coc.fault({ kind: 'errorCode', status: 400, code, message, match: match(refused.number) });
			coc.fault({ kind: 'resetBefore', times: 9, match: match(lost.number) });

			const example = readExample('verify-many-incidents', credentialId);
			const item = { operator, resolved: true, finding: 'Works again', event: 'alarm 1' };
			example.pinData = {
				'Tickets to Verify': [good, refused, lost, early].map(({ number: ticket }) => ({
					json: { ...item, ticket },
				})),
			};
			const { status, runData, error } = await client.run(example);
			assert.equal(status, 'success', error?.message);
			const ticketsAt = (name: string) =>
				output(runData[name]?.[0]).map(({ json }) => json['ticket']);
			assert.deepEqual(ticketsAt('Verified'), [good.number]);
			assert.deepEqual(ticketsAt('Refused by COC'), [refused.number]);
			assert.deepEqual(ticketsAt('Look at the Ticket'), [lost.number]);
			assert.deepEqual(ticketsAt('Not Sent'), [early.number]);
		},
	},
];
