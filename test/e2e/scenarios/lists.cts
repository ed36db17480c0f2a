import assert from 'node:assert/strict';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { credentialType, nodeType } from '../workflows.cts';

interface List {
	results: Array<{ name: string; value: string }>;
	paginationToken?: string;
}

/** Opens a list in the node's panel, as the editor does it. */
async function open(
	{ client }: Context,
	methodName: string,
	credentialId: string,
	more: { operation?: string; filter?: string; paginationToken?: string } = {},
): Promise<List> {
	const { operation = 'verify', ...rest } = more;
	return await client.call<List>('POST', '/dynamic-node-parameters/resource-locator-results', {
		nodeTypeAndVersion: { name: nodeType, version: 1 },
		path: 'parameters.ticket',
		methodName,
		currentNodeParameters: { resource: 'incident', operation },
		credentials: { [credentialType]: { id: credentialId, name: 'COC' } },
		...rest,
	});
}

/** What the editor shows in place of a list. */
async function refusalOf(list: Promise<List>): Promise<string> {
	return await list.then(
		({ results }) => assert.fail(`A list was shown: ${JSON.stringify(results)}`),
		(error: Error) => error.message,
	);
}

/** The lists behind the fields, as the server gives them to the editor. */
export const lists: Scenario[] = [
	{
		name: 'the list of tickets offers those that wait for verification, page by page',
		async run(context) {
			const { coc, credentialId } = context;
			const waiting = coc.tickets
				.all()
				.filter(({ status }) => status === 'INCIDENT_STATUS_RESOLVED');
			const expected = new Set(waiting.map(({ number }) => number));
			for (let index = 0; index < 120; index++) {
				const isWaiting = index % 2 === 0;
				const { number } = coc.addTicket({
					title: `Number ${index}`,
					status: isWaiting ? 'INCIDENT_STATUS_RESOLVED' : 'INCIDENT_STATUS_COMPLETED',
				});
				if (isWaiting) expected.add(number);
			}
			const found: string[] = [];
			let paginationToken: string | undefined;
			let pages = 0;
			do {
				const list = await open(context, 'searchTickets', credentialId, {
					...(paginationToken !== undefined && { paginationToken }),
				});
				found.push(...list.results.map(({ value }) => value));
				paginationToken = list.paginationToken;
				pages++;
			} while (paginationToken !== undefined);
			assert.ok(pages > 2, `${pages} pages`);
			assert.equal(found.length, new Set(found).size);
			assert.deepEqual(new Set(found), expected);

			const { results } = await open(context, 'searchTickets', credentialId, {
				filter: 'Number 118',
			});
			assert.deepEqual(
				results.map(({ name }) => /Number \d+/.exec(name)?.[0]),
				['Number 118'],
			);
		},
	},
	{
		name: 'the list of users comes from IAM, with the session that n8n keeps',
		async run(context) {
			const { client, coc, iam } = context;
			const { accountName, userName, password, userId } = context.addUser();
			const credentialId = await client.createCredential(credentialType, 'COC', {
				endpoint: coc.url,
				authentication: 'iamUser',
				...{ accountName, userName, password },
				iamEndpoint: iam.url,
			});
			const before = iam.signIns;
			for (const filter of [userName, userId.slice(0, 20)]) {
				const { results } = await open(context, 'searchUsers', credentialId, { filter });
				assert.ok(results.some(({ name, value }) => name === userName && value === userId));
			}
			assert.equal(iam.signIns, before + 1);
			const stored = await context.server.storedCredential(credentialId);
			assert.equal(stored['endpoint'], coc.url);
			assert.equal(stored['sessionUserId'], userId);
		},
	},
	{
		name: 'a list that can’t be had tells why, and no secret',
		async run(context) {
			const { client, coc, iam } = context;
			const token = context.issueToken(coc, []);
			const data = { endpoint: coc.url, authentication: 'token', token, iamEndpoint: iam.url };
			const credentialId = await client.createCredential(credentialType, 'COC', data);
			for (const [method, reason] of [
				['searchTickets', /coc:ticket:list/],
				['searchUsers', /iam:users:listUsers/],
				['searchApplications', /coc:application:list/],
				['searchEnterpriseProjects', /EPS/],
			] as const) {
				const refusal = await refusalOf(open(context, method, credentialId));
				assert.match(refusal, /can't be listed/);
				assert.match(refusal, reason);
				assert.ok(!refusal.includes(token));
			}
		},
	},
];
