/**
 * No secret of any way to authenticate is in anything that node and credential give out: items,
 * errors, logs, execution records, verdicts; also when COC repeats what it was sent.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { StoredCredential } from '../engine/index.cts';
import type { Fault, RecordedRequest } from '../standin/index.cts';
import { LIST, type Mode, modes, useDeployment } from '../support/deployment.cts';
import { everythingOf, secretsIn } from '../support/secretSearch.cts';
import { emittedBy } from './emitted.cts';
import { rejection, withLogs } from './support.cts';
import { useQuickTime } from '../support/quickTime.cts';

let onCocRequest: ((request: RecordedRequest) => void) | undefined;
useQuickTime();
const d = useDeployment({ coc: { onRequest: (request) => onCocRequest?.(request) } });
afterEach(() => {
	onCocRequest = undefined;
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

async function credentialOf(mode: Mode): Promise<() => StoredCredential> {
	if (mode === 'token') return () => d.credential(mode);
	if (mode === 'accessKey') {
		d.key = d.coc.issueAccessKey({ securityToken: true });
		const { securityToken = '' } = d.key;
		return () => d.credential(mode, { securityToken });
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
		expect(secretsIn(await emittedBy(d, await credentialOf(mode)), allSecrets())).toEqual([]);
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
		expect(secretsIn(await emittedBy(d, credential), allSecrets())).toEqual([]);
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
		expect(secretsIn(await emittedBy(d, credential), allSecrets())).toEqual([]);
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
		const found = secretsIn(await emittedBy(d, credential), allSecrets());
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
		expect(secretsIn(await emittedBy(d, credential), allSecrets())).toEqual([]);
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

test('a damaged key is named by its field only', async () => {
	const { secretAccessKey } = d.key;
	const half = secretAccessKey.slice(0, 15);
	for (const fields of [
		{ secretAccessKey: `${half}\n${secretAccessKey.slice(15)}` },
		{ securityToken: `${half}é` },
		{ accessKeyId: `${half} ${half}` },
	]) {
		const text = await emittedBy(d, () => d.credential('accessKey', fields));
		expect(secretsIn(text, { half, ...allSecrets() })).toEqual([]);
	}
});
