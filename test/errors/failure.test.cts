import { describe, expect, test } from '@jest/globals';
import type * as source from '../../nodes/errors/failure.ts';
import { built } from '../support/built.cts';
import { reading, shown, words } from '../coc/reading.cts';

const { answerFailure, credentialFailure, inputFailure, noAnswerFailure } =
	built<typeof source>('nodes/errors/failure');

const UNKNOWN = /^It may have been applied: check the ticket before repeating\.$/;
const BETWEEN = / Check what stands between n8n and COC \(.*\), and the credential's 'Endpoint'\.$/;

/** The failure that an answer becomes, judged as the node judges it. */
function failed(httpStatus: number, body: unknown, headers: Record<string, string> = {}) {
	const answer = reading(body, { httpStatus, headers });
	return shown(answerFailure(answer, words, 'token'));
}
const saying = (error_code: string) => ({ error_code, error_msg: 'Own words.', request_id: 'r-1' });

test("COC's own message and code come first, then status and request id as plain fields", () => {
	expect(failed(400, { ...saying('GOM.00007256'), data: null })).toEqual({
		outcome: 'refused',
		origin: 'service',
		reason: '"Own words." (GOM.00007256, HTTP 400)',
		hint: 'Check what the ticket waits for.',
		errorCode: 'GOM.00007256',
		httpStatus: 400,
		requestId: 'r-1',
		cause: null,
		retryAfterMs: null,
	});
});

describe('a refusal says what to do about', () => {
	const token = /token is invalid or expired \(tokens live 24 hours\)/;
	const site = /token.*renewed.*site or region.*'Endpoint'/;
	const permission = /lacks a permission.*coc:ticket:action/;
	const endpoint = /no COC API at this address.*'Endpoint'/;
	const user = /doesn't recognise the credential's user/;
	const throttled = /limits the number of requests.*wait/;
	const later = /IAM is not available.*later/;

	test.each([
		[401, 'APIGW.0301', token, 'credential-invalid'],
		[401, 'APIGW.0305', token, 'credential-invalid'],
		[401, 'APIGW.0307', site, 'credential-invalid'],
		[401, 'SOMETHING.NEW', token, 'credential-invalid'],
		[403, 'APIGW.0302', permission, 'configuration-invalid'],
		[403, 'APIGW.0306', permission, 'configuration-invalid'],
		[403, 'APIGW.0310', permission, 'configuration-invalid'],
		[403, 'APIGW.0402', permission, 'configuration-invalid'],
		[403, 'APIGW.0801', permission, 'configuration-invalid'],
		[403, 'APIGW.0802', permission, 'configuration-invalid'],
		[403, 'SOMETHING.NEW', permission, 'configuration-invalid'],
		[404, 'APIGW.0101', endpoint, 'configuration-invalid'],
		[404, 'APIGW.0103', endpoint, 'configuration-invalid'],
		[404, 'SOMETHING.NEW', endpoint, 'configuration-invalid'],
		[413, 'APIGW.0201', /Shorten/, null],
		[429, 'APIGW.0308', throttled, 'rate-limited'],
		[429, 'SOMETHING.NEW', throttled, 'rate-limited'],
		[503, 'APIGW.0613', later, 'temporarily-unavailable'],
		[400, 'COC.00067003', /ticket number.*'Endpoint'/, null],
		[400, 'COC.00011013', user, 'credential-invalid'],
		[400, 'COC.00010014', user, 'credential-invalid'],
		[400, 'COC.00010002', /^Check what the ticket waits for\.$/, null],
		[400, 'SOMETHING.NEW', /^Check what the ticket waits for\.$/, null],
		[200, 'GOM.00007256', /^Check what the ticket waits for\.$/, null],
		[200, 'APIGW.0301', token, 'credential-invalid'],
	])('HTTP %d with %s', (status, code, hint, cause) => {
		const failure = failed(status, saying(code));
		expect(failure).toMatchObject({ outcome: 'refused', errorCode: code, cause });
		expect(failure.hint).toMatch(hint);
		expect(failure.reason).toBe(`"Own words." (${code}, HTTP ${status})`);
	});

	test.each([
		['APIG.0301', 401, token],
		['APIG.0302', 403, permission],
		['APIG.0308', 429, throttled],
		['APIG.0613', 503, later],
	])('%s, which older gateways say', (code, status, hint) => {
		expect(failed(status, saying(code)).hint).toMatch(hint);
	});

	test.each([
		[401, token],
		[403, permission],
		[404, endpoint],
		[429, throttled],
	])('HTTP %d in the shape of IAM', (status, hint) => {
		const error = { code: status, message: 'No.', title: 'No' };
		expect(failed(status, { error })).toMatchObject({
			reason: `"No." (HTTP ${status})`,
			hint: expect.stringMatching(hint),
		});
	});

	test.each(['constructor', 'toString', '__proto__'])(
		'HTTP 401 even when the code is %s',
		(code) => {
			expect(failed(401, saying(code)).hint).toMatch(token);
		},
	);

	test.each([400, 500])(
		'no permission when the status is %d and the code only looks it',
		(status) => {
			expect(failed(status, saying('XAPIGW.0302')).hint).not.toMatch(permission);
		},
	);
});

describe('a redirect', () => {
	const headers = { location: 'https://login.example/sign-in' };

	test.each([301, 302, 303, 307, 308])('of status %d names the host it leads to', (status) => {
		const failure = failed(status, '', headers);
		expect(failure.reason).toMatch(new RegExp(`redirects to login\\.example \\(HTTP ${status}\\)`));
		expect(failure.hint).toContain("'Endpoint'");
		expect(failure).toMatchObject({ outcome: 'refused', cause: 'configuration-invalid' });
	});

	test('is told also when it names no host, or brings a body of its own', () => {
		expect(failed(302, '<html></html>').reason).toContain('redirects to another address');
		expect(failed(302, saying('GOM.00000000'), headers).reason).toContain('login.example');
	});
});

describe('what came is said in its own words', () => {
	test.each([
		['', /is empty/],
		['<html></html>', /is no readable JSON/],
		['{"error_code":"GOM.000', /is no readable JSON/],
		['null', /is not COC's/],
		['[]', /is not COC's/],
		['{}', /is not COC's/],
	])('HTTP 200 with the body %j', (body, reason) => {
		const failure = failed(200, body);
		expect(failure.reason).toMatch(reason);
		expect(failure.reason).toContain('HTTP 200');
		expect(failure).toMatchObject({ outcome: 'unknown', cause: null, errorCode: null });
		const between = /something between n8n and COC/.test(failure.reason);
		expect(failure.hint.replace(BETWEEN, '')).toMatch(UNKNOWN);
		expect(BETWEEN.test(failure.hint)).toBe(between);
		// Of JSON that breaks off nobody can tell whose it is.
		expect(between).toBe(!body.startsWith('{"error_code"'));
	});

	test.each([
		['tooLarge', /too large/],
		['lost', /broke off/],
		['timedOut', /not complete in time/],
	] as const)('a body that was %s', (bodyProblem, reason) => {
		const answer = reading('', { body: null, bodyProblem });
		const failure = answerFailure(answer, words, 'token');
		expect(failure.reason).toMatch(reason);
		expect(failure.hint).toMatch(UNKNOWN);
	});

	test('a code without a message, a message without a code', () => {
		expect(failed(400, { error_code: 'GOM.1' }).reason).toBe('no message (GOM.1, HTTP 400)');
		expect(failed(400, { message: 'Nope' }).reason).toMatch(
			/^something between n8n and COC answered \(HTTP 400\): .*"Nope"$/,
		);
	});
});

describe('with an unknown outcome nothing invites to repeat', () => {
	test.each([408, 500, 502, 503, 504])('HTTP %d', (status) => {
		const failure = failed(status, saying('APIGW.0201'), { 'retry-after': '5' });
		expect(failure).toMatchObject({ outcome: 'unknown', cause: null, errorCode: 'APIGW.0201' });
		expect(failure.hint).toMatch(UNKNOWN);
	});

	test.each([
		['timeout', /no answer came from coc\.example:8443 within 700 ms \(ECONNRESET\)$/],
		['lost', /connection to coc\.example:8443 was lost .*\(ECONNRESET\)$/],
		['headersTooLarge', /coc\.example:8443 has more headers than n8n can read/],
		['noHttp', /coc\.example:8443, or something before it, answered is no HTTP/],
	] as const)('no answer: %s', (kind, reason) => {
		const request = { host: 'coc.example:8443', timeoutMs: 700, field: 'Endpoint' as const };
		const failure = shown(noAnswerFailure({ kind, code: 'ECONNRESET' }, words, request));
		expect(failure).toMatchObject({ outcome: 'unknown', cause: null, errorCode: 'ECONNRESET' });
		expect(failure.reason).toMatch(reason);
		expect(failure.hint).toMatch(UNKNOWN);
	});
});

test('a service that asks for a wait is taken at its word', () => {
	const failure = failed(429, saying('APIGW.0308'), { 'retry-after': '5' });
	expect(failure).toMatchObject({ cause: 'rate-limited', retryAfterMs: 5000 });
});

describe('a request that was not sent is explained:', () => {
	test.each([
		['dns', 'ENOTFOUND', /host name coc\.example could not be resolved/, /'Endpoint'/],
		['refusedConnection', 'ECONNREFUSED', /coc\.example refused the connection/, /'Endpoint'/],
		['unreachable', 'ENETUNREACH', /coc\.example is unreachable/, /network/],
		[
			'certificate',
			'CERT_HAS_EXPIRED',
			/certificate of coc\.example/,
			/'CA Certificate'.*NODE_EXTRA_CA_CERTS.*'Ignore SSL Issues/,
		],
		['tlsProtocol', 'EPROTO', /secure connection to coc\.example/, /https/],
		['blocked', null, /n8n does not allow requests to coc\.example/, /administrator/],
		['proxyGone', null, /proxy closed the connection.* coc\.example/, /HTTPS_PROXY/],
		['cancelled', null, /cancelled/, /again/],
	] as const)('%s', (kind, code, reason, hint) => {
		const request = { host: 'coc.example', timeoutMs: 30_000, field: 'Endpoint' as const };
		const failure = shown(noAnswerFailure({ kind, code }, words, request));
		expect(failure).toMatchObject({ outcome: 'notSent', errorCode: code, httpStatus: null });
		expect(failure.reason).toMatch(reason);
		expect(failure.hint).toMatch(hint);
		// The code is quoted, whatever it is.
		if (code !== null) expect(failure.reason).toMatch(new RegExp(`[( ]${code}\\)$`));
	});

	test('bad input and a bad credential, whose cause n8n is told', () => {
		expect(inputFailure('why', 'What to do.')).toMatchObject({
			outcome: 'notSent',
			origin: 'input',
			reason: 'why',
			hint: 'What to do.',
			cause: null,
			errorCode: null,
		});
		expect(credentialFailure({ reason: 'why' })).toMatchObject({
			outcome: 'notSent',
			cause: 'credential-invalid',
			hint: expect.stringContaining('credential'),
		});
		expect(credentialFailure({ reason: 'why', mayPass: true })).toMatchObject({
			cause: 'temporarily-unavailable',
		});
	});
});
