/** No secret is in anything that a run or a test of the credential leaves, in whatever mode. */
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { modes, useDeployment } from '../support/deployment.cts';
import { expectNoSecret, spellings } from '../support/secretSearch.cts';

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
