/** The token goes to the endpoint's own origin only, however an address is written. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { HelperCall } from '../engine/index.cts';
import { type StandIn, startStandIn } from '../standin/index.cts';
import { callWith, requestWith, rejection, withLogs } from './support.cts';

let coc: StandIn;
let token: string;
let data: { endpoint: string; token: string };
/** Another server on this machine, and what reached it. */
let foreign: Server;
let foreignUrl: string;
let reached: IncomingMessage[];

beforeAll(async () => {
	coc = await startStandIn();
	token = coc.issueToken();
	data = { endpoint: coc.url, token };
	foreign = createServer((request, response) => {
		reached.push(request);
		response.end('{}');
	});
	await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
	foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
});
afterAll(async () => {
	await coc.close();
	foreign.closeAllConnections();
	foreign.close();
});
beforeEach(() => {
	coc.requests.length = 0;
	reached = [];
});

const REFUSED = /only for requests to http:\/\/127\.0\.0\.1:\d+.*not sent/;

/** Every way to send to this address; all of them must be refused, or at least carry no token. */
const ways = (url: string, baseURL?: string): HelperCall[] => {
	const base = baseURL === undefined ? {} : { baseURL };
	return [
		{ helper: 'httpRequestWithAuthentication', options: { url, ...base } },
		{ helper: 'requestWithAuthentication', options: { uri: url, ...base } as never },
		{ helper: 'requestWithAuthentication', options: { url, ...base } as never },
	];
};

async function refuses(url: string, baseURL?: string) {
	for (const call of ways(url, baseURL)) {
		const { result, logs } = await withLogs(() => rejection(callWith(data, call)));
		expect(result.message).toMatch(REFUSED);
		expect(JSON.stringify([result.message, result, logs])).not.toContain(token);
	}
	expect(reached).toEqual([]);
	expect(coc.requests).toEqual([]);
}

describe('a request is refused', () => {
	test('to another port of the same host', async () => {
		await refuses(`${foreignUrl}/v1/incident-tickets`);
		await expect(requestWith(data, { url: foreignUrl })).rejects.toThrow(REFUSED);
		expect(reached).toEqual([]);
	});

	const other: Array<[what: string, spell: (coc: URL, foreign: URL) => string]> = [
		['by https instead of http', ({ host }) => `https://${host}/`],
		['to another name of this machine', ({ port }) => `http://localhost:${port}/`],
		['to another host', () => 'https://coc.example/'],
		['to a host that begins alike', ({ host }) => `http://${host}.example/`],
		['with the endpoint as user name', ({ host }, to) => `http://${host}@${to.host}/`],
		['with the endpoint as password', ({ host }, to) => `http://a:${host}@${to.host}/`],
		['with a backslash before the @', ({ host }, to) => `http://${to.host}\\@${host}/`],
		['with an encoded slash before the @', ({ host }, to) => `http://${host}%2f@${to.host}/`],
		['with the endpoint as query', ({ host }, to) => `${to.origin}/?${host}`],
		['with the endpoint as fragment', ({ host }, to) => `${to.origin}#@${host}`],
		['with three slashes', (_coc, to) => `http:///${to.host}/`],
		['with backslashes', (_coc, to) => `http:\\\\${to.host}\\`],
		['without slashes', (_coc, to) => `http:${to.host}/`],
		['with a tab in its host', (_coc, to) => `http://127.0.\t0.1:${to.port}/`],
		['with white space before it', (_coc, to) => ` \n${to.origin}/`],
		['by ftp', ({ host }) => `ftp://${host}/`],
		['by a blob of the endpoint', ({ origin }) => `blob:${origin}/a`],
		['by data', () => 'data:application/json,{}'],
		['by file', () => 'file:///etc/hostname'],
		['without a scheme', ({ host }) => `${host}/v1`],
		['without a host', () => '/v1/incident-tickets'],
		['to nowhere', () => ''],
		['to what is no address', () => 'http://[/'],
	];
	test.each(other)('%s', async (_what, spell) => {
		await refuses(spell(new URL(coc.url), new URL(foreignUrl)));
	});

	test.each([
		['an address of its own', ({ origin }: URL) => `${origin}/v1`],
		['two slashes', ({ host }: URL) => `//${host}/v1`],
		['two backslashes', ({ host }: URL) => `\\\\${host}/v1`],
		['a slash and a backslash', ({ host }: URL) => `/\\${host}/v1`],
		['a tab between two slashes', ({ host }: URL) => `/\t/${host}/v1`],
	])('that leads from the right base elsewhere by %s', async (_what, spell) => {
		await refuses(spell(new URL(foreignUrl)), coc.url);
	});

	test.each([
		['a path', () => '/v1/incident-tickets'],
		['nothing', () => ''],
		['two slashes and its own host', () => `//${new URL(foreignUrl).host}/v1`],
		// n8n and URL disagree on these: URL takes them as whole addresses, n8n appends them.
		['a blank before the right address', () => ` ${coc.url}/v1`],
		['a line break in the right address', () => coc.url.replace('http', 'ht\ntp')],
		['a blob of the right address', () => `blob:${coc.url}/v1`],
	])('when its base is wrong, with %s behind it', async (_what, spell) => {
		await refuses(spell(), foreignUrl);
	});

	test('when only one of its two addresses is right', async () => {
		for (const options of [
			{ url: `${coc.url}/v1`, uri: `${foreignUrl}/v1` },
			{ url: `${foreignUrl}/v1`, uri: `${coc.url}/v1` },
		]) {
			const call = { helper: 'requestWithAuthentication', options } as HelperCall;
			expect((await rejection(callWith(data, call))).message).toMatch(REFUSED);
		}
		expect(reached).toEqual([]);
	});

	test('to the same name with a dot behind it', async () => {
		const local = { endpoint: coc.url.replace('127.0.0.1', 'localhost'), token };
		const url = coc.url.replace('127.0.0.1', 'localhost.');
		await expect(requestWith(local, { url })).rejects.toThrow(/only for requests to/);
		expect(coc.requests).toEqual([]);
	});

	test('to a part of the endpoint only: another port than the default one', async () => {
		const elsewhere = { endpoint: 'https://127.0.0.1', token };
		const message = (await rejection(requestWith(elsewhere, { url: coc.url }))).message;
		expect(message).toMatch(/only for requests to https:\/\/127\.0\.0\.1, /);
		expect(coc.requests).toEqual([]);
	});
});

test('a path that only looks like an address stays at the endpoint', async () => {
	for (const url of ['@coc.example/v1', '/v1/@coc.example', '/v1//coc.example', './v1', '?a=//b']) {
		for (const call of ways(url, coc.url)) await rejection(callWith(data, call));
	}
	expect(reached).toEqual([]);
	expect(coc.requests.every(({ headers }) => headers['x-auth-token'] === token)).toBe(true);
	expect(coc.requests).toHaveLength(15);
});
