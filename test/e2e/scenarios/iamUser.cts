import assert from 'node:assert/strict';
import type { IamUser } from '../../standin/iam.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { credentialType, output, overTickets, verifyNode } from '../workflows.cts';

const handle = '/v1/external/incident/handle';

/** The fields of a credential for this user, as the editor saves them. */
export function iamUserData({ coc, iam }: Context, user: IamUser) {
	const { accountName, userName, password } = user;
	const iamEndpoint = iam.url;
	return {
		endpoint: coc.url,
		authentication: 'iamUser',
		...{ accountName, userName, password, iamEndpoint },
	};
}

/** A new user with a saved credential, and what has reached IAM and COC since. */
export async function newUser(context: Context) {
	const { client, coc, iam } = context;
	const user = context.addUser();
	const data = iamUserData(context, user);
	const credentialId = await client.createCredential(credentialType, 'COC', data);
	const [asked, sent] = [iam.requests.length, coc.requests.length];
	return {
		user,
		credentialId,
		/** How often IAM was asked. */
		asked: () => iam.requests.length - asked,
		/** The writes that reached COC. */
		writes: () => coc.requests.slice(sent).filter(({ path }) => path === handle),
		/** Lets COC refuse the user's token before its time. */
		expire: () => coc.expireToken(user.tokens.at(-1) ?? ''),
		/** Verifies so many tickets. */
		verify: async (count: number, parameters: object = {}) => {
			const tickets = Array.from({ length: count }, () => coc.addTicket().number);
			return await client.run(overTickets(tickets, verifyNode(credentialId, {}, parameters)));
		},
	};
}

/** A credential with an IAM user's name and password: n8n gets, keeps and renews the token. */
export const iamUser: Scenario[] = [
	{
		name: "the credential test accepts an IAM user's password",
		async run(context) {
			const { client, iam } = context;
			const before = iam.requests.length;
			const data = iamUserData(context, context.addUser());
			const { status, message } = await client.testCredential(credentialType, data);
			assert.equal(status, 'OK', message);
			assert.equal(iam.requests.length, before + 1);
		},
	},
	{
		name: "the credential test shows IAM's own message about a wrong password, and asks once",
		async run(context) {
			const { client, coc, iam } = context;
			const [asked, sent] = [iam.requests.length, coc.requests.length];
			const data = iamUserData(context, context.addUser());
			const password = context.newPassword();
			const { status, message } = await client.testCredential(credentialType, {
				...data,
				password,
			});
			assert.equal(status, 'Error');
			assert.match(message, /The username or password is wrong\./);
			assert.equal(iam.requests.length, asked + 1);
			assert.equal(coc.requests.length, sent);
		},
	},
	{
		name: "an IAM user's session is kept in n8n's database",
		async run(context) {
			const { user, credentialId, asked, writes, verify } = await newUser(context);
			for (const count of [3, 1]) {
				const execution = await verify(count);
				assert.equal(execution.status, 'success', execution.error?.message);
			}
			assert.equal(asked(), 1);
			assert.equal(writes().length, 4);

			const stored = await context.server.storedCredential(credentialId);
			assert.equal(stored['sessionToken'], user.tokens[0]);
			assert.equal(stored['sessionUserId'], user.userId);
			assert.ok(Date.parse(String(stored['sessionExpiresAt'])) > Date.now() + 23 * 3600_000);
			assert.equal(stored['password'], user.password);
		},
	},
	{
		name: 'a token that COC refuses is renewed once, and every ticket is verified once',
		async run(context) {
			const { user, credentialId, asked, writes, expire, verify } = await newUser(context);
			await verify(1);
			expire();
			const execution = await verify(20);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(output(execution.runData['Verify']?.[0]).length, 20);
			assert.equal(asked(), 2);
			const applied = writes().filter((write) => write.applied);
			assert.equal(applied.length, 21);
			assert.equal(new Set(applied.map(({ ticket }) => ticket)).size, 21);

			const stored = await context.server.storedCredential(credentialId);
			assert.equal(stored['sessionToken'], user.tokens.at(-1));
		},
	},
	{
		name: 'executions that meet an expired token at the same time ask IAM once',
		async run(context) {
			const { asked, writes, expire, verify } = await newUser(context);
			await verify(1);
			expire();
			// All of them have sent their request before COC answers the first.
			context.coc.fault({ kind: 'latency', ms: 1500, match: { path: handle }, times: 5 });
			// And all want a new token before IAM gives the first.
			context.iam.fault({ kind: 'latency', ms: 1500, times: 5 });
			const executions = await Promise.all(Array.from({ length: 5 }, () => verify(1)));
			assert.deepEqual(
				executions.map(({ status }) => status),
				Array<string>(5).fill('success'),
			);
			assert.equal(writes().filter(({ status }) => status === 401).length, 5);
			assert.equal(writes().filter(({ applied }) => applied).length, 6);
			assert.equal(asked(), 2);
		},
	},
	{
		name: 'a password changed in the editor counts at once: the old session is not used',
		async run(context) {
			const { client } = context;
			const { user, credentialId, asked, writes, verify } = await newUser(context);
			await verify(1);
			user.password = context.newPassword();
			await client.editCredential(credentialId, { password: context.newPassword() });
			const failed = await verify(1);
			assert.match(failed.error?.description ?? '', /The username or password is wrong/);
			assert.deepEqual([asked(), writes().length], [2, 1]);

			await client.editCredential(credentialId, { password: user.password });
			const execution = await verify(1);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual([asked(), writes().length], [3, 2]);
			assert.equal(writes().at(-1)?.headers['x-auth-token'], user.tokens.at(-1));
			assert.equal(user.tokens.length, 2);
		},
	},
	{
		name: "a field changed in the editor leaves the IAM user's session as it is",
		async run(context) {
			const { credentialId, asked, verify } = await newUser(context);
			await verify(1);
			await context.client.editCredential(credentialId, { ignoreSslIssues: true });
			const execution = await verify(1);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(asked(), 1);
		},
	},
	{
		name: 'with an empty Operator the IAM user acts',
		async run(context) {
			const { user, writes, verify } = await newUser(context);
			const execution = await verify(1, { operator: '' });
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual(
				writes().map(({ json }) => (json as { operator: string }).operator),
				[user.userId],
			);
		},
	},
];
