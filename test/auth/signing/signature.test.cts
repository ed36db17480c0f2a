import { describe, expect, test } from '@jest/globals';
import type * as source from '../../../nodes/auth/signing/signature.ts';
import { built } from '../../support/built.cts';

const { signRequest } = built<typeof source>('nodes/auth/signing/signature');

const COC = 'https://coc.myhuaweicloud.com';
const now = new Date('2026-11-24T09:00:00Z');
// Made up for the contract's vectors.
const key: source.AccessKey = {
	accessKeyId: 'QTWAOYTTINDUT2QVKYUC',
	secretAccessKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
};

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const sign = (request: Partial<source.SignableRequest>, more: Partial<source.AccessKey> = {}) =>
	signRequest({ method: 'GET', url: COC, ...request }, { ...key, ...more }, now);
const signature = (
	request: Partial<source.SignableRequest>,
	more: Partial<source.AccessKey> = {},
) => /Signature=(.*)$/.exec(sign(request, more).Authorization ?? '')?.[1];
const signedHeaders = (...parameters: Parameters<typeof sign>) =>
	/SignedHeaders=([^,]*)/.exec(sign(...parameters).Authorization ?? '')?.[1];

describe('the vectors of the COC contract', () => {
	const headers = { 'content-type': 'application/json' };

	test('1: a verification', () => {
		const url = `${COC}/v1/external/incident/handle`;
		const body = json({
			incident_num: 'IM202403221515060171753781',
			operator: '7da46971b7e24eed90cf777cc2ff8b91',
			operate_key: 'confirm',
			parameter: { virtual_confirm_result: false, virtual_confirm_comment: '13' },
		});
		expect(signature({ method: 'POST', url, headers, body })).toBe(
			'976c570c087c02743d384d6deb6d4b47d825083ab0c6f08f976ab6b367db82e3',
		);
	});

	test('2: any Unicode in the body, and an account ID', () => {
		const url = `${COC}/v1/external/incident/handle`;
		const body = json({
			incident_num: 'IM1',
			operator: 'u1',
			operate_key: 'confirm',
			parameter: {
				virtual_confirm_result: true,
				virtual_confirm_comment: '验证通过 ✅ “ok” – é',
			},
		});
		const accountId = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
		expect(signature({ method: 'POST', url, headers, body }, { accountId })).toBe(
			'f09648120485ce8e60c00c247e1fc5d6b616b7baa5be9cecd23d8f089b7d7bfb',
		);
	});

	test('3: no body', () => {
		const url = `${COC}/v1/external/incident/IM202403221515060171753781`;
		expect(signature({ url, headers })).toBe(
			'045bd886037d4f158e2d0df6f109a56ceb206e32aec3eee3e5c2c29f1af79c9a',
		);
	});

	test('4: a query', () => {
		const q = encodeURIComponent('a b+c~é');
		const url = `${COC}/v1/incident-tickets?offset=0&limit=100&q=${q}`;
		expect(signature({ url, headers })).toBe(
			'7add4547c7caff898d1f1c0e66ec2d415d1742003a3d60310c3584b33e347e8d',
		);
	});

	test('5: a port, a temporary key, a project ID', () => {
		const url = 'https://coc.example.test:8443/v2/incidents/list';
		const body = json({ page: 1, per_page: 50, contain_all: true });
		const more = { securityToken: 'stsToken123', projectId: 'p1' };
		expect(signature({ method: 'POST', url, headers, body }, more)).toBe(
			'85ba53e579b264d4e473d3826220e53a5ea8ffe865dcca000a13350ab5c6fde5',
		);
	});

	test('6: multipart', () => {
		const url = `${COC}/v1/external/incident/attachments`;
		const { Authorization, ...others } = sign({ method: 'POST', url, unsignedPayload: true });
		expect(Authorization).toBe(
			'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=host;x-sdk-content-sha256;x-sdk-date, Signature=562282643f2092dca21331551e8a0b4213b9e01aaccc082dbd7af6922b26ac8a',
		);
		expect(others).toEqual({
			'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD',
			'X-Sdk-Date': '20261124T090000Z',
		});
	});

	test('7: a repeated name in the query', () => {
		const name_like = encodeURIComponent('支付');
		const url = `${COC}/v1/applications?limit=100&id_list=b&id_list=a&name_like=${name_like}`;
		expect(signature({ url, headers })).toBe(
			'235717342de9ba737f439b84f42f8acad3d49143b1fc12ae7131578afe094766',
		);
	});
});

describe('the headers to add', () => {
	test('are the date and the authorization', () => {
		expect(Object.keys(sign({})).sort()).toEqual(['Authorization', 'X-Sdk-Date']);
		expect(signedHeaders({})).toBe('host;x-sdk-date');
	});

	test('hold the security token and the project ID when there are any, and sign them', () => {
		const more = { securityToken: 'sts', projectId: 'p' };
		expect(sign({}, more)).toMatchObject({ 'X-Security-Token': 'sts', 'X-Project-Id': 'p' });
		expect(signedHeaders({}, more)).toBe('host;x-project-id;x-sdk-date;x-security-token');
	});

	test('name the account alone when there is a project ID too: COC is a global service', () => {
		const added = sign({}, { accountId: 'a', projectId: 'p' });
		expect(added).toMatchObject({ 'X-Domain-Id': 'a' });
		expect(added).not.toHaveProperty('X-Project-Id');
	});

	test('are the same as before for fields that are empty', () => {
		const empty = { securityToken: '', accountId: '', projectId: undefined };
		expect(sign({}, empty)).toEqual(sign({}));
	});

	test('never hold the secret', () => {
		expect(JSON.stringify(sign({}, { secretAccessKey: 'hush' }))).not.toContain('hush');
	});
});

describe('headers of the request', () => {
	test('are signed in order, whatever their case', () => {
		const headers = { 'X-B': '2', 'content-type': 'application/json', 'X-A': '1' };
		expect(signedHeaders({ headers })).toBe('content-type;host;x-a;x-b;x-sdk-date');
	});

	test('count without the blanks around their values', () => {
		expect(sign({ headers: { a: ' x y\t' } })).toEqual(sign({ headers: { A: 'x y' } }));
	});

	test('with an underscore are not signed: proxies drop them', () => {
		expect(sign({ headers: { my_header: '1' } })).toEqual(sign({}));
	});

	test('of an earlier signature give way to the new one', () => {
		const earlier = signRequest({ method: 'GET', url: COC }, key, new Date(0));
		expect(sign({ headers: earlier })).toEqual(sign({}));
	});

	test('may name another host than the address', () => {
		expect(sign({ headers: { Host: 'coc.example' } })).toEqual(
			sign({ url: 'https://coc.example' }),
		);
	});

	test('leave the type of a multipart body unsigned: its boundary comes later', () => {
		const headers = { 'Content-Type': 'multipart/form-data' };
		expect(sign({ headers, unsignedPayload: true })).toEqual(sign({ unsignedPayload: true }));
	});
});

test('the body counts byte by byte, and none is an empty one', () => {
	expect(signature({ body: Buffer.from('a') })).not.toBe(signature({ body: Buffer.from('a ') }));
	expect(sign({ body: Buffer.alloc(0) })).toEqual(sign({ body: undefined }));
});

test('the method counts in upper case', () => {
	expect(sign({ method: 'post' })).toEqual(sign({ method: 'POST' }));
	expect(signature({ method: 'POST' })).not.toBe(signature({ method: 'GET' }));
});

describe('addresses', () => {
	const same = (a: string, b: string) => expect(sign({ url: a })).toEqual(sign({ url: b }));
	const differ = (a: string, b: string) =>
		expect(signature({ url: a })).not.toBe(signature({ url: b }));

	test.each([
		['the port that the scheme has anyway', 'https://h:443/a', 'https://h/a'],
		['upper case in the host', 'https://H/a', 'https://h/a'],
		['no path', 'https://h', 'https://h/'],
		['no slash at the end: it is added for signing', 'https://h/a', 'https://h/a/'],
		['a fragment, which is not sent', 'https://h/a#b', 'https://h/a'],
		['Unicode in the path, encoded or not', 'https://h/é/✅', 'https://h/%C3%A9/%e2%9c%85'],
		['a letter that is encoded without need', 'https://h/%61?%62=%63', 'https://h/a?b=c'],
		['a blank in the path, encoded or not', 'https://h/a b', 'https://h/a%20b'],
		['a `%` without two digits', 'https://h/a%zz?b=%', 'https://h/a%25zz?b=%25'],
		['the order of the query', 'https://h/?b=1&a=2&a=1', 'https://h/?a=1&a=2&b=1'],
		['a blank in the query', 'https://h/?a=b+c', 'https://h/?a=b%20c'],
		['a name without `=`', 'https://h/?a', 'https://h/?a='],
		['an empty query', 'https://h/?', 'https://h/'],
		['empty parameters', 'https://h/?&a=1&&', 'https://h/?a=1'],
		['a `=` in a value', 'https://h/?a=b=c', 'https://h/?a=b%3Dc'],
		['Unicode in the query', 'https://h/?名=支付', 'https://h/?%E5%90%8D=%E6%94%AF%E4%BB%98'],
	])('mean the same in spite of %s', (_what, a, b) => same(a, b));

	test.each([
		['another port', 'https://h:8443/a', 'https://h/a'],
		['a path prefix', 'https://h/p/a', 'https://h/a'],
		['an encoded slash', 'https://h/a%2Fb', 'https://h/a/b'],
		['a doubled slash', 'https://h/a//b', 'https://h/a/b'],
		['a plus in the path', 'https://h/a+b', 'https://h/a%20b'],
		['an encoded plus in the query', 'https://h/?a=b%2Bc', 'https://h/?a=b+c'],
		['an encoded `%`', 'https://h/%2541', 'https://h/A'],
		['a value that is empty', 'https://h/?a=', 'https://h/'],
		['a repeated parameter', 'https://h/?a=1&a=1', 'https://h/?a=1'],
		['bytes that are no UTF-8', 'https://h/%E9', 'https://h/%C3%A9'],
	])('differ by %s', (_what, a, b) => differ(a, b));
});
