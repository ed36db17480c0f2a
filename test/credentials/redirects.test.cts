/** A redirect must not carry the token elsewhere, in neither of n8n's dialects. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { HelperCall } from '../engine/index.cts';
import { type StandIn, startStandIn } from '../standin/index.cts';
import { callWith, pressTest, requestWith, rejection } from './support.cts';

let coc: StandIn;
let other: StandIn;
let data: { endpoint: string; token: string };
beforeAll(async () => {
	coc = await startStandIn();
	other = await startStandIn();
	data = { endpoint: coc.url, token: coc.issueToken() };
});
afterAll(async () => {
	await coc.close();
	await other.close();
});
beforeEach(() => {
	coc.clearFaults();
	coc.requests.length = 0;
	other.requests.length = 0;
});

const LIST = '/v1/incident-tickets';
const redirect = (location: string, status = 302) =>
	coc.fault({ kind: 'redirect', status, location, match: { path: LIST } });
const statuses = [301, 302, 303, 307, 308];

function nothingFollowed() {
	expect(other.requests).toEqual([]);
	expect(coc.requests.map(({ path }) => path)).toEqual([LIST]);
}

describe.each(statuses)('a redirect of status %d is not followed', (status) => {
	test('by the credential test, which does not succeed', async () => {
		redirect(`${other.url}${LIST}?limit=1&offset=1`, status);
		expect((await pressTest(data)).status).toBe('Error');
		nothingFollowed();
	});

	test.each([4.3, 4.4])('by the HTTP Request node, version %d', async (typeVersion) => {
		redirect(`${other.url}${LIST}`, status);
		const error = await rejection(requestWith(data, { url: coc.url + LIST, typeVersion }));
		expect(error).toMatchObject({ httpCode: String(status) });
		nothingFollowed();
	});

	test("by a request in today's dialect", async () => {
		redirect(`${other.url}${LIST}`, status);
		const error = await rejection(
			callWith(data, {
				helper: 'httpRequestWithAuthentication',
				options: { url: coc.url + LIST, disableFollowRedirect: false, maxRedirects: 5 },
			}),
		);
		expect(error).toMatchObject({ httpCode: String(status) });
		nothingFollowed();
	});
});

test('nor is one that stays at the endpoint', async () => {
	redirect(`${coc.url}/v1/elsewhere`);
	await rejection(requestWith(data, { url: coc.url + LIST }));
	nothingFollowed();
	coc.requests.length = 0;
	redirect(`${LIST}/`);
	expect((await pressTest(data)).status).toBe('Error');
	nothingFollowed();
});

test('nor after a write, whatever the request itself asks for', async () => {
	const calls: HelperCall[] = [
		{
			helper: 'requestWithAuthentication',
			options: { uri: coc.url + LIST, method: 'POST', followAllRedirects: true, maxRedirects: 9 },
		},
		{
			helper: 'requestWithAuthentication',
			options: { uri: coc.url + LIST, method: 'POST', followRedirect: true, body: { a: 1 } },
		},
		{
			helper: 'httpRequestWithAuthentication',
			options: { url: coc.url + LIST, method: 'POST', maxRedirects: 9, body: { a: 1 } },
		},
	];
	for (const call of calls) {
		coc.requests.length = 0;
		redirect(`${other.url}${LIST}`, 307);
		expect(await rejection(callWith(data, call))).toMatchObject({ httpCode: '307' });
		nothingFollowed();
	}
});

test('a redirect that is asked for as an answer is handed on with its address', async () => {
	redirect(`${other.url}/`);
	const answer = await callWith(data, {
		helper: 'requestWithAuthentication',
		options: { uri: coc.url + LIST, simple: false, resolveWithFullResponse: true },
	});
	expect(answer).toMatchObject({ statusCode: 302, headers: { location: `${other.url}/` } });
	nothingFollowed();
});
