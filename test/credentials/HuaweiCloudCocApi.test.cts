/** The credential's form, and what is refused before anything is sent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type StandIn, startStandIn } from '../standin/index.cts';
import { callWith, credentialType, pressTest, rejection } from './support.cts';

let coc: StandIn;
let token: string;
beforeAll(async () => {
	coc = await startStandIn();
	token = coc.issueToken();
});
afterAll(() => coc.close());
beforeEach(() => {
	coc.requests.length = 0;
});

const SUCCESS = { status: 'OK', message: 'Connection successful!' };
const tokensSent = () => coc.requests.map(({ headers }) => headers['x-auth-token']);

describe('the form', () => {
	const fields = ['endpoint', 'authentication', 'token', 'ignoreSslIssues'];

	test('stores what the first release stores: a public interface', async () => {
		const { properties } = await credentialType();
		expect(properties.map(({ name }) => name)).toEqual(expect.arrayContaining(fields));
		expect(properties.filter(({ name }) => fields.includes(name))).toMatchObject([
			{ displayName: 'Endpoint', type: 'string', default: 'https://coc.myhuaweicloud.com' },
			{ displayName: 'Authentication', type: 'options', default: 'token' },
			{ displayName: 'Token', type: 'string', typeOptions: { password: true }, default: '' },
			{ displayName: 'Ignore SSL Issues (Insecure)', type: 'boolean', default: false },
		]);
	});

	test('demands nothing that an administrator may preset for all, but says what is needed', async () => {
		const { properties } = await credentialType();
		const demanded = properties.filter(({ required }) => required).map(({ name }) => name);
		expect(demanded).toEqual(['endpoint']);
		const needed = properties.filter(({ description = '' }) => /^Required\b/.test(description));
		expect(needed.map(({ name }) => name)).toEqual([
			...['token', 'accountName', 'userName', 'password', 'projectName'],
			...['accessKeyId', 'secretAccessKey'],
		]);
	});

	test('sorts what can be chosen', async () => {
		const { properties } = await credentialType();
		const chosen = properties.filter(({ name }) => ['authentication', 'scope'].includes(name));
		for (const { options = [] } of chosen) {
			const names = options.map(({ name }) => name);
			expect(names.length).toBeGreaterThan(1);
			expect(names).toEqual([...names].sort());
		}
	});

	test('takes a certificate of several lines, in a box that shows them', async () => {
		const { properties } = await credentialType();
		expect(properties.find(({ name }) => name === 'caCertificate')).toMatchObject({
			...{ displayName: 'CA Certificate', type: 'string', default: '', typeOptions: { rows: 4 } },
			description: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
		});
	});

	test('tells the other endpoints, and how far ignoring SSL issues goes', async () => {
		const { properties } = await credentialType();
		const describes = (name: string) => properties.find((p) => p.name === name)?.description ?? '';
		expect(describes('endpoint')).toContain('https://coc-intl.myhuaweicloud.com');
		expect(describes('endpoint')).toContain('https://coc-eu-west-101-open-api.myhuaweicloud.eu');
		expect(describes('ignoreSslIssues')).toMatch(/every host.*every request.*test/);
	});

	test('has a name, a documentation page, a test, and icons for light and dark', async () => {
		const type = await credentialType();
		expect(type).toMatchObject({ name: 'huaweiCloudCocApi', displayName: 'Huawei Cloud COC API' });
		expect(type.documentationUrl).toMatch(/^https:\/\/[^#]+\/docs\/credentials\.md$/);
		expect(type.httpRequestNode).toMatchObject({
			name: 'Huawei Cloud COC',
			docsUrl: expect.stringMatching(/^https:\/\//),
			apiBaseUrl: 'https://coc.myhuaweicloud.com',
		});
		expect(type.test?.request).toMatchObject({
			url: '/v1/incident-tickets',
			qs: { limit: 1, offset: 1 },
		});
		const { light, dark } = type.iconUrl as { light: string; dark: string };
		const drawing = (url: string) =>
			readFileSync(join(__dirname, '../..', url.replace(/^icons\/[^/]+/, '')), 'utf8');
		expect(drawing(light)).toContain('<svg');
		expect(drawing(dark)).toContain('<svg');
		expect(drawing(dark)).not.toBe(drawing(light));
	});
});

describe('an endpoint works', () => {
	test.each([
		['with slashes behind it', (url: string) => `${url}///`],
		['with white space around it', (url: string) => ` \t${url} \n`],
		['with both', (url: string) => `\r\n ${url}/ \r\n`],
		['in upper case', (url: string) => url.toUpperCase()],
		['by the name localhost', (url: string) => url.replace('127.0.0.1', 'localhost')],
		['in the short form of its address', (url: string) => url.replace('127.0.0.1', '127.1')],
	])('%s', async (_how, spell) => {
		expect(await pressTest({ endpoint: spell(coc.url), token })).toEqual(SUCCESS);
		expect(coc.requests[0]?.url).toBe('/v1/incident-tickets?limit=1&offset=1');
	});

	test.each(['', '/', '// '])('with a path prefix, and %j behind it', async (behind) => {
		const deployment = await startStandIn({ basePath: '/gateway/coc' });
		try {
			const endpoint = deployment.url + behind;
			const data = { endpoint, token: deployment.issueToken() };
			expect(await pressTest(data)).toEqual(SUCCESS);
			expect(deployment.requests[0]?.url).toBe('/gateway/coc/v1/incident-tickets?limit=1&offset=1');
		} finally {
			await deployment.close();
		}
	});

	test('without its path prefix it is told that there is no API', async () => {
		const deployment = await startStandIn({ basePath: '/gateway' });
		try {
			const endpoint = deployment.url.replace('/gateway', '');
			const result = await pressTest({ endpoint, token: deployment.issueToken() });
			expect(result.message).toMatch(/no COC API at this address/);
		} finally {
			await deployment.close();
		}
	});

	test('on the IPv6 loopback address', async () => {
		const six = await startStandIn({ host: '::1' });
		try {
			expect(await pressTest({ endpoint: six.url, token: six.issueToken() })).toEqual(SUCCESS);
		} finally {
			await six.close();
		}
	});
});

describe('nothing is sent', () => {
	/** Both the test and a request of a node must refuse, in the same words. */
	async function refuses(data: Record<string, string>, reason: RegExp) {
		const result = await pressTest(data);
		expect(result).toEqual({ status: 'Error', message: expect.stringMatching(reason) });
		const { message } = await rejection(
			callWith(data, {
				helper: 'httpRequestWithAuthentication',
				options: { url: `${coc.url}/v1/incident-tickets` },
			}),
		);
		expect(message).toBe(result.message);
		expect(message).toMatch(/^[A-Z]/);
		expect(coc.requests).toEqual([]);
		return message;
	}

	test.each([
		['without a scheme', (url: string) => url.replace('http://', ''), /needs a scheme/],
		['with ftp', (url: string) => url.replace('http', 'ftp'), /https:\/\//],
		['in plain HTTP elsewhere', () => 'http://coc.example', /https:\/\//],
		['with user info', (url: string) => url.replace('://', '://me:pass-word@'), /user name/],
		['with a query', (url: string) => `${url}/?a=1`, /query/],
		['with an empty query', (url: string) => `${url}?`, /query/],
		['with a fragment', (url: string) => `${url}#a`, /fragment/],
		['with a space inside', (url: string) => `${url}/a b`, /not a valid URL/],
		['with a line break inside', (url: string) => `${url}\n/a`, /not a valid URL/],
		['with a space before its slash', (url: string) => `${url} /`, /not a valid URL/],
		['that is garbage', () => 'https://[', /not a valid URL/],
		['that is empty', () => '', /is empty/],
	])('to an endpoint %s', async (_how, spell, reason) => {
		const message = await refuses({ endpoint: spell(coc.url), token }, reason);
		expect(message).toContain("'Endpoint'");
		expect(message).not.toContain('pass-word');
	});

	test.each([
		['a line break', '\n', /a line break at position 9/],
		['a space', ' ', /white space at position 9/],
		['a letter that is not ASCII', 'é', /U\+00E9\) at position 9/],
		['a zero width space', '\u200b', /U\+200B\) at position 9/],
		['a NUL', '\0', /U\+0000\) at position 9/],
	])('with a token that holds %s, and the token is not shown', async (_what, sign, reason) => {
		const damaged = `${token.slice(0, 8)}${sign}${token.slice(8)}`;
		const message = await refuses({ endpoint: coc.url, token: damaged }, reason);
		expect(message).not.toContain(token.slice(0, 8));
		expect(message).not.toContain(token.slice(8));
	});

	const user = {
		...{ authentication: 'iamUser', accountName: 'a', userName: 'u', password: 'p' },
		...{ scope: 'project', projectName: 'x', iamEndpoint: 'https://iam.example' },
	};
	const key = { authentication: 'accessKey', accessKeyId: 'AK', secretAccessKey: 'SK' };
	test.each<[string, string, Record<string, string>]>([
		['token', 'Token', { authentication: 'token' }],
		['accountName', 'Account Name', user],
		['userName', 'User Name', user],
		['password', 'Password', user],
		['projectName', 'Project Name', user],
		['iamEndpoint', 'IAM Endpoint', user],
		['accessKeyId', 'Access Key ID', key],
		['secretAccessKey', 'Secret Access Key', key],
	])('without %s, whose name is told', async (field, label, fields) => {
		await refuses({ endpoint: coc.url, ...fields, [field]: '' }, new RegExp(`'${label}' is empty`));
	});

	test('with an empty token', async () => {
		await refuses({ endpoint: coc.url, token: ' \n' }, /'Token' is empty/);
	});

	test.each(['aksk', 'constructor', '__proto__'])(
		"with %s as 'Authentication', which this version does not know",
		async (authentication) => {
			await refuses({ endpoint: coc.url, token, authentication }, /'Authentication'/);
		},
	);
});

describe('a saved credential', () => {
	test('works with endpoint and token only', async () => {
		expect(await pressTest({ endpoint: coc.url, token })).toEqual(SUCCESS);
	});

	test('works with fields that a later version may have added', async () => {
		const later = { accessKey: 'x', region: 'cn-north-4', authentication: 'token' };
		expect(await pressTest({ endpoint: coc.url, token, ...later })).toEqual(SUCCESS);
	});

	test.each([`  ${'\t'}`, '\r\n', '\u00a0'])(
		'works with a token that was pasted with white space around it: %j',
		async (space) => {
			const result = await pressTest({ endpoint: coc.url, token: `${space}${token}${space}` });
			expect(result).toEqual(SUCCESS);
			expect(tokensSent()).toEqual([token]);
		},
	);

	test('works with a token as long as those of IAM', async () => {
		const long = 'MIIEvQ-_'.repeat(1500);
		await pressTest({ endpoint: coc.url, token: long });
		expect(tokensSent()).toEqual([long]);
	});
});
