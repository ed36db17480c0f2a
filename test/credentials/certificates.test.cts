/** A private deployment with a self-signed certificate. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { HelperCall } from '../engine/index.cts';
import { type StandIn, startStandIn } from '../standin/index.cts';
import { callWith, pressTest, requestWith, rejection } from './support.cts';

let coc: StandIn;
let strict: { endpoint: string; token: string };
let lenient: typeof strict & { ignoreSslIssues: boolean };
beforeAll(async () => {
	coc = await startStandIn({ tls: true });
	strict = { endpoint: coc.url, token: coc.issueToken() };
	lenient = { ...strict, ignoreSslIssues: true };
});
afterAll(() => coc.close());
beforeEach(() => {
	coc.requests.length = 0;
});

const NOT_TRUSTED = /self.signed/i;
const calls = (): HelperCall[] => {
	const url = `${coc.url}/v1/incident-tickets`;
	return [
		{ helper: 'httpRequestWithAuthentication', options: { url } },
		{ helper: 'requestWithAuthentication', options: { uri: url } },
	];
};

describe('is not trusted', () => {
	test.each([false, undefined, 'true', 1])(
		"when 'Ignore SSL Issues' is %p: nothing reaches it",
		async (ignoreSslIssues) => {
			const data = { ...strict, ...(ignoreSslIssues !== undefined && { ignoreSslIssues }) };
			const result = await pressTest(data);
			expect(result).toEqual({ status: 'Error', message: expect.stringMatching(NOT_TRUSTED) });
			for (const call of calls()) {
				expect((await rejection(callWith(data, call))).message).toMatch(NOT_TRUSTED);
			}
			expect(coc.requests).toEqual([]);
		},
	);
});

describe("is accepted with 'Ignore SSL Issues'", () => {
	test('by the credential test', async () => {
		expect(await pressTest(lenient)).toMatchObject({ status: 'OK' });
	});

	test('by both dialects', async () => {
		for (const call of calls()) await callWith(lenient, call);
		expect(coc.requests.map(({ status }) => status)).toEqual([200, 200]);
	});

	test('by the HTTP Request node, whose own switch is off', async () => {
		const url = `${coc.url}/v1/incident-tickets`;
		expect(await requestWith(lenient, { url })).toMatchObject({ statusCode: 200 });
	});
});

test("the HTTP Request node's own switch counts without the credential's", async () => {
	const url = `${coc.url}/v1/incident-tickets`;
	const answer = await requestWith(strict, { url, allowUnauthorizedCerts: true });
	expect(answer).toMatchObject({ statusCode: 200 });
});

test('plain HTTP to the port of HTTPS is no success', async () => {
	const endpoint = coc.url.replace('https:', 'http:');
	expect((await pressTest({ ...lenient, endpoint })).status).toBe('Error');
	expect(coc.requests).toEqual([]);
});

test('HTTPS to a port of plain HTTP is no success', async () => {
	const plain = await startStandIn();
	try {
		const endpoint = plain.url.replace('http:', 'https:');
		expect((await pressTest({ ...lenient, endpoint })).status).toBe('Error');
		expect(plain.requests).toEqual([]);
	} finally {
		await plain.close();
	}
});
