/** n8n's HTTP Request node asks for a new token after any failure: nothing may be sent twice. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { HANDLE, LIST, modes, useDeployment } from '../support/deployment.cts';

const MINUTE = 60_000;
let forward = 0;
let onRequest: ((path: string) => void) | undefined;
const d = useDeployment({ coc: { onRequest: ({ path }) => onRequest?.(path) } });

beforeEach(() => {
	const realNow = Date.now.bind(Date);
	forward = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + forward);
});
afterEach(() => {
	onRequest = undefined;
	jest.restoreAllMocks();
});

const post = () => ({ url: d.coc.url + HANDLE, method: 'POST' as const, body: { some: 'body' } });
const failed = (sent: Promise<unknown>) =>
	sent.then(
		() => 'it succeeded',
		(error: Error) => error.message,
	);

describe.each(modes)('with the credential mode %s', (mode) => {
	test('a read of COC succeeds, and a second one with the same credential', async () => {
		const credential = d.credential(mode);
		for (let times = 0; times < 2; times++) {
			const url = `${d.coc.url}${LIST}?limit=1&offset=1`;
			expect(await d.request(credential, { url })).toMatchObject({ statusCode: 200 });
		}
		expect(d.iam.signIns).toBe(mode === 'iamUser' ? 1 : 0);
	});

	test.each([
		['answered 500', { kind: 'status', status: 500 }],
		['answered 502, after it was applied', { kind: 'status', status: 502, apply: true }],
		['whose connection is lost', { kind: 'resetAfter' }],
		['answered with a redirect', { kind: 'redirect', location: '/elsewhere' }],
	] as const)('a POST %s arrives once', async (_what, fault) => {
		const credential = d.credential(mode);
		d.coc.fault({ ...fault, match: { method: 'POST' }, times: 9 });
		expect(await failed(d.request(credential, post()))).not.toBe('it succeeded');
		expect(d.writes()).toHaveLength(1);
	});

	test('a POST that times out arrives once', async () => {
		const credential = d.credential(mode);
		d.coc.fault({ kind: 'hang', match: { method: 'POST' }, times: 9 });
		const { url, method, body } = post();
		const options = { uri: url, method, body, json: true, timeout: 300 };
		const sent = d.call(credential, { helper: 'requestWithAuthentication', options });
		expect(await failed(sent)).not.toBe('it succeeded');
		expect(d.writes()).toHaveLength(1);
	});

	test('a request to another host is not sent', async () => {
		const other = await d.request(d.credential(mode), { url: `${d.iam.url}/v3/x` }).then(
			() => 'it succeeded',
			(error: Error) => error.message,
		);
		expect(other).toContain("its 'Endpoint'");
		expect(d.iam.requests.map(({ path }) => path)).not.toContain('/v3/x');
	});
});

describe('an IAM user', () => {
	test('whose token died is signed in again, and the request arrives once with the new one', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		const url = `${d.coc.url}${LIST}?limit=1&offset=1`;
		expect(await d.request(credential, { url })).toMatchObject({ statusCode: 200 });
		expect(d.iam.requests).toHaveLength(1);
	});

	test('whose token comes near its end while a POST is under way: the POST arrives once', async () => {
		const credential = await d.signedIn();
		forward = 24 * 60 * MINUTE - 15 * MINUTE;
		onRequest = (path) => {
			if (path === HANDLE) forward += 10 * MINUTE;
		};
		d.coc.fault({ kind: 'status', status: 500, match: { method: 'POST' }, times: 9 });
		expect(await failed(d.request(credential, post()))).not.toBe('it succeeded');
		expect(d.writes()).toHaveLength(1);
	});

	test('whose stored token is near its end gets a new one before anything is sent', async () => {
		const credential = await d.signedIn();
		const old = credential.data.sessionToken;
		forward = 24 * 60 * MINUTE - 5 * MINUTE;
		const url = `${d.coc.url}${LIST}?limit=1&offset=1`;
		await d.request(credential, { url });
		expect(d.coc.requests.map(({ headers }) => headers['x-auth-token'])).not.toContain(old);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('of another account: the token of the old one is not sent', async () => {
		const credential = await d.signedIn();
		const old = credential.data.sessionToken;
		const other = d.iam.addUser({
			accountName: 'other',
			userName: 'someone',
			password: 'secret-2',
		});
		const { accountName, userName, password } = other;
		Object.assign(credential.data, { accountName, userName, password });
		const url = `${d.coc.url}${LIST}?limit=1&offset=1`;
		expect(await d.request(credential, { url })).toMatchObject({ statusCode: 200 });
		expect(d.coc.requests.map(({ headers }) => headers['x-auth-token'])).toEqual([other.tokens[0]]);
		expect(old).not.toBe(other.tokens[0]);
	});

	test('with a wrong password is told so, and IAM is asked once for a request', async () => {
		const credential = d.credential('iamUser', { password: 'wrong' });
		const message = await failed(d.request(credential, post()));
		expect(message).toContain('The username or password is wrong.');
		expect(d.iam.requests).toHaveLength(1);
		expect(d.coc.requests).toEqual([]);
	});
});

describe('an access key', () => {
	test('that is refused is sent once, in both of n8n’s dialects', async () => {
		const credential = d.credential('accessKey', { secretAccessKey: 'not-this-one' });
		const url = `${d.coc.url}${LIST}?limit=1&offset=1`;
		await failed(d.request(credential, { url }));
		expect(d.coc.requests).toHaveLength(1);
		const options = { url, method: 'GET' as const };
		await failed(d.call(credential, { helper: 'httpRequestWithAuthentication', options }));
		expect(d.coc.requests).toHaveLength(2);
	});
});
