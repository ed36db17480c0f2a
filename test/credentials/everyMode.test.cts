/** What holds for all ways to authenticate: private deployments, proxies, and no secret anywhere. */
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { startConnectProxy, throughProxy } from '../support/connectProxy.cts';
import { LIST, modes, useDeployment } from '../support/deployment.cts';
import { expectNoSecret, spellings } from '../support/secretSearch.cts';

describe.each(modes)('a private deployment, with the mode %s', (mode) => {
	const d = useDeployment({
		coc: { tls: true, basePath: '/gateway/coc' },
		iam: { tls: true, basePath: '/iam' },
	});
	const credential = (ignoreSslIssues: boolean) =>
		d.credential(mode, { endpoint: `${d.coc.url}/ `, ignoreSslIssues });

	test('works with a self-signed certificate when that is ignored: node, test, HTTP Request', async () => {
		expect((await d.verify(credential(true), 2)).success).toHaveLength(2);
		expect(await d.test(credential(true))).toMatchObject({ status: 'OK' });
		const url = `${d.coc.url}${LIST}?limit=1&offset=1`;
		expect(await d.request(credential(true), { url })).toMatchObject({ statusCode: 200 });
	});

	test('sends nothing when it is not', async () => {
		const { failed } = await d.verify(credential(false), 2);
		expect(failed.map(({ details }) => details.outcome)).toEqual(['notSent', 'notSent']);
		expect(failed[0]?.error).toMatch(/certificate|DEPTH_ZERO_SELF_SIGNED_CERT/);
		expect(d.coc.requests).toEqual([]);
		expect(d.iam.requests).toEqual([]);
	});

	test('is reached through the proxy that n8n is told of, IAM included', async () => {
		const proxy = await startConnectProxy();
		const { success } = await throughProxy(proxy.url, () => d.verify(credential(true), 2));
		await proxy.close();
		expect(success).toHaveLength(2);
		const hosts = new Set(proxy.targets);
		expect(hosts).toContain(new URL(d.coc.url).host);
		if (mode === 'iamUser') expect(hosts).toContain(new URL(d.iam.url).host);
	});
});

describe.each(modes)('no secret is in anything that is left, with the mode %s', (mode) => {
	const d = useDeployment();
	const secrets = () => [
		...(mode === 'token' ? [d.token] : []),
		...(mode === 'iamUser' ? [d.user.password, ...d.user.tokens] : []),
		...(mode === 'accessKey' ? [d.key.accessKeyId, d.key.secretAccessKey] : []),
		...signatures(),
	];
	const signatures = (): string[] =>
		d.coc.requests.flatMap(
			({ headers }) => /[0-9a-f]{64}$/.exec(headers.authorization ?? '') ?? [],
		);

	/** A server that hands back all that it could be sent. */
	const echo = (status: number): Fault => {
		const token = d.user.tokens.at(-1) ?? '';
		const { accessKeyId, secretAccessKey } = d.key;
		const said = [d.token, d.user.password, token, accessKeyId, secretAccessKey].join(' ');
		const body = JSON.stringify({ error_code: 'GOM.1', error_msg: said.slice(0, 250), data: said });
		return { kind: 'raw', status, headers: { 'Content-Type': 'application/json' }, body };
	};

	test.each([
		['success', undefined],
		['a refusal', 400],
		['a refused credential', 401],
		['no permission', 403],
		['trouble', 500],
		['HTTP 200 with another code', 200],
	])('after %s', async (_what, status) => {
		const credential = mode === 'iamUser' ? await d.signedIn() : d.credential(mode);
		for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
			d.coc.clearFaults();
			if (status !== undefined) d.coc.fault({ ...echo(status), times: 99 });
			const run = await d.verify(credential, 2, { onError });
			expectNoSecret(run.dump(), secrets());
		}
		expectNoSecret(JSON.stringify(await d.test(credential)), secrets());
	});

	test('after a gateway has repeated the signed request, as it does for a wrong secret', async () => {
		if (mode !== 'accessKey') return;
		const run = await d.verify(d.credential(mode, { secretAccessKey: 'not-the-right-secret' }), 2);
		expect(signatures()).toHaveLength(1);
		expectNoSecret(run.dump(), [...secrets(), 'not-the-right-secret']);
	});

	test('after a failing sign-in', async () => {
		if (mode !== 'iamUser') return;
		const credential = d.credential(mode, { password: 'a wrong passwörd+/=' });
		d.iam.fault({ kind: 'raw', status: 401, body: '{"error":{"message":"a wrong passwörd+/="}}' });
		const run = await d.verify(credential, 2, { onError: 'stopWorkflow' });
		expectNoSecret(run.dump(), ['a wrong passwörd+/=']);
		expectNoSecret(JSON.stringify(await d.test(credential)), ['a wrong passwörd+/=']);
	});
});

test('the search itself finds what it is to find', () => {
	for (const text of spellings('a secret/with+signs=')) {
		expect(() => expectNoSecret(`… ${text} …`, ['a secret/with+signs='])).toThrow();
	}
});
