import assert from 'node:assert/strict';
import type { Scenario } from '../scenario.cts';
import { output, overTickets } from '../workflows.cts';
import { httpRequest, httpVerify } from './httpRequest.cts';
import { newUser } from './iamUser.cts';

/** An IAM user as credential of n8n's HTTP Request node, which asks for a token on any failure. */
export const iamUserHttp: Scenario[] = [
	{
		name: 'the HTTP Request node signs an IAM user in once',
		async run(context) {
			const { client, coc } = context;
			const { credentialId, asked } = await newUser(context);
			const { number } = coc.addTicket();
			const url = `${coc.url}/v1/external/incident/${number}`;
			for (let runs = 0; runs < 2; runs++) {
				const execution = await client.run(overTickets([number], httpRequest(credentialId, url)));
				assert.equal(execution.status, 'success', execution.error?.message);
				const [item] = output(execution.runData['HTTP Request']?.[0]);
				assert.equal((item?.json['data'] as { incident_num: string }).incident_num, number);
			}
			assert.equal(asked(), 1);
		},
	},
	{
		name: 'a POST of the HTTP Request node that COC answers with 500 arrives once',
		async run(context) {
			const { client, coc } = context;
			const { credentialId, asked, writes, verify } = await newUser(context);
			await verify(1);
			const { number } = coc.addTicket();
			coc.fault({ kind: 'status', status: 500, apply: true, match: { ticket: number } });
			const execution = await client.run(overTickets([number], httpVerify(credentialId, coc)));
			assert.equal(execution.status, 'error');
			assert.equal(writes().filter(({ ticket }) => ticket === number).length, 1);
			assert.equal(asked(), 1);
		},
	},
	{
		name: 'a dead token is renewed for the HTTP Request node, and its POST applied once',
		async run(context) {
			const { client, coc } = context;
			const { user, credentialId, asked, writes, expire } = await newUser(context);
			const { number } = coc.addTicket();
			const read = httpRequest(credentialId, `${coc.url}/v1/external/incident/${number}`);
			// Signed in by another process, as a worker would: this server only finds the stored token.
			const { id } = await client.createWorkflow(overTickets([number], read));
			await context.server.runElsewhere(id);
			assert.equal(asked(), 1);
			expire();
			const execution = await client.run(overTickets([number], httpVerify(credentialId, coc)));
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual(
				writes()
					.filter(({ ticket }) => ticket === number)
					.map(({ status, applied }) => [status, applied]),
				[
					[401, false],
					[200, true],
				],
			);
			assert.equal(asked(), 2);
			const stored = await context.server.storedCredential(credentialId);
			assert.equal(stored['sessionToken'], user.tokens.at(-1));
		},
	},
];
