// The lists behind Operator, Creator and Assignee: IAM's users, by name.
import { describe, expect, test } from '@jest/globals';
import { startConnectProxy, throughProxy } from '../../../support/connectProxy.cts';
import { modes } from '../../../support/deployment.cts';
import { everythingOf, expectNoSecret } from '../../../support/secretSearch.cts';
import { reasonOf, useLists } from './support.cts';

const USERS = '/v3/users';
const USERS_V5 = '/v5/users';

describe('the users of IAM', () => {
	const d = useLists();
	/** Every credential that knows where IAM is. */
	const credential = (mode: (typeof modes)[number] = 'iamUser', more = {}) =>
		d.credential(mode, { iamEndpoint: d.iam.url, ...more });
	const addUser = (userName: string, more = {}) =>
		d.iam.addUser({ accountName: 'account', userName, password: 'pässword 1', ...more });
	const give = (status: number, path: string, body: object) =>
		d.iam.fault({ kind: 'raw', status, body: JSON.stringify(body), match: { path } });
	const names = (pages: Array<Array<{ name: string }>>) => pages.flat().map(({ name }) => name);

	test.each(modes)('are all there, sorted by name, with %s', async (mode) => {
		const zoe = addUser('Zoe');
		addUser('anna');
		addUser('Bert 10');
		addUser('Bert 9');
		const [users = [], ...others] = await d.pages('searchUsers', credential(mode));
		expect(names([users])).toEqual(['anna', 'Bert 9', 'Bert 10', d.user.userName, 'Zoe']);
		expect(users.at(-1)).toEqual({ name: 'Zoe', value: zoe.userId });
		expect(others).toEqual([]);
	});

	test('are not taken for able to act when they are disabled', async () => {
		addUser('Anna', { disabled: true });
		const [[first] = []] = await d.pages('searchUsers', credential());
		expect(first?.name).toBe('Anna (disabled)');
	});

	test('are found by a part of the name or the ID, in large letters or small', async () => {
		const anna = addUser('Anna Meier');
		addUser('Bert Maier');
		for (const filter of ['meier', ' ANNA ', anna.userId.slice(3, 20)]) {
			const [found] = await d.pages('searchUsers', credential(), { filter });
			expect(found).toEqual([{ name: 'Anna Meier', value: anna.userId }]);
		}
		expect(await d.pages('searchUsers', credential(), { filter: 'nobody' })).toEqual([[]]);
	});

	test('are those of the newer call where only that is allowed, all pages of it', async () => {
		const page = (number: number, next: string | null) => ({
			users: Array.from({ length: 3 }, (_, index) => ({
				user_id: `id-${number}-${index}`,
				user_name: `user ${number}-${index}`,
				enabled: true,
			})),
			page_info: { next_marker: next, current_count: 3 },
		});
		give(403, USERS, { error: { code: 403, message: 'Use v5.', title: 'Forbidden' } });
		for (let number = 1; number <= 4; number++) {
			give(200, USERS_V5, page(number, number < 4 ? `next/${number}` : null));
		}
		const [users] = await d.pages('searchUsers', credential('token'));
		expect(users).toHaveLength(12);
		expect(users?.at(-1)).toEqual({ name: 'user 4-2', value: 'id-4-2' });
		expect(d.iam.requests.at(-1)?.url).toBe(`${USERS_V5}?limit=200&marker=next%2F3`);
	});

	test('go on where the page before ended, however many the newer call has', async () => {
		give(403, USERS, { error: { code: 403, message: 'Use v5.', title: 'Forbidden' } });
		const people = Array.from({ length: 30 }, (_, index) => `user-${index + 10}`);
		people.forEach((name, index) => {
			give(200, USERS_V5, {
				users: [{ user_id: `${index}`.padStart(32, 'a'), user_name: name, enabled: true }],
				page_info: { next_marker: index < 29 ? `after-${index}` : null },
			});
		});
		const pages = await d.pages('searchUsers', credential('token'));
		expect(pages.map(({ length }) => length)).toEqual([25, 5]);
		expect(names(pages)).toEqual(people);
		const asked = d.iam.requests.map(({ path }) => path);
		expect(asked.filter((path) => path === USERS)).toHaveLength(1);
	});

	test('of a big account are read as well', async () => {
		const user = (index: number) => ({
			id: `${index}`.padStart(32, 'b'),
			name: `user-${index}`,
			description: 'x'.repeat(400),
		});
		give(200, USERS, { users: Array.from({ length: 4000 }, (_, index) => user(index)) });
		expect((await d.pages('searchUsers', credential('token')))[0]).toHaveLength(4000);
	});

	test('are asked for with a new token when IAM refuses that of an IAM user', async () => {
		const saved = await d.signedIn();
		const old = saved.data.sessionToken as string;
		d.coc.expireToken(old);
		const [users] = await d.pages('searchUsers', saved);
		expect(users).toHaveLength(1);
		expect(d.iam.signIns).toBe(1);
		expect(saved.data.sessionToken).not.toBe(old);
		// What is stored is the credential as it was, the token apart.
		expect(saved.data).toMatchObject({ authentication: 'iamUser', endpoint: d.coc.url });
		expect(saved.data.token).toBeUndefined();
	});

	test('that may not be listed say so, with the permission and the way without a list', async () => {
		const listed = await d.list(
			'searchUsers',
			credential('token', { token: d.coc.issueToken({ permissions: [] }) }),
		);
		expect(reasonOf(listed)).toMatch(
			/The users can't be listed: .*not allowed.*HTTP 403.*iam:users:listUsers.*'By ID'/,
		);
		expect(listed.error?.httpCode).toBe('403');
	});

	test('with a token that IAM refuses', async () => {
		const listed = await d.list('searchUsers', credential('token', { token: 'x'.repeat(50) }));
		expect(reasonOf(listed)).toMatch(/HTTP 401.*put a new one into the credential.*'By ID'/);
	});

	test('with an access key that IAM refuses: it is not tried again', async () => {
		const wrong = credential('accessKey', { secretAccessKey: 'wrong'.repeat(8) });
		expect(reasonOf(await d.list('searchUsers', wrong))).toMatch(/HTTP 401.*Secret Access Key/);
		const { length } = d.iam.requests;
		expect(reasonOf(await d.list('searchUsers', wrong))).toMatch(/refused the access key/);
		expect(d.iam.requests).toHaveLength(length);
	});

	test('when nobody is there', async () => {
		const listed = await d.list(
			'searchUsers',
			credential('token', { iamEndpoint: 'http://127.0.0.1:9' }),
		);
		expect(reasonOf(listed)).toMatch(/127\.0\.0\.1:9 refused the connection.*'IAM Endpoint'/);
	});

	test('when somebody else is there', async () => {
		const elsewhere = credential('token', { iamEndpoint: `${d.coc.url}/nothing` });
		expect(reasonOf(await d.list('searchUsers', elsewhere))).toMatch(/HTTP 404.*'IAM Endpoint'/);
		d.iam.fault({ kind: 'raw', status: 200, body: '{"data":[]}', match: { path: USERS } });
		expect(reasonOf(await d.list('searchUsers', credential('token')))).toMatch(
			/the answer is not IAM's.*'IAM Endpoint'/,
		);
	});

	test('when IAM is in trouble, or redirects', async () => {
		d.iam.fault({ kind: 'status', status: 503, match: { path: USERS } });
		expect(reasonOf(await d.list('searchUsers', credential('token')))).toMatch(/HTTP 503.*later/);
		d.iam.fault({ kind: 'redirect', location: 'https://x.test/', match: { path: USERS } });
		expect(reasonOf(await d.list('searchUsers', credential('token')))).toMatch(
			/redirects to x\.test/,
		);
		d.iam.fault({ kind: 'html', match: { path: USERS } });
		expect(reasonOf(await d.list('searchUsers', credential('token')))).toMatch(/readable JSON/);
	});

	test('of a host that the credential is restricted from are not asked for', async () => {
		for (const allowedDomains of ['coc.example', '']) {
			const more = { allowedHttpRequestDomains: 'domains', allowedDomains };
			const listed = await d.list('searchUsers', credential('token', more));
			expect(reasonOf(listed)).toMatch(/n8n does not allow requests to 127\.0\.0\.1/);
		}
		expect(d.iam.requests).toEqual([]);
	});

	test.each(modes)(
		'tell no secret of a credential with %s, even if IAM repeats it',
		async (mode) => {
			const saved = mode === 'iamUser' ? await d.signedIn() : credential(mode);
			const { sessionToken, token, secretAccessKey } = saved.data;
			const secret = (sessionToken ?? token ?? secretAccessKey) as string;
			const body = JSON.stringify({ error: { code: 403, message: `No: ${secret}` } });
			d.iam.fault({ kind: 'raw', status: 403, body, match: { path: USERS } });
			const listed = await d.list('searchUsers', saved);
			expect(reasonOf(listed)).toMatch(/No: /);
			expectNoSecret(everythingOf(listed), [secret]);
		},
	);
});

describe('where IAM is', () => {
	const d = useLists({ coc: { tls: true }, iam: { tls: true } });

	test.each([
		['https://coc.myhuaweicloud.com', 'iam.myhuaweicloud.com:443'],
		['https://coc-intl.myhuaweicloud.com', 'iam.ap-southeast-3.myhuaweicloud.com:443'],
		['https://coc-eu-west-101-open-api.myhuaweicloud.eu', 'iam.eu-west-101.myhuaweicloud.eu:443'],
	])('is known for %s: the token goes to %s alone', async (endpoint, host) => {
		const proxy = await startConnectProxy(() => new URL(d.iam.url).host);
		try {
			const credential = d.credential('token', { endpoint, ignoreSslIssues: true });
			const pages = await throughProxy(proxy.url, () => d.pages('searchUsers', credential));
			expect(pages.flat()).toHaveLength(1);
			expect(proxy.targets).toEqual([host]);
		} finally {
			await proxy.close();
		}
	});

	test('is where an IAM user signs in, and asks with the token of that sign-in', async () => {
		const endpoint = 'https://coc.myhuaweicloud.com';
		const proxy = await startConnectProxy((target) => {
			return new URL(target.startsWith('iam.') ? d.iam.url : d.coc.url).host;
		});
		try {
			const fields = { endpoint, iamEndpoint: '', ignoreSslIssues: true };
			const credential = d.credential('iamUser', fields);
			const pages = await throughProxy(proxy.url, () => d.pages('searchUsers', credential));
			expect(pages.flat()).toMatchObject([{ value: d.user.userId }]);
			expect(d.iam.requests.at(-1)?.headers['x-auth-token']).toBe(d.user.tokens[0]);
			expect(credential.data).toMatchObject({ ...fields, authentication: 'iamUser' });
		} finally {
			await proxy.close();
		}
	});

	test.each(['token', 'accessKey'] as const)(
		'is not known for a private deployment, which %s is told',
		async (mode) => {
			const listed = await d.list('searchUsers', d.credential(mode));
			expect(reasonOf(listed)).toMatch(/'IAM Endpoint' is empty.*'By ID'/);
			expect([...d.coc.requests, ...d.iam.requests]).toEqual([]);
		},
	);

	test('certificates count as they do for COC', async () => {
		const credential = d.credential('token', { iamEndpoint: d.iam.url });
		expect(reasonOf(await d.list('searchUsers', credential))).toMatch(
			/certificate.*'CA Certificate'/,
		);
		credential.data.ignoreSslIssues = true;
		expect(await d.pages('searchUsers', credential)).toMatchObject([[{}]]);
	});
});
