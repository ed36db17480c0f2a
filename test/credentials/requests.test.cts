/** The credential in requests of other nodes, first of all n8n's HTTP Request node. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { HelperCall } from '../engine/index.cts';
import { type StandIn, startStandIn } from '../standin/index.cts';
import { callWith, credentialType, requestWith, rejection } from './support.cts';

let coc: StandIn;
let token: string;
let data: { endpoint: string; token: string };
beforeAll(async () => {
	coc = await startStandIn();
	token = coc.issueToken();
	data = { endpoint: coc.url, token };
});
afterAll(() => coc.close());
beforeEach(() => {
	coc.clearFaults();
	coc.requests.length = 0;
});

/** The same request in both dialects. */
const inBothDialects = (url: string, more: object = {}): HelperCall[] => [
	{ helper: 'httpRequestWithAuthentication', options: { url, ...more } },
	{ helper: 'requestWithAuthentication', options: { uri: url, ...more } },
	{ helper: 'requestWithAuthentication', options: { url, ...more } as never },
];
const tokenHeaders = () =>
	coc.requests.map(({ rawHeaders }) =>
		rawHeaders.filter((_, i, all) => /^x-auth-token$/i.test(all[i - (i % 2)] ?? '')),
	);

describe('every COC API can be called', () => {
	test('by the HTTP Request node, with its body as given', async () => {
		const { number } = coc.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		const body = {
			incident_num: number,
			operator: '7da46971b7e24eed90cf777cc2ff8b91',
			operate_key: 'acceptedIncident1',
			parameter: {},
		};
		const url = `${coc.url}/v1/external/incident/handle`;
		const answer = await requestWith(data, { url, method: 'POST', body });
		expect(answer.statusCode).toBe(200);
		expect(JSON.parse(answer.body)).toMatchObject({ error_code: 'GOM.00000000' });
		expect(coc.requests).toMatchObject([{ json: body, applied: true }]);
	});

	test('by the HTTP Request node, with a query', async () => {
		const { number } = coc.addTicket();
		const url = `${coc.url}/v1/incident-tickets?limit=100`;
		const answer = await requestWith(data, { url });
		expect(answer.body).toContain(number);
		expect(coc.requests[0]?.url).toBe('/v1/incident-tickets?limit=100');
	});

	test('in both dialects, each request with the token once', async () => {
		for (const call of inBothDialects(`${coc.url}/v1/incident-tickets`)) await callWith(data, call);
		expect(coc.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(tokenHeaders()).toEqual(Array(3).fill(['X-Auth-Token', token]));
	});

	test.each([
		['a path below the base', '/v1/incident-tickets', ''],
		['no path but the base', '', '/v1/incident-tickets'],
		['a path without a slash', 'v1/incident-tickets', '/'],
	])('with baseURL and %s', async (_what, url, path) => {
		for (const call of inBothDialects(url, { baseURL: coc.url + path })) await callWith(data, call);
		expect(coc.requests.map(({ path: asked }) => asked)).toEqual(
			Array(3).fill('/v1/incident-tickets'),
		);
	});

	test('outside the path prefix of the endpoint, as long as the origin is its own', async () => {
		const prefixed = { endpoint: `${coc.url}/v1/external`, token };
		for (const call of inBothDialects(`${coc.url}/v1/incident-tickets`)) {
			await callWith(prefixed, call);
		}
		expect(coc.requests).toHaveLength(3);
	});

	test.each([
		['in upper case', (url: string) => url.replace('http://', 'HTTP://')],
		['in the short form of its address', (url: string) => url.replace('127.0.0.1', '127.1')],
	])('with the host %s, which is the same origin', async (_how, spell) => {
		const url = spell(`${coc.url}/v1/incident-tickets`);
		for (const call of inBothDialects(url)) await callWith(data, call);
		expect(coc.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
	});
});

describe('headers', () => {
	test.each(['X-Auth-Token', 'x-auth-token', 'X-AUTH-TOKEN', 'x-Auth-tOKEN'])(
		'an own %s is replaced, all others are kept',
		async (name) => {
			const headers = { [name]: 'own', 'X-Language': 'en-us' };
			for (const call of inBothDialects(`${coc.url}/v1/incident-tickets`, { headers })) {
				await callWith(data, call);
			}
			expect(tokenHeaders()).toEqual(Array(3).fill(['X-Auth-Token', token]));
			expect(coc.requests.map((request) => request.headers['x-language'])).toEqual(
				Array(3).fill('en-us'),
			);
		},
	);

	test('several spellings at once leave one token', async () => {
		const headers = { 'X-Auth-Token': 'one', 'x-auth-token': 'two', 'X-AUTH-TOKEN': 'three' };
		for (const call of inBothDialects(`${coc.url}/v1/incident-tickets`, { headers })) {
			await callWith(data, call);
		}
		expect(tokenHeaders()).toEqual(Array(3).fill(['X-Auth-Token', token]));
	});
});

describe('authenticate', () => {
	const authenticate = async (options: object, more: object = {}) => {
		const type = await credentialType();
		if (typeof type.authenticate !== 'function') throw new Error('authenticate is no function');
		return await type.authenticate({ ...data, ...more }, options as never);
	};

	test('leaves the request that it is given as it is, and hands back another one', async () => {
		const options = Object.freeze({
			url: `${coc.url}/v1`,
			headers: Object.freeze({ 'x-auth-token': 'own' }),
			body: { a: 1 },
		});
		const authenticated = await authenticate(options);
		expect(authenticated).toMatchObject({ url: options.url, body: { a: 1 } });
		expect(authenticated.headers).toEqual({ 'X-Auth-Token': token });
		expect(options.headers).toEqual({ 'x-auth-token': 'own' });
	});

	test('may be given its own result, as n8n does when it sends again', async () => {
		const once = await authenticate({ url: `${coc.url}/v1`, headers: { a: 'b' } });
		expect(await authenticate(once)).toEqual(once);
		const renewed = await authenticate(once, { token: 'renewed' });
		expect(renewed.headers).toEqual({ a: 'b', 'X-Auth-Token': 'renewed' });
	});

	test('switches redirects off in the words of both dialects', async () => {
		const own = { followRedirect: true, followAllRedirects: true, maxRedirects: 5 };
		expect(await authenticate({ url: `${coc.url}/v1`, ...own })).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
		});
	});

	test('touches neither certificates nor time-outs when SSL issues count', async () => {
		const authenticated = await authenticate({ url: `${coc.url}/v1`, timeout: 7 });
		expect(authenticated).toMatchObject({ timeout: 7 });
		expect(authenticated).not.toHaveProperty('skipSslCertificateValidation');
		expect(authenticated).not.toHaveProperty('rejectUnauthorized');
	});
});

test('an expired token is sent once in the legacy dialect, and the answer is told', async () => {
	coc.fault({ kind: 'expiredToken', times: 5 });
	const url = `${coc.url}/v1/incident-tickets`;
	const error = await rejection(requestWith(data, { url }));
	expect(error).toMatchObject({ httpCode: '401' });
	expect(coc.requests).toHaveLength(1);
});
