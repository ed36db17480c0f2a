/**
 * No secret of any way to authenticate is in anything that node and credential give out: items,
 * errors, logs, execution records, verdicts; also when COC or IAM repeat what they were sent.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { StoredCredential } from '../engine/index.cts';
import { iamError } from '../standin/iam.cts';
import type { Fault, RecordedRequest } from '../standin/index.cts';
import { LIST, type Mode, modes, useDeployment } from '../support/deployment.cts';
import { everythingOf, secretsIn } from '../support/secretSearch.cts';
import { rejection, withLogs } from './support.cts';

let onCocRequest: ((request: RecordedRequest) => void) | undefined;
let onIamRequest: ((request: RecordedRequest) => void) | undefined;
const d = useDeployment({
	coc: { onRequest: (request) => onCocRequest?.(request) },
	iam: { onRequest: (request) => onIamRequest?.(request) },
});
afterEach(() => {
	onCocRequest = onIamRequest = undefined;
});

/** The secret parts of a request to COC, by name. */
function sentSecrets({ headers }: RecordedRequest): Record<string, string> {
	const [, access, signature] =
		/Access=(\w+).*Signature=(\w+)/.exec(headers.authorization ?? '') ?? [];
	const found = {
		token: headers['x-auth-token'],
		'security token': headers['x-security-token'],
		'access key ID': access,
		signature,
	};
	return Object.fromEntries(
		Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}

function allSecrets(): Record<string, string> {
	const { password, tokens } = d.user;
	const { secretAccessKey, accessKeyId } = d.key;
	const secrets: Record<string, string> = {
		password,
		secretAccessKey,
		accessKeyId,
		token: d.token,
	};
	for (const [index, token] of tokens.entries()) secrets[`session token ${index}`] = token;
	for (const [index, request] of d.coc.requests.entries()) {
		for (const [name, value] of Object.entries(sentSecrets(request))) {
			secrets[`${name} of request ${index}`] = value;
		}
	}
	return secrets;
}

/** Runs the node in all modes of *On Error* and presses *Test*: all that comes of it, as one text. */
async function emitted(credential: () => StoredCredential): Promise<string> {
	const { result, logs } = await withLogs(async () => {
		const results: unknown[] = [];
		for (const onError of [
			'stopWorkflow',
			'continueRegularOutput',
			'continueErrorOutput',
		] as const) {
			results.push((await d.verify(credential(), 2, { onError })).dump());
		}
		results.push(await d.test(credential()));
		return results;
	});
	const texts = result.map((one) => (typeof one === 'string' ? one : everythingOf(one)));
	return [...texts, everythingOf(logs)].join('\n');
}

async function credentialOf(mode: Mode): Promise<() => StoredCredential> {
	if (mode === 'token') return () => d.credential(mode);
	if (mode === 'accessKey') {
		const {
			accessKeyId,
			secretAccessKey,
			securityToken = '',
		} = d.coc.issueAccessKey({ securityToken: true });
		return () => d.credential(mode, { accessKeyId, secretAccessKey, securityToken });
	}
	const { data } = await d.signedIn();
	return () => ({ ...d.credential(mode), data: structuredClone(data) });
}

test('the search finds a secret, however it is spelled', () => {
	const secret = 'A pässword: "with\\all/sorts+of%things"';
	const spelled = [
		secret,
		JSON.stringify({ secret }),
		JSON.stringify(JSON.stringify({ secret })),
		encodeURIComponent(secret),
		new URLSearchParams({ secret }).toString(),
		btoa(unescape(encodeURIComponent(`user:${secret}`))),
		Buffer.from(`x${secret}y`).toString('base64url'),
	];
	for (const text of spelled) {
		expect(secretsIn(`… ${text} …`, { secret })).toEqual(['secret']);
		expect(secretsIn(everythingOf({ deep: [new Error(text)] }), { secret })).toEqual(['secret']);
	}
	expect(secretsIn('nothing of this', { secret })).toEqual([]);
});

const inUrl = (secret: string) => encodeURIComponent(secret);
const inBase64 = (secret: string) => Buffer.from(secret).toString('base64');

describe.each(modes)('with %s as credential', (mode) => {
	test('all is well', async () => {
		expect(secretsIn(await emitted(await credentialOf(mode)), allSecrets())).toEqual([]);
		expect(d.writes().length).toBe(6);
	});

	test.each<[string, Fault]>([
		['COC refuses the credential', { kind: 'expiredToken', times: 100 }],
		['COC is in trouble', { kind: 'status', status: 500, times: 100 }],
		['the connection is lost', { kind: 'resetBefore', times: 100 }],
		['a web page answers', { kind: 'html', times: 100 }],
	])('when %s', async (_what, fault) => {
		const credential = await credentialOf(mode);
		d.coc.fault(fault);
		expect(secretsIn(await emitted(credential), allSecrets())).toEqual([]);
	});

	const json = { 'Content-Type': 'application/json' };
	/** How COC, or what lies before it, repeats a text. */
	const echoes: Array<[string, (text: string) => Fault]> = [
		[
			'in its message',
			(text) => ({ kind: 'errorCode', status: 400, code: 'GOM.1', message: text }),
		],
		['in its message with 200', (text) => ({ kind: 'errorCode', code: 'GOM.1', message: text })],
		['in its code', (text) => ({ kind: 'errorCode', status: 400, code: text, message: 'No.' })],
		[
			'in what it says of the signature',
			(text) => ({ kind: 'status', status: 401, code: 'APIGW.0301', message: text }),
		],
		['in trouble', (text) => ({ kind: 'status', status: 500, message: text })],
		['in a web page', (text) => ({ kind: 'raw', status: 502, body: `<html>${text}</html>` })],
		[
			'in a redirect',
			(text) => ({ kind: 'redirect', location: `https://elsewhere.invalid/${text}` }),
		],
		[
			'as request ID',
			(text) => ({
				kind: 'raw',
				status: 400,
				headers: json,
				body: JSON.stringify({ error_code: 'GOM.1', request_id: text }),
			}),
		],
		[
			'with success',
			(text) => ({
				kind: 'raw',
				status: 200,
				headers: json,
				body: JSON.stringify({
					error_code: 'GOM.00000000',
					error_msg: text,
					data: { [text]: [text] },
				}),
			}),
		],
	];
	test.each(echoes)('COC repeats each secret %s', async (_where, echo) => {
		const credential = await credentialOf(mode);
		onCocRequest = (request) => {
			d.coc.clearFaults();
			d.coc.fault(echo(Object.values(sentSecrets(request)).join(' ')));
		};
		expect(secretsIn(await emitted(credential), allSecrets())).toEqual([]);
	});

	test.each([
		['for a URL', inUrl],
		['in base64', inBase64],
	])('COC repeats each secret encoded %s', async (_how, encode) => {
		const credential = await credentialOf(mode);
		onCocRequest = (request) => {
			d.coc.clearFaults();
			const message = Object.values(sentSecrets(request)).map(encode).join(' ');
			d.coc.fault({ kind: 'errorCode', status: 400, code: 'GOM.1', message });
		};
		const found = secretsIn(await emitted(credential), allSecrets());
		// A signature is good for one request only; it is looked for as servers repeat it: in hex.
		const counts = (name: string) => encode !== inBase64 || !name.startsWith('signature');
		expect(found.filter(counts)).toEqual([]);
	});

	test.each<[string, (request: RecordedRequest) => string]>([
		['as a list of its headers', ({ rawHeaders }) => rawHeaders.join('\n')],
		['as JSON of its headers', ({ headers }) => JSON.stringify(headers)],
		[
			'as the canonical request of its signature',
			({ headers, url }) =>
				`verify aksk signature fail, canonicalRequest:POST|${url}||` +
				Object.entries(headers)
					.map(([name, value]) => `${name}:${String(value)}`)
					.join('|'),
		],
		['as the string that was signed', ({ headers }) => `Authorization: ${headers.authorization}`],
		[
			'cut off in the middle of the secret',
			(request) => `${'x'.repeat(270)} ${Object.values(sentSecrets(request)).join(' ')}`,
		],
	])('COC repeats the whole request, %s', async (_how, text) => {
		const credential = await credentialOf(mode);
		onCocRequest = (request) => {
			d.coc.clearFaults();
			d.coc.fault({ kind: 'status', status: 401, code: 'APIGW.0301', message: text(request) });
		};
		expect(secretsIn(await emitted(credential), allSecrets())).toEqual([]);
	});

	test('a request of another node fails: neither its message nor the log has a secret', async () => {
		const credential = await credentialOf(mode);
		const url = d.coc.url + LIST;
		for (const fault of [
			{ kind: 'status', status: 500 },
			{ kind: 'expiredToken', times: 9 },
			{ kind: 'resetBefore' },
		] as Fault[]) {
			d.coc.fault(fault);
			const { result, logs } = await withLogs(() => rejection(d.request(credential(), { url })));
			d.coc.clearFaults();
			const { message, description, messages } = result as Error & Record<string, unknown>;
			const text = everythingOf([message, description, messages, logs]);
			expect(secretsIn(text, allSecrets())).toEqual([]);
		}
		const foreign = await rejection(d.request(credential(), { url: 'https://coc.invalid/' }));
		expect(secretsIn(everythingOf(foreign), allSecrets())).toEqual([]);
	});
});

describe('IAM repeats what it was sent', () => {
	const password = (request: RecordedRequest) =>
		(request.json as { auth: { identity: { password: { user: { password: string } } } } }).auth
			.identity.password.user.password;
	const echoes: Array<[string, (request: RecordedRequest) => Fault]> = [
		['the password', (request) => refusal(`Wrong: ${password(request)}.`)],
		['the password in JSON', (request) => refusal(JSON.stringify({ password: password(request) }))],
		['the password in a URL', (request) => refusal(inUrl(password(request)))],
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
				location: `https://elsewhere.invalid/?${inUrl(password(request))}`,
			}),
		],
		[
			'the password in place of the token',
			(request) =>
				({
					...raw({}),
					status: 201,
					headers: { 'X-Subject-Token': inUrl(password(request)) },
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
		const text = await emitted(() => d.credential('iamUser'));
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
			secretsIn(await emitted(() => d.credential('iamUser')), { password: d.user.password }),
		).toEqual([]);
	});
});

test('neither an IAM that is gone nor a bad address shows the password', async () => {
	const gone = d.iam.url;
	await d.iam.close();
	d.iam.close = () => Promise.resolve();
	for (const iamEndpoint of [gone, `https://me:${inUrl(d.user.password)}@iam.invalid`, 'nowhere']) {
		const text = await emitted(() => d.credential('iamUser', { iamEndpoint }));
		expect(secretsIn(text, allSecrets())).toEqual([]);
	}
});

test('a damaged key is named by its field only', async () => {
	const { secretAccessKey } = d.key;
	const half = secretAccessKey.slice(0, 15);
	for (const fields of [
		{ secretAccessKey: `${half}\n${secretAccessKey.slice(15)}` },
		{ securityToken: `${half}é` },
		{ accessKeyId: `${half} ${half}` },
	]) {
		const text = await emitted(() => d.credential('accessKey', fields));
		expect(secretsIn(text, { half, ...allSecrets() })).toEqual([]);
	}
});
