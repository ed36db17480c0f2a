/** Key material goes to its own endpoints only, with every way to authenticate. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { HelperCall } from '../engine/index.cts';
import { LIST, modes, useDeployment } from '../support/deployment.cts';
import { rejection } from './support.cts';

const d = useDeployment();

describe('another host', () => {
	let foreign: Server;
	let foreignUrl: string;
	let reached: number;
	beforeEach(async () => {
		reached = 0;
		foreign = createServer((request, response) => {
			reached++;
			request.resume();
			response.end('{}');
		});
		await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
		foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
	});
	afterEach(() => {
		foreign.closeAllConnections();
		foreign.close();
	});

	test.each(modes)('is sent nothing with %s, however it is addressed', async (mode) => {
		const credential = mode === 'iamUser' ? await d.signedIn() : d.credential(mode);
		const own = new URL(d.coc.url);
		const addresses: Array<{ url: string; baseURL?: string }> = [
			{ url: foreignUrl + LIST },
			{ url: `${foreignUrl.replace('127.0.0.1', 'localhost')}${LIST}` },
			{ url: `http://${own.host}@${new URL(foreignUrl).host}${LIST}` },
			{ url: LIST, baseURL: foreignUrl },
			{ url: ` ${d.coc.url}${LIST}`, baseURL: foreignUrl },
			{ url: foreignUrl + LIST, baseURL: d.coc.url },
			{ url: `//${new URL(foreignUrl).host}${LIST}`, baseURL: d.coc.url },
			{ url: d.iam.url },
		];
		for (const { url, baseURL } of addresses) {
			const base = baseURL === undefined ? {} : { baseURL };
			for (const call of [
				{ helper: 'httpRequestWithAuthentication', options: { url, ...base } },
				{ helper: 'requestWithAuthentication', options: { uri: url, ...base } },
			] as HelperCall[]) {
				const { message } = await rejection(d.call(credential, call));
				expect(message).toMatch(/only for requests to|Invalid URL/);
			}
		}
		expect(reached).toBe(0);
		expect(d.iam.requests).toEqual([]);
		expect(d.writes()).toEqual([]);
	});

	test.each(modes)('is sent nothing with %s by a redirect of COC', async (mode) => {
		const credential = mode === 'iamUser' ? await d.signedIn() : d.credential(mode);
		const url = d.coc.url + LIST;
		for (const send of [
			() => d.request(credential, { url, method: 'POST', body: {} }),
			() => d.call(credential, { helper: 'httpRequestWithAuthentication', options: { url } }),
			() => d.call(credential, { helper: 'requestWithAuthentication', options: { uri: url } }),
		]) {
			d.coc.fault({ kind: 'redirect', status: 307, location: foreignUrl, match: { path: LIST } });
			await rejection(send());
		}
		d.coc.fault({ kind: 'redirect', status: 307, location: foreignUrl });
		const { failed } = await d.verify(credential);
		expect(failed).toHaveLength(1);
		expect(reached).toBe(0);
	});

	test.each([301, 302, 303, 307, 308])(
		'is sent nothing by a redirect of IAM (%d)',
		async (status) => {
			d.iam.fault({
				kind: 'redirect',
				status,
				location: `${foreignUrl}/v3/auth/tokens`,
				times: 10,
			});
			const credential = d.credential('iamUser');
			await rejection(d.request(credential, { url: d.coc.url + LIST }));
			await d.verify(credential);
			expect((await d.test(credential)).status).toBe('Error');
			expect(reached).toBe(0);
		},
	);
});
