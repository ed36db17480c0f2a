import { describe, expect, test } from '@jest/globals';
import type * as fields from '../../nodes/auth/endpoints.ts';
import type * as source from '../../nodes/coc/url.ts';
import { built } from '../support/built.cts';

const { COC_ENDPOINTS, originOf } = built<typeof source>('nodes/coc/url');
const { readEndpoint } = built<typeof fields>('nodes/auth/endpoints');

const accepted = (url: string, origin: string) => ({ ok: true, value: { url, origin } });

test('the endpoints of the three sites are those of the COC contract', () => {
	expect(COC_ENDPOINTS).toEqual({
		china: 'https://coc.myhuaweicloud.com',
		international: 'https://coc-intl.myhuaweicloud.com',
		europe: 'https://coc-eu-west-101-open-api.myhuaweicloud.eu',
	});
});

describe('an endpoint is accepted', () => {
	test.each(Object.values(COC_ENDPOINTS))('as it stands: %s', (url) => {
		expect(readEndpoint(url, 'Endpoint')).toEqual(accepted(url, url));
	});

	test.each([
		['a trailing slash', 'https://coc.example/'],
		['trailing slashes', 'https://coc.example///'],
		['spaces around', '  https://coc.example  '],
		['a line break behind', 'https://coc.example\r\n'],
		['slashes, then white space', ' \thttps://coc.example// \n'],
		['no-break spaces around', '\u00a0https://coc.example\u00a0'],
		['upper case', 'HTTPS://COC.Example'],
		['the port that https has anyway', 'https://coc.example:443/'],
	])('with %s, which makes no difference', (_what, text) => {
		expect(readEndpoint(text, 'Endpoint')).toEqual(
			accepted('https://coc.example', 'https://coc.example'),
		);
	});

	test.each([
		['a port', 'https://coc.example:8443', 'https://coc.example:8443', 'https://coc.example:8443'],
		['a path prefix', 'https://a.example/b/coc/', 'https://a.example/b/coc', 'https://a.example'],
		[
			'both',
			'https://a.example:8443/coc//',
			'https://a.example:8443/coc',
			'https://a.example:8443',
		],
		['an IPv4 address', 'https://192.0.2.7', 'https://192.0.2.7', 'https://192.0.2.7'],
		['an IPv6 address', 'https://[2001:db8::7]/', 'https://[2001:db8::7]', 'https://[2001:db8::7]'],
	])('with %s', (_what, text, url, origin) => {
		expect(readEndpoint(text, 'Endpoint')).toEqual(accepted(url, origin));
	});

	test.each([
		['http://localhost:8080', 'http://localhost:8080'],
		['HTTP://LOCALHOST', 'http://localhost'],
		['http://127.0.0.1/coc', 'http://127.0.0.1'],
		['http://127.255.3.4:81', 'http://127.255.3.4:81'],
		['http://127.1', 'http://127.0.0.1'],
		['http://[::1]:8080/', 'http://[::1]:8080'],
		['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
	])('in plain HTTP on this machine: %s', (text, origin) => {
		expect(readEndpoint(text, 'Endpoint')).toMatchObject({ ok: true, value: { origin } });
	});
});

describe('an endpoint is refused, saying why,', () => {
	const refused: Array<[what: string, value: unknown, reason: RegExp]> = [
		['when it is empty', '', /is empty/],
		['when it is blank', ' \n ', /is empty/],
		['when it is missing', undefined, /is empty/],
		['when it is null', null, /is empty/],
		['when it is no text', 443, /is empty/],
		['without a scheme', 'coc.example', /needs a scheme/],
		['with a host and port only', 'localhost:8080', /needs a scheme/],
		['without a scheme, but slashes', '//coc.example', /needs a scheme/],
		['with one slash too few', 'https:/coc.example', /needs a scheme/],
		['for ftp', 'ftp://coc.example', /https:\/\//],
		['for file', 'file:///etc/hosts', /https:\/\//],
		['for ws', 'wss://coc.example', /https:\/\//],
		['in plain HTTP to another machine', 'http://coc.example', /https:\/\//],
		['in plain HTTP to a private address', 'http://192.168.0.7', /https:\/\//],
		['in plain HTTP to 0.0.0.0', 'http://0.0.0.0', /https:\/\//],
		['in plain HTTP to 128.0.0.1', 'http://128.0.0.1', /https:\/\//],
		['in plain HTTP to a mapped address', 'http://[::ffff:127.0.0.1]', /https:\/\//],
		['when another machine only looks local', 'http://localhost.example', /https:\/\//],
		['when another machine only looks like 127', 'http://127.0.0.1.example', /https:\/\//],
		['when localhost is only its prefix', 'http://localhostess', /https:\/\//],
		['with a user name', 'https://someone@coc.example', /user name or password/],
		['with a password', 'https://:pass-word@coc.example', /user name or password/],
		['with a host that is a user name', 'http://127.0.0.1@coc.example', /user name or password/],
		['with a query', 'https://coc.example/?a=1', /query/],
		['with an empty query', 'https://coc.example?', /query/],
		['with a fragment', 'https://coc.example/#a', /fragment/],
		['with an empty fragment', 'https://coc.example#', /fragment/],
		['with a space inside', 'https://coc.exa mple', /not a valid URL/],
		['with a space in its path', 'https://coc.example/a b', /not a valid URL/],
		['with a space before its last slash', 'https://coc.example /', /not a valid URL/],
		['with a line break inside', 'https://coc.\nexample', /not a valid URL/],
		['with a tab inside', 'https://coc\t.example', /not a valid URL/],
		['with a backslash', 'https://coc.example\\', /not a valid URL/],
		['without a host', 'https://', /not a valid URL/],
		['with a port that is none', 'https://coc.example:99999', /not a valid URL/],
		['with an address that is none', 'http://127.0.0.999', /not a valid URL/],
		['when it is garbage', 'https://[coc', /not a valid URL/],
	];

	test.each(refused)('%s', (_what, value, reason) => {
		expect(readEndpoint(value, 'Endpoint')).toEqual({
			ok: false,
			reason: expect.stringMatching(reason),
		});
		expect(readEndpoint(value, 'Endpoint')).toMatchObject({
			reason: expect.stringMatching(/^the credential's 'Endpoint' /),
		});
	});

	test('without repeating a password that is in it', () => {
		const refusal = readEndpoint('https://someone:pass-word@coc.example', 'Endpoint');
		expect(JSON.stringify(refusal)).not.toContain('pass-word');
	});
});

describe('the origin of an address', () => {
	test.each([
		['https://coc.example/v1?a=1', undefined, 'https://coc.example'],
		['https://COC.example:443/v1', undefined, 'https://coc.example'],
		['/v1', 'https://coc.example/prefix', 'https://coc.example'],
		['//other.example/v1', 'https://coc.example', 'https://other.example'],
		['https://coc.example@other.example', undefined, 'https://other.example'],
		['/v1', undefined, null],
		['/v1', '', null],
		['no address', undefined, null],
	])('%s (base %s) is %s', (address, base, origin) => {
		expect(originOf(address, base)).toBe(origin);
	});
});
