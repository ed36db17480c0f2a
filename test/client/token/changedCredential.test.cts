/**
 * A credential that was changed in n8n's editor takes effect at the next request. n8n puts hidden
 * fields back on saving, so that the token of before is still there.
 */
import { describe, expect, test } from '@jest/globals';
import { HANDLE, LIST, useDeployment } from '../../support/deployment.cts';
import type { StoredCredential } from '../../engine/index.cts';
import { startIam } from '../../standin/iam.cts';

const d = useDeployment();

/** What the node, other nodes and *Test* send after the change. */
const uses: Array<[string, (credential: StoredCredential) => Promise<unknown>]> = [
	['the node', (credential) => d.verify(credential)],
	['the HTTP Request node', (credential) => d.request(credential, { url: d.coc.url + LIST })],
	[
		'another node',
		(credential) =>
			d.call(credential, {
				helper: 'httpRequestWithAuthentication',
				options: { url: d.coc.url + LIST },
			}),
	],
	['*Test*', (credential) => d.test(credential)],
];

describe.each(uses)('%s never sends the token of before', (_who, use) => {
	test.each([
		['password', { password: 'a new password' }],
		['user', { userName: 'another user' }],
		['account', { accountName: 'another' }],
		['scope', { scope: 'project', projectName: 'cn-north-4' }],
	])('after a change of the %s, and gets a new one', async (_what, change) => {
		const credential = await d.signedIn();
		const old = credential.data.sessionToken;
		const other = d.iam.addUser({ ...d.user, ...change, userId: 'b'.repeat(32), tokens: [] });
		if ('password' in change) Object.assign(d.user, change);
		Object.assign(credential.data, change);
		await use(credential);
		expect(d.iam.requests).toHaveLength(1);
		expect(d.coc.requests.length).toBeGreaterThan(0);
		for (const { headers, status } of d.coc.requests) {
			expect(headers['x-auth-token']).not.toBe(old);
			expect(status).toBe(200);
		}
		expect([...d.user.tokens, ...other.tokens]).toContain(credential.data.sessionToken);
		expect(credential.data.sessionToken).not.toBe(old);
	});

	test('after a change of the IAM endpoint', async () => {
		const credential = await d.signedIn();
		const old = credential.data.sessionToken;
		const elsewhere = await startIam({ coc: d.coc });
		try {
			const { accountName, userName, password } = d.user;
			elsewhere.addUser({ accountName, userName, password });
			credential.data.iamEndpoint = elsewhere.url;
			await use(credential);
			expect(elsewhere.signIns).toBe(1);
			expect(d.coc.requests.map(({ headers }) => headers['x-auth-token'])).not.toContain(old);
		} finally {
			await elsewhere.close();
		}
	});

	test('when its fingerprint is missing, or of another token', async () => {
		for (const change of [{ sessionFingerprint: '' }, { sessionToken: d.coc.issueToken() }]) {
			const credential = await d.signedIn();
			Object.assign(credential.data, change);
			const planted = credential.data.sessionToken;
			d.coc.requests.length = 0;
			// A sign-in of just now counts still, hence not whether IAM is asked.
			await use(credential);
			const sent = d.coc.requests.map(({ headers }) => headers['x-auth-token']);
			if ('sessionToken' in change) expect(sent).not.toContain(planted);
			expect(sent.every((token) => d.user.tokens.includes(String(token)))).toBe(true);
		}
	});
});

test('another way to authenticate is used at once, and the way back works', async () => {
	const credential = await d.signedIn();
	const { accessKeyId, secretAccessKey } = d.key;
	Object.assign(credential.data, { accessKeyId, secretAccessKey, token: d.token });
	for (const authentication of ['accessKey', 'token', 'iamUser', 'accessKey']) {
		d.coc.requests.length = 0;
		credential.data.authentication = authentication;
		expect((await d.verify(credential)).success).toHaveLength(1);
		const [headers] = d.writes().map((request) => request.headers);
		expect(headers?.authorization !== undefined).toBe(authentication === 'accessKey');
		const token = { accessKey: undefined, token: d.token, iamUser: d.user.tokens[0] }[
			authentication
		];
		expect(headers?.['x-auth-token']).toBe(token);
	}
	expect(d.iam.requests).toEqual([]);
});

test('a credential of before there was a choice holds a token still', async () => {
	const credential = d.credential('token');
	delete credential.data.authentication;
	expect((await d.verify(credential)).success).toHaveLength(1);
	expect(await d.test(credential)).toMatchObject({ status: 'OK' });
	expect(d.coc.requests.every(({ headers }) => headers['x-auth-token'] === d.token)).toBe(true);
	expect(d.coc.requests.some(({ path }) => path === HANDLE)).toBe(true);
});
