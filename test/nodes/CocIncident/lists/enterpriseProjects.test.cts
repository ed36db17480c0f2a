// The list behind the field Enterprise Project: EPS of the site that COC belongs to.
import { describe, expect, test } from '@jest/globals';
import type { StoredCredential } from '../../../engine/index.cts';
import { startConnectProxy, throughProxy } from '../../../support/connectProxy.cts';
import { modes } from '../../../support/deployment.cts';
import { reasonOf, useLists } from './support.cts';

const d = useLists({ coc: { tls: true, eps: true }, iam: { tls: true } });
const CHINA = { endpoint: 'https://coc.myhuaweicloud.com', iamEndpoint: '', ignoreSslIssues: true };

/** Lets each host of Huawei Cloud lead to its stand-in, and tells who was asked. */
async function inTheCloud<T>(work: () => Promise<T>): Promise<{ value: T; targets: string[] }> {
	const at = (url: string | null) => new URL(url ?? '').host;
	const proxy = await startConnectProxy((target) => {
		if (target.startsWith('eps.')) return at(d.coc.epsUrl);
		return at(target.startsWith('iam.') ? d.iam.url : d.coc.url);
	});
	try {
		return { value: await throughProxy(proxy.url, work), targets: proxy.targets };
	} finally {
		await proxy.close();
	}
}
const pages = async (credential: StoredCredential, more = {}) =>
	(await inTheCloud(() => d.pages('searchEnterpriseProjects', credential, more))).value;

test.each(modes)('%s: all projects in use are there, sorted by name', async (mode) => {
	d.coc.addEnterpriseProject({ id: 'p10', name: 'Project 10' });
	d.coc.addEnterpriseProject({ id: 'p9', name: 'Project 9' });
	d.coc.addEnterpriseProject({ id: 'x', name: 'Given up', status: 2 });
	expect(await pages(d.credential(mode, CHINA))).toEqual([
		[
			{ name: 'default', value: '0' },
			{ name: 'Project 9', value: 'p9' },
			{ name: 'Project 10', value: 'p10' },
		],
	]);
});

test.each([
	['https://coc.myhuaweicloud.com', 'eps.myhuaweicloud.com:443'],
	['https://coc-intl.myhuaweicloud.com', 'eps.myhuaweicloud.com:443'],
	['https://coc-eu-west-101-open-api.myhuaweicloud.eu', 'eps.eu-west-101.myhuaweicloud.eu:443'],
])('the token for %s goes to %s alone', async (endpoint, host) => {
	const credential = d.credential('token', { ...CHINA, endpoint });
	const { targets } = await inTheCloud(() => d.pages('searchEnterpriseProjects', credential));
	expect([...new Set(targets)]).toEqual([host]);
});

test('more than EPS gives at once are read to the end', async () => {
	for (let index = 1; index < 3_300; index++) d.coc.addEnterpriseProject();
	const found = await pages(d.credential('token', CHINA));
	// The last one finds nothing more: that a page is short doesn't say so.
	expect(d.coc.requests).toHaveLength(5);
	expect(new Set(found.flat().map(({ value }) => value)).size).toBe(3_300);
});

test('an EPS that gives fewer at a time than it is asked for is read to the end', async () => {
	d.coc.quirks.mostPerPage = 500;
	for (let index = 1; index < 1_300; index++) d.coc.addEnterpriseProject();
	const found = await pages(d.credential('token', CHINA));
	expect(new Set(found.flat().map(({ value }) => value)).size).toBe(1_300);
});

test('a search finds by a part of name or ID, on a later page too', async () => {
	for (let index = 1; index < 2_300; index++) d.coc.addEnterpriseProject();
	d.coc.addEnterpriseProject({ id: 'id-of-payments', name: 'Payments' });
	for (const filter of ['PAYM', 'of-pay']) {
		expect((await pages(d.credential('token', CHINA), { filter })).flat()).toEqual([
			{ name: 'Payments', value: 'id-of-payments' },
		]);
	}
});

test('a refusal of EPS is told in its words', async () => {
	const message = 'Policy does not allow it.';
	d.coc.fault({ kind: 'errorCode', code: 'EPS.0004', message, status: 403 });
	const credential = d.credential('token', CHINA);
	const { value } = await inTheCloud(() => d.list('searchEnterpriseProjects', credential));
	expect(reasonOf(value)).toMatch(
		/"Policy does not allow it\." \(EPS\.0004, HTTP 403\).*eps:enterpriseProjects:list.*'By ID'/,
	);
});

describe('the EPS of a private deployment', () => {
	const given = (epsEndpoint = d.coc.epsUrl ?? '') => ({ epsEndpoint, ignoreSslIssues: true });

	test.each(modes)('is asked where the credential says: %s', async (mode) => {
		const fields = given(` ${d.coc.epsUrl}/ `);
		const credential = mode === 'iamUser' ? await d.signedIn(fields) : d.credential(mode, fields);
		expect(await d.pages('searchEnterpriseProjects', credential)).toEqual([
			[{ name: 'default', value: '0' }],
		]);
	});

	test('counts before the one that is known', async () => {
		const credential = d.credential('token', { ...CHINA, ...given() });
		expect(await d.pages('searchEnterpriseProjects', credential)).toHaveLength(1);
	});

	test('is not known without it, which is said', async () => {
		const listed = await d.list('searchEnterpriseProjects', d.credential('token'));
		expect(reasonOf(listed)).toMatch(/'EPS Endpoint' is empty.*own endpoints only.*'By ID'/);
		expect(d.coc.requests).toEqual([]);
	});

	test.each([
		['http://eps.example', /'EPS Endpoint' must start with https/],
		['eps.example', /'EPS Endpoint' needs a scheme/],
		['https://me:pass-word@eps.example', /'EPS Endpoint' must not contain a user name/],
	])('is checked as IAM’s is: %s', async (epsEndpoint, reason) => {
		const credential = d.credential('token', { epsEndpoint });
		const said = reasonOf(await d.list('searchEnterpriseProjects', credential));
		expect(said).toMatch(reason);
		expect(said).not.toContain('pass-word');
		expect(d.coc.requests).toEqual([]);
	});

	test('gets nothing that goes elsewhere: its redirect is not followed', async () => {
		d.coc.fault({ kind: 'redirect', location: `${d.iam.url}/elsewhere` });
		const said = reasonOf(await d.list('searchEnterpriseProjects', d.credential('token', given())));
		expect(said).toMatch(/'EPS Endpoint' redirects to 127\.0\.0\.1/);
		expect(d.iam.requests).toEqual([]);
	});
});
