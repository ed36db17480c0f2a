/** Every way to authenticate works everywhere: node, other nodes, *Test*; whatever lies between. */
import { describe, expect, test } from '@jest/globals';
import { HANDLE, LIST, type Mode, modes, useDeployment } from '../support/deployment.cts';
import { startConnectProxy, throughProxy } from '../support/connectProxy.cts';
import type { Deployment } from '../support/deployment.cts';
import type { StoredCredential } from '../engine/index.cts';

/** Uses a credential in all ways that there are; each must succeed. */
async function useEverywhere(d: Deployment, credential: StoredCredential) {
	expect(await d.test(credential)).toEqual({ status: 'OK', message: 'Connection successful!' });
	const { success, failed } = await d.verify(credential, 2);
	expect(failed).toEqual([]);
	expect(success).toHaveLength(2);

	const url = d.coc.url + LIST;
	const answers = [
		(await d.request(credential, { url: `${url}?limit=5&offset=1` })).body,
		await d.call(credential, {
			helper: 'requestWithAuthentication',
			options: { uri: url, qs: { limit: 5, offset: 1 }, json: true },
		}),
		await d.call(credential, {
			helper: 'httpRequestWithAuthentication',
			options: { baseURL: d.coc.url, url: LIST, qs: { limit: 5, offset: 1 } },
		}),
	];
	for (const answer of answers) expect(JSON.stringify(answer)).toContain('GOM.00000000');
	expect(d.coc.requests.filter(({ status }) => status !== 200)).toEqual([]);
	expect(d.iam.requests.length).toBeLessThanOrEqual(1);
}

describe('in the open', () => {
	const d = useDeployment();
	test.each(modes)('%s', (mode) => useEverywhere(d, d.credential(mode)));

	test.each(modes)('%s, written to by other nodes', async (mode) => {
		const credential = d.credential(mode);
		const body = (ticket: string) => ({
			incident_num: ticket,
			operator: d.user.userId,
			operate_key: 'confirm',
			parameter: { virtual_confirm_result: true, virtual_confirm_comment: '验证 “ok” é ✅ ' },
		});
		const url = d.coc.url + HANDLE;
		const ticket = () => body(d.coc.addTicket().number);
		await d.request(credential, { url, method: 'POST', body: ticket() });
		await d.call(credential, {
			helper: 'httpRequestWithAuthentication',
			options: { url, method: 'POST', body: ticket() },
		});
		await d.call(credential, {
			helper: 'requestWithAuthentication',
			options: { uri: url, method: 'POST', body: ticket(), json: true },
		});
		expect(d.writes().map(({ applied }) => applied)).toEqual([true, true, true]);
	});
});

describe('with a self-signed certificate and a path prefix, of COC as of IAM', () => {
	const d = useDeployment({
		coc: { tls: true, basePath: '/gateway/coc' },
		iam: { tls: true, basePath: '/gateway/iam' },
	});

	test.each(modes)('%s', (mode) => useEverywhere(d, d.credential(mode, { ignoreSslIssues: true })));

	test.each(modes)('%s, through a proxy', async (mode) => {
		const proxy = await startConnectProxy();
		try {
			await throughProxy(proxy.url, () =>
				useEverywhere(d, d.credential(mode, { ignoreSslIssues: true })),
			);
			const hosts = [d.coc.url, d.iam.url].map((url) => new URL(url).host);
			const used = mode === 'iamUser' ? hosts : hosts.slice(0, 1);
			expect(new Set(proxy.targets)).toEqual(new Set(used));
			expect(proxy.targets.length).toBeGreaterThanOrEqual(d.coc.requests.length);
		} finally {
			await proxy.close();
		}
	});

	test.each(modes)("%s is refused without 'Ignore SSL Issues', and told why", async (mode) => {
		const credential = d.credential(mode);
		const { failed } = await d.verify(credential, 2);
		expect(failed[0]?.error).toMatch(/certificate/i);
		expect(failed[0]?.error).toMatch(/'Ignore SSL Issues/);
		expect(failed.map(({ details }) => details.outcome)).toEqual(['notSent', 'notSent']);
		expect((await d.test(credential)).status).toBe('Error');
		expect([...d.coc.requests, ...d.iam.requests]).toEqual([]);
	});

	test("'Ignore SSL Issues' counts at once after it was switched on", async () => {
		const credential = d.credential('iamUser');
		expect((await d.test(credential)).status).toBe('Error');
		credential.data.ignoreSslIssues = true;
		expect(await d.test(credential)).toMatchObject({ status: 'OK' });
		expect((await d.verify(credential)).success).toHaveLength(1);
	});
});

describe('a COC of Huawei Cloud’s own', () => {
	const d = useDeployment({ coc: { tls: true }, iam: { tls: true } });

	test.each([
		['https://coc.myhuaweicloud.com', 'iam.myhuaweicloud.com:443'],
		[' HTTPS://COC.myhuaweicloud.com:443/ ', 'iam.myhuaweicloud.com:443'],
		['https://coc-intl.myhuaweicloud.com', 'iam.ap-southeast-3.myhuaweicloud.com:443'],
		['https://coc-eu-west-101-open-api.myhuaweicloud.eu/', 'iam.eu-west-101.myhuaweicloud.eu:443'],
	])('%s needs no IAM endpoint: the password goes to %s alone', async (endpoint, host) => {
		const standIns = { coc: new URL(d.coc.url).host, iam: new URL(d.iam.url).host };
		const proxy = await startConnectProxy((target) => standIns[target === host ? 'iam' : 'coc']);
		try {
			const fields = { endpoint, iamEndpoint: '', ignoreSslIssues: true };
			const credential = d.credential('iamUser', fields);
			const { success } = await throughProxy(proxy.url, () => d.verify(credential, 2));
			expect(success).toHaveLength(2);
			const coc = `${new URL(endpoint.trim()).host}:443`;
			expect(new Set(proxy.targets)).toEqual(new Set([host, coc]));
			expect(proxy.targets.filter((target) => target === host)).toHaveLength(1);
		} finally {
			await proxy.close();
		}
	});

	test.each(['https://coc.myhuaweicloud.com/prefix', 'https://coc.myhuaweicloud.com:8443'])(
		'but not %s, which may be anybody’s',
		async (endpoint) => {
			const { failed } = await d.verify(d.credential('iamUser', { endpoint, iamEndpoint: '' }));
			expect(failed[0]?.error).toMatch(/'IAM Endpoint' is empty/);
		},
	);
});

describe('*Test*', () => {
	const d = useDeployment();
	const verdict = async (mode: Mode, more = {}) => (await d.test(d.credential(mode, more))).message;

	test('of an IAM user signs in, and stores the token', async () => {
		const credential = d.credential('iamUser');
		expect(await d.test(credential)).toMatchObject({ status: 'OK' });
		expect(credential.data.sessionToken).toBe(d.user.tokens[0]);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('leaves a token alone that is alive', async () => {
		const credential = await d.signedIn();
		expect(await d.test(credential)).toMatchObject({ status: 'OK' });
		expect(d.iam.requests).toEqual([]);
		expect(credential.data.sessionToken).toBe(d.user.tokens[0]);
	});

	test('renews one that is dead', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		expect(await d.test(credential)).toMatchObject({ status: 'OK' });
		expect(d.iam.requests).toHaveLength(1);
		expect(credential.data.sessionToken).toBe(d.user.tokens[1]);
	});

	test('with a new, wrong password fails although the old token is alive', async () => {
		const credential = await d.signedIn();
		credential.data.password = 'new, and wrong';
		expect((await d.test(credential)).message).toContain('The username or password is wrong.');
	});

	test('signs nobody in, and no token is stored, in the other modes', async () => {
		for (const mode of ['token', 'accessKey'] as const) {
			const credential = d.credential(mode);
			expect(await d.test(credential)).toMatchObject({ status: 'OK' });
			expect(credential.data).not.toHaveProperty('sessionToken');
		}
		expect(d.iam.requests).toEqual([]);
	});

	test('of an access key says what is wrong, in words for a key', async () => {
		expect(await verdict('accessKey', { secretAccessKey: 'wrong'.repeat(8) })).toMatch(
			/access key/i,
		);
		expect(await verdict('accessKey', { accessKeyId: 'UNKNOWNKEY0123456789' })).toMatch(
			/access key/i,
		);
		expect(d.coc.requests).toHaveLength(2);
	});

	test.each([
		['iamUser', { password: '' }, "'Password' is empty"],
		['iamUser', { iamEndpoint: '' }, "'IAM Endpoint' is empty"],
		['iamUser', { scope: 'project' }, "'Project Name' is empty"],
		['accessKey', { accessKeyId: '' }, "'Access Key ID' is empty"],
		['accessKey', { secretAccessKey: '' }, "'Secret Access Key' is empty"],
		['token', { token: '' }, "'Token' is empty"],
		['nothing', { token: '' }, "'Authentication' has an unknown value"],
	] as Array<[Mode, object, string]>)(
		'of %s with %j names the field',
		async (mode, fields, reason) => {
			expect(await verdict(mode, fields)).toContain(reason);
			expect([...d.coc.requests, ...d.iam.requests]).toEqual([]);
		},
	);

	test('of a user who may do nothing but handle tickets says so', async () => {
		d.user.permissions = ['coc:ticket:action'];
		expect(await verdict('iamUser')).toMatch(/coc:ticket:list/);
	});
});
