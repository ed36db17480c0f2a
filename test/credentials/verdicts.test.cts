/** What the button *Test* says about each answer; never a false "Connection successful!". */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Fault, type StandIn, startStandIn } from '../standin/index.cts';
import { pressTest } from './support.cts';

let coc: StandIn;
let token: string;
beforeAll(async () => {
	coc = await startStandIn();
	token = coc.issueToken();
});
afterAll(() => coc.close());
beforeEach(() => {
	coc.clearFaults();
	coc.requests.length = 0;
});

const SUCCESS = { status: 'OK', message: 'Connection successful!' };
const says = (message: RegExp) => ({ status: 'Error', message: expect.stringMatching(message) });
const NOT_COC = /The answer isn't COC's: check the 'Endpoint'/;

/** Presses *Test* while COC's next answer is this one. */
async function verdict(answer: Fault) {
	coc.fault(answer);
	return await pressTest({ endpoint: coc.url, token });
}
const raw = (status: number, body: string, headers: Record<string, string> = {}): Fault => ({
	kind: 'raw',
	status,
	body,
	headers: { 'Content-Type': 'application/json', ...headers },
});
const list = (error_code: unknown, total: unknown = 1) =>
	JSON.stringify({ provider_code: '049', error_code, error_msg: null, data: { total } });

describe('a good credential works', () => {
	test('with one harmless read that carries the token', async () => {
		expect(await pressTest({ endpoint: coc.url, token })).toEqual(SUCCESS);
		expect(coc.requests).toHaveLength(1);
		expect(coc.requests[0]).toMatchObject({ method: 'GET', status: 200, applied: false, text: '' });
		expect(coc.requests[0]?.url).toBe('/v1/incident-tickets?limit=1&offset=1');
		expect(coc.requests[0]?.headers['x-auth-token']).toBe(token);
	});

	test('also when it may do nothing but list', async () => {
		const lists = coc.issueToken({ permissions: ['coc:ticket:list'] });
		expect(await pressTest({ endpoint: coc.url, token: lists })).toEqual(SUCCESS);
	});

	test.each(['GOM.00000000', '0', '0000'])('when COC says %s', async (code) => {
		expect(await verdict(raw(200, list(code)))).toEqual(SUCCESS);
		expect(await verdict(raw(200, list(code, 0)))).toEqual(SUCCESS);
	});
});

describe('a credential that COC refuses', () => {
	const expired = /^COC refuses the credential: .*24 hours.*Access key/;

	test('because its token is unknown', async () => {
		expect(await pressTest({ endpoint: coc.url, token: 'unknown' })).toEqual(says(expired));
	});

	test('because its token has expired', async () => {
		const ended = coc.issueToken();
		coc.expireToken(ended);
		expect(await pressTest({ endpoint: coc.url, token: ended })).toEqual(says(expired));
	});

	test("because it lacks the permission to list, which doesn't stop Verify", async () => {
		const verifies = coc.issueToken({ permissions: ['coc:ticket:action'] });
		const result = await pressTest({ endpoint: coc.url, token: verifies });
		expect(result).toEqual(says(/coc:ticket:list.*doesn't stop 'Verify'.*coc:ticket:action/));
	});

	const gateway = (status: number, code: string): Fault => ({ kind: 'status', status, code });
	const wait = /wait a minute/;
	test.each([
		[gateway(401, 'APIGW.0305'), expired],
		[gateway(401, 'APIG.0301'), expired],
		[gateway(200, 'APIGW.0301'), expired],
		[gateway(401, 'APIGW.0307'), /^The credential belongs to another site/],
		...['0306', '0310', '0402', '0801', '0802'].map(
			(code) => [gateway(403, `APIGW.${code}`), /may not list.*Verify/] as [Fault, RegExp],
		),
		[gateway(404, 'APIGW.0101'), /no COC API at this address.*'Endpoint'/],
		[gateway(404, 'APIGW.0103'), /no COC API at this address.*'Endpoint'/],
		[gateway(429, 'APIGW.0308'), wait],
		[gateway(500, 'APIGW.0601'), wait],
		[gateway(503, 'APIGW.0605'), wait],
		[gateway(503, 'APIGW.0613'), wait],
		[gateway(400, 'COC.00011013'), /doesn't recognise the credential's user/],
		[gateway(400, 'COC.00010014'), /doesn't recognise the credential's user/],
		[gateway(400, 'GOM.00007256'), /code that does not mean success/],
		[gateway(401, 'SOMETHING.9'), /./],
		[gateway(502, 'APIGW.0201'), /./],
		[gateway(504, 'APIGW.0201'), /./],
	] as Array<[Fault, RegExp]>)('is told why: %j', async (answer, message) => {
		expect(await verdict(answer)).toEqual(says(message));
	});

	test.each([
		[401, 401, expired],
		[401, '401', expired],
		[403, 403, /may not list.*Verify/],
		[403, '403', /may not list.*Verify/],
	])('is told why in the shape of IAM: %d, code %j', async (status, code, message) => {
		const body = JSON.stringify({ error: { code, message: 'No.', title: 'No' } });
		expect(await verdict(raw(status, body))).toEqual(says(message));
	});
});

describe('a bare status proves nothing', () => {
	const page = '<html><head><title>Blocked</title></head></html>';
	const wrong =
		/refuses the credential|credential works|may not list|There is no COC API|gateway is in trouble/;

	test.each([
		...[400, 401, 403].flatMap(
			(status): Array<[string, Fault, RegExp]> => [
				[`a page with ${status}`, raw(status, page, { 'Content-Type': 'text/html' }), NOT_COC],
				[`an empty ${status}`, raw(status, ''), NOT_COC],
				[`JSON without a code with ${status}`, raw(status, '{"message":"Log in"}'), NOT_COC],
				[`a code without words with ${status}`, raw(status, '{"status":"denied"}'), NOT_COC],
			],
		),
		['a page with 404', raw(404, page), /the answer isn't COC's: check the 'Endpoint'.*a firewall/],
		['an empty 404', raw(404, ''), /the answer isn't COC's: check the 'Endpoint'.*a firewall/],
		['a page with 503', raw(503, page), /or something before it, is in trouble.*wait a minute/],
		['a proxy’s 407', raw(407, page), /A proxy between n8n and COC wants.*HTTPS_PROXY/],
	])('%s', async (_what, answer, message) => {
		const result = await verdict(answer);
		expect(result).toEqual(says(message));
		expect(result.message).not.toMatch(wrong);
	});

	test.each([
		[401, { code: 'APIGW.0301', message: 'No.' }, /refuses the credential/],
		[403, { code: 'APIG.0302', message: 'No.' }, /may not list.*Verify/],
		[401, { error: { code: 'APIGW.0307', message: 'No.' } }, /another site/],
	])('but the code does, also in other shapes: %d %j', async (status, body, message) => {
		expect(await verdict(raw(status, JSON.stringify(body)))).toEqual(says(message));
	});
});

describe("an answer that isn't COC's", () => {
	test.each([
		['a web page', { kind: 'html' }],
		['a web page with status 404', { kind: 'html', status: 404 }],
		['a web page with status 502', { kind: 'html', status: 502 }],
		['an empty body', { kind: 'empty' }],
		['an empty 204', { kind: 'empty', status: 204 }],
		['JSON that breaks off', { kind: 'truncated', complete: true }],
		['null', raw(200, 'null')],
		['true', raw(200, 'true')],
		['a number', raw(200, '0')],
		['a text', raw(200, '"GOM.00000000"')],
		['plain words', raw(200, 'GOM.00000000', { 'Content-Type': 'text/plain' })],
		['an empty list', raw(200, '[]')],
		['a list of somebody else', raw(200, '[{"id":1}]')],
		['an empty object', raw(200, '{}')],
		['JSON of somebody else', raw(200, '{"status":"ok","data":{"total":3}}')],
		['another spelling', raw(200, '{"errorCode":"GOM.00000000","data":{"total":3}}')],
		['an error of somebody else', raw(500, '{"message":"Internal error"}')],
		['a code that is null', raw(200, list(null))],
		['a code that is a number', raw(200, list(7256))],
		['success without data', raw(200, '{"error_code":"GOM.00000000","error_msg":null}')],
		['success with data null', raw(200, '{"error_code":"GOM.00000000","data":null}')],
		['success with other data', raw(200, '{"error_code":"0","data":{"id":1}}')],
	] as Array<[string, Fault]>)('is told apart: %s', async (_what, answer) => {
		const result = await verdict(answer);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/\w/);
	});

	test.each([
		['a web page', { kind: 'html' }],
		['an empty body', { kind: 'empty' }],
		['JSON of somebody else', raw(200, '{"status":"ok","data":{"total":3}}')],
		['success without data', raw(200, '{"error_code":"GOM.00000000","data":null}')],
	] as Array<[string, Fault]>)('sends the user to the endpoint: %s', async (_what, answer) => {
		expect(await verdict(answer)).toEqual(says(NOT_COC));
	});
});

describe('no answer', () => {
	test.each([
		['the connection is reset', { kind: 'resetBefore' }, /ECONNRESET|connection/],
		['the answer breaks off', { kind: 'truncated' }, /\w/],
	] as Array<[string, Fault, RegExp]>)('when %s', async (_what, fault, message) => {
		expect(await verdict(fault)).toEqual(says(message));
	});

	test('when nobody listens', async () => {
		const gone = await startStandIn();
		await gone.close();
		expect(await pressTest({ endpoint: gone.url, token })).toEqual(says(/ECONNREFUSED/));
	});
});
