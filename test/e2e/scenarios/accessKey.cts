import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { AccessKeyOptions } from '../../standin/index.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { credentialType, output, overTickets, verifyNode } from '../workflows.cts';
import { httpRequest, httpVerify } from './httpRequest.cts';

/** The fields of a credential with a new access key, noted in `secrets`. */
function keyData({ coc, secrets }: Context, options?: AccessKeyOptions) {
	const { accessKeyId, secretAccessKey, securityToken = '' } = coc.issueAccessKey(options);
	secrets.push(accessKeyId, secretAccessKey);
	if (securityToken !== '') secrets.push(securityToken);
	return {
		endpoint: coc.url,
		authentication: 'accessKey',
		...{ accessKeyId, secretAccessKey, securityToken },
	};
}

/** The same, with another secret than the key's. */
function wrongKeyData(context: Context) {
	const secretAccessKey = randomBytes(30).toString('base64url');
	context.secrets.push(secretAccessKey);
	return { ...keyData(context), secretAccessKey };
}

async function save({ client }: Context, data: Record<string, unknown>): Promise<string> {
	return await client.createCredential(credentialType, 'COC', data);
}

/** A credential with an access key: every request is signed. */
export const accessKey: Scenario[] = [
	...[{}, { securityToken: true }].map((options): Scenario => {
		const kind = options.securityToken ? 'a temporary' : 'an';
		return {
			name: `the credential test accepts ${kind} access key`,
			async run(context) {
				const data = keyData(context, options);
				const { status, message } = await context.client.testCredential(credentialType, data);
				assert.equal(status, 'OK', message);
			},
		};
	}),
	{
		name: 'the credential test explains a wrong secret access key, after one request',
		async run(context) {
			const { client, coc } = context;
			const before = coc.requests.length;
			const { status, message } = await client.testCredential(
				credentialType,
				wrongKeyData(context),
			);
			assert.equal(status, 'Error');
			assert.match(message, /access key|signature/i);
			assert.equal(coc.requests.length, before + 1);
		},
	},
	{
		name: 'Verify signs its requests with the access key',
		async run(context) {
			const { client, coc } = context;
			const tickets = [coc.addTicket(), coc.addTicket()];
			const credentialId = await save(context, keyData(context));
			const before = coc.requests.length;
			const execution = await client.run(
				overTickets(
					tickets.map(({ number }) => number),
					verifyNode(credentialId, {}, { comment: 'Geprüft ✓ 已验证' }),
				),
			);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual(
				tickets.map(({ status }) => status),
				Array<string>(2).fill('INCIDENT_STATUS_COMPLETED'),
			);
			const sent = coc.requests.slice(before);
			assert.equal(sent.length, 2);
			for (const { headers } of sent) {
				assert.match(headers.authorization ?? '', /^SDK-HMAC-SHA256 /);
				assert.equal(headers['x-auth-token'], undefined);
			}
		},
	},
	{
		name: 'Verify sends nothing more with an access key that COC refused',
		async run(context) {
			const { client, coc } = context;
			const credentialId = await save(context, wrongKeyData(context));
			const tickets = Array.from({ length: 10 }, () => coc.addTicket().number);
			const before = coc.requests.length;
			const execution = await client.run(
				overTickets(tickets, verifyNode(credentialId, { onError: 'continueErrorOutput' })),
			);
			assert.equal(coc.requests.length, before + 1);
			const failed = output(execution.runData['Verify']?.[0], 1);
			assert.deepEqual(
				failed.map(({ json }) => (json['details'] as { outcome: string }).outcome),
				['refused', ...Array<string>(9).fill('notSent')],
			);
		},
	},
	{
		name: "the HTTP Request node's GET with a query is signed as it is sent",
		async run(context) {
			const { client, coc } = context;
			const credentialId = await save(context, keyData(context));
			const { number } = coc.addTicket();
			const before = coc.requests.length;
			const execution = await client.run(
				overTickets(
					[number],
					httpRequest(credentialId, `${coc.url}/v1/incident-tickets`, {
						sendQuery: true,
						queryParameters: {
							parameters: [
								{ name: 'offset', value: '1' },
								{ name: 'limit', value: '1' },
							],
						},
					}),
				),
			);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual(
				coc.requests.slice(before).map(({ url, status }) => [url, status]),
				[['/v1/incident-tickets?offset=1&limit=1', 200]],
			);
		},
	},
	{
		name: "the HTTP Request node's POST is signed as it is sent",
		async run(context) {
			const { client, coc } = context;
			const credentialId = await save(context, keyData(context));
			const ticket = coc.addTicket();
			const execution = await client.run(
				overTickets([ticket.number], httpVerify(credentialId, coc)),
			);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(ticket.status, 'INCIDENT_STATUS_COMPLETED');
		},
	},
	{
		name: 'the HTTP Request node sends a refused signature once',
		async run(context) {
			const { client, coc } = context;
			const credentialId = await save(context, wrongKeyData(context));
			const before = coc.requests.length;
			const execution = await client.run(
				overTickets([coc.addTicket().number], httpVerify(credentialId, coc)),
			);
			assert.equal(execution.status, 'error');
			assert.equal(coc.requests.length, before + 1);
		},
	},
];
