/** The password is in nothing that is given out, also when IAM repeats what it was sent. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { iamError } from '../standin/iam.cts';
import type { Fault, RecordedRequest } from '../standin/index.cts';
import { LIST, useDeployment } from '../support/deployment.cts';
import { everythingOf, secretsIn } from '../support/secretSearch.cts';
import { emittedBy } from './emitted.cts';
import { rejection, withLogs } from './support.cts';

let onIamRequest: ((request: RecordedRequest) => void) | undefined;
const d = useDeployment({ iam: { onRequest: (request) => onIamRequest?.(request) } });
afterEach(() => {
	onIamRequest = undefined;
});

const inBase64 = (text: string) => Buffer.from(text).toString('base64');

describe('IAM repeats what it was sent', () => {
	const password = (request: RecordedRequest) =>
		(request.json as { auth: { identity: { password: { user: { password: string } } } } }).auth
			.identity.password.user.password;
	const echoes: Array<[string, (request: RecordedRequest) => Fault]> = [
		['the password', (request) => refusal(`Wrong: ${password(request)}.`)],
		['the password in JSON', (request) => refusal(JSON.stringify({ password: password(request) }))],
		['the password in a URL', (request) => refusal(encodeURIComponent(password(request)))],
		['the password in base64', (request) => refusal(inBase64(password(request)))],
		['the whole body', (request) => refusal(request.text)],
		[
			'the password in its title',
			(request) => raw({ error: { code: 401, title: password(request) } }),
		],
		[
			'the password as its code',
			(request) => raw({ error: { code: password(request), message: 'No.' } }),
		],
		[
			'the password twice',
			(request) => ({ kind: 'raw', ...iamError(401, password(request), { doubled: true }) }),
		],
		[
			'a web page with the body',
			(request) => ({ kind: 'raw', status: 502, body: `<p>${request.text}</p>` }),
		],
		[
			'a redirect with the password',
			(request) => ({
				kind: 'redirect',
				location: `https://elsewhere.invalid/?${encodeURIComponent(password(request))}`,
			}),
		],
		[
			'the password in place of the token',
			(request) =>
				({
					...raw({}),
					status: 201,
					headers: { 'X-Subject-Token': encodeURIComponent(password(request)) },
				}) as Fault,
		],
	];
	const refusal = (message: string): Fault => ({ kind: 'raw', ...iamError(401, message) });
	const raw = (body: object): Fault => ({
		kind: 'raw',
		status: 401,
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});

	test.each(echoes)('%s', async (_what, echo) => {
		onIamRequest = (request) => {
			d.iam.clearFaults();
			d.iam.fault(echo(request));
		};
		const text = await emittedBy(d, () => d.credential('iamUser'));
		expect(secretsIn(text, { password: d.user.password })).toEqual([]);
		const url = d.coc.url + LIST;
		const { result, logs } = await withLogs(() =>
			rejection(d.request(d.credential('iamUser'), { url })),
		);
		expect(secretsIn(everythingOf([result, logs]), { password: d.user.password })).toEqual([]);
	});

	test('a short password', async () => {
		d.user.password = 'Kz4!x9';
		onIamRequest = (request) => {
			d.iam.clearFaults();
			d.iam.fault(refusal(`The password ${password(request)} is wrong`));
		};
		expect(
			secretsIn(await emittedBy(d, () => d.credential('iamUser')), { password: d.user.password }),
		).toEqual([]);
	});
});

test('neither an IAM that is gone nor a bad address shows the password', async () => {
	const gone = d.iam.url;
	await d.iam.close();
	d.iam.close = () => Promise.resolve();
	for (const iamEndpoint of [
		gone,
		`https://me:${encodeURIComponent(d.user.password)}@iam.invalid`,
		'nowhere',
	]) {
		const text = await emittedBy(d, () => d.credential('iamUser', { iamEndpoint }));
		expect(secretsIn(text, { password: d.user.password })).toEqual([]);
	}
});
