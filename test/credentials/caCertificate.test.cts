/** A private deployment whose hosts have certificates of an authority of its own. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createAuthority, type KeyPair } from '../standin/tls.cts';
import { LIST, type Mode, modes } from '../support/deployment.cts';
import { startConnectProxy, throughProxy } from '../support/connectProxy.cts';
import { useLists } from '../nodes/CocIncident/lists/support.cts';
import type { StoredCredential } from '../engine/index.cts';

let own: KeyPair;
let another: KeyPair;
const options = { coc: { tls: true as boolean | KeyPair, eps: true }, iam: { tls: own! } };
beforeAll(async () => {
	own = await createAuthority('Private CA');
	another = await createAuthority('Another CA');
	options.coc.tls = own;
	options.iam.tls = own;
});
const d = useLists(options);

const trusted = (mode: Mode, caCertificate = own.cert) =>
	d.credential(mode, {
		...{ caCertificate, iamEndpoint: d.iam.url, epsEndpoint: d.coc.epsUrl ?? '' },
	});

/** Node, lists of COC, IAM and EPS, *Test*, and other nodes in both dialects. */
async function useEverywhere(credential: StoredCredential) {
	expect(await d.test(credential)).toMatchObject({ status: 'OK' });
	expect((await d.verify(credential, 2)).success).toHaveLength(2);
	for (const list of ['searchTickets', 'searchUsers', 'searchEnterpriseProjects'] as const) {
		await d.pages(list, credential);
	}
	const url = d.coc.url + LIST;
	expect(await d.request(credential, { url })).toMatchObject({ statusCode: 200 });
	const call = { helper: 'httpRequestWithAuthentication', options: { url } } as const;
	expect(JSON.stringify(await d.call(credential, call))).toContain('GOM.00000000');
}

describe('with the authority’s certificate every way to authenticate works everywhere', () => {
	test.each(modes)('%s', (mode) => useEverywhere(trusted(mode)));

	test.each(modes)('%s, through a proxy', async (mode) => {
		const proxy = await startConnectProxy();
		try {
			await throughProxy(proxy.url, () => useEverywhere(trusted(mode)));
		} finally {
			await proxy.close();
		}
	});

	test.each<[string, () => string]>([
		['with others beside it', () => `${another.cert}\n# Ours\n${own.cert}`],
		['with text around it', () => `subject=CN = Private CA\n${own.cert}\n-- end --\n`],
		['with line breaks of Windows', () => own.cert.replaceAll('\n', '\r\n')],
		['in one line', () => own.cert.replaceAll('\n', ' ')],
		['with line breaks in writing', () => own.cert.replaceAll('\n', '\\n')],
	])('%s', async (_how, spell) => {
		expect(await d.test(trusted('token', spell()))).toMatchObject({ status: 'OK' });
	});
});

describe('with another authority’s certificate nothing is sent', () => {
	test.each(modes)('%s', async (mode) => {
		const credential = trusted(mode, another.cert);
		const { failed } = await d.verify(credential, 2);
		expect(failed.map(({ details }) => details.outcome)).toEqual(['notSent', 'notSent']);
		expect(failed[0]?.error).toMatch(/certificate of .* is not trusted/);
		expect(failed[0]?.error).toMatch(/'CA Certificate'.*too old.*NODE_EXTRA_CA_CERTS/);
		expect((await d.test(credential)).status).toBe('Error');
		expect([...d.coc.requests, ...d.iam.requests]).toEqual([]);
	});

	test('nor without one: the message tells where to put it', async () => {
		const { failed } = await d.verify(d.credential('token'));
		expect(failed[0]?.error).toMatch(/'CA Certificate'.*NODE_EXTRA_CA_CERTS/);
		expect(d.coc.requests).toEqual([]);
	});
});

describe('what is no certificate is refused before anything is sent:', () => {
	test.each<[string, () => string, RegExp]>([
		['nonsense', () => 'nonsense', /is no certificate in PEM format.*BEGIN CERTIFICATE/],
		['a path', () => '/etc/ssl/ca.pem', /is no certificate in PEM format/],
		['a part of one', () => own.cert.slice(0, 200), /is no certificate in PEM format/],
		['one and a part', () => own.cert + own.cert.slice(0, 200), /is no certificate in PEM format/],
		['a private key', () => own.key, /holds a private key: only certificates/],
		['a damaged one', () => own.cert.replace(/[A-Za-z]{20}/, 'x'), /certificate is damaged/],
		[
			'a damaged one behind another',
			() => own.cert + own.cert.replace(/\n[^\n]{64}/, '\n'),
			/certificate 2 of 2 is damaged/,
		],
		['an empty one', () => own.cert.replace(/\n[^-]*\n/, '\n'), /damaged/],
	])('%s', async (_what, spell, reason) => {
		const credential = trusted('token', spell());
		const { failed } = await d.verify(credential, 2);
		for (const { error, details } of failed) {
			expect(error).toMatch(/'CA Certificate'/);
			expect(error).toMatch(reason);
			expect(details.outcome).toBe('notSent');
		}
		const { status, message } = await d.test(credential);
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringMatching(reason),
		});
		expect(JSON.stringify([failed, message])).not.toContain(own.key.split('\n')[1]);
		expect(d.coc.requests).toEqual([]);
	});
});
