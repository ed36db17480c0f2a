import { describe, expect, test } from '@jest/globals';
import type * as source from '../../nodes/auth/credential.ts';
import { built } from '../support/built.cts';

const { readCredential } = built<typeof source>('nodes/auth/credential');

const endpoint = 'https://coc.example/prefix/';
const letters = 'abcdefghij'.repeat(4);
const read = (fields: Record<string, unknown>) =>
	readCredential({ endpoint, authentication: 'token', token: letters, ...fields }, 0);

test('a credential becomes an endpoint, a token and what must stay secret', () => {
	expect(read({})).toEqual({
		ok: true,
		value: {
			endpoint: { url: 'https://coc.example/prefix', origin: 'https://coc.example' },
			trust: { ignoreSslIssues: false, ca: null },
			authentication: { kind: 'token', token: letters },
			integrationKey: '',
			secrets: [letters],
		},
	});
});

test('a credential saved with endpoint and token only is one with a token and strict TLS', () => {
	expect(readCredential({ endpoint, token: letters }, 0)).toEqual(read({}));
	expect(read({ authentication: null, ignoreSslIssues: null })).toEqual(read({}));
});

test.each([
	[true, true],
	[false, false],
	['true', false],
	[1, false],
])("'Ignore SSL Issues' counts only when it is really on: %p", (ignoreSslIssues, counts) => {
	expect(read({ ignoreSslIssues })).toMatchObject({
		value: { trust: { ignoreSslIssues: counts } },
	});
});

test("an unusable 'Endpoint' is refused with its own reason, even when the token is bad too", () => {
	expect(read({ endpoint: 'coc.example', token: '' })).toMatchObject({
		ok: false,
		reason: expect.stringContaining("'Endpoint' needs a scheme"),
	});
});

test.each(['aksk', '', 'Token', 7, {}, 'constructor', 'toString', '__proto__', 'hasOwnProperty'])(
	"an unknown value of 'Authentication' is refused: %p",
	(authentication) => {
		expect(read({ authentication })).toEqual({
			ok: false,
			reason: expect.stringContaining("'Authentication'"),
		});
	},
);

describe('a token', () => {
	test.each([
		['spaces', `  ${letters} `],
		['a line break behind', `${letters}\n`],
		['line breaks and tabs around', `\r\n\t${letters}\t\r\n`],
		['no-break spaces', `\u00a0${letters}\u00a0`],
		['a byte order mark', `\ufeff${letters}`],
	])('is used without %s, as copy and paste brings them', (_what, token) => {
		expect(read({ token })).toEqual(read({}));
	});

	test('may hold every character that base64 has, and be as long as tokens of IAM are', () => {
		const token = 'MIIEvQ+/-_=.~'.repeat(700);
		expect(read({ token })).toMatchObject({ value: { authentication: { token } } });
	});

	test.each([
		['empty', ''],
		['blank', ' \n'],
		['missing', undefined],
		['null', null],
		['no text', 12345678],
	])('that is %s is refused', (_what, token) => {
		const reason = expect.stringContaining("'Token' is empty");
		expect(read({ token })).toEqual({ ok: false, reason });
	});

	test.each([
		['a line break', '\n', /a line break at position 11/],
		['a carriage return', '\r\n', /a line break at position 11/],
		['a space', ' ', /white space at position 11/],
		['a tab', '\t', /white space at position 11/],
		['a no-break space', '\u00a0', /white space at position 11/],
		['an accented letter', 'é', /U\+00E9\) at position 11/],
		['a zero width space', '\u200b', /U\+200B\) at position 11/],
		['a typographic dash', '–', /U\+2013\) at position 11/],
		['a NUL', '\0', /U\+0000\) at position 11/],
		['a DEL', '\x7f', /U\+007F\) at position 11/],
		['an emoji', '😀', /U\+1F600\) at position 11/],
	])('with %s inside is refused, saying where', (_what, character, reason) => {
		const token = letters.slice(0, 10) + character + letters.slice(10);
		const refusal = read({ token });
		expect(refusal).toEqual({ ok: false, reason: expect.stringMatching(reason) });
		expect(JSON.stringify(refusal)).not.toMatch(/abc|hij/);
	});

	test('is counted from its first character, not from the spaces before it', () => {
		expect(read({ token: `   ${letters.slice(0, 10)} ${letters}` })).toMatchObject({
			reason: expect.stringContaining('position 11'),
		});
	});
});
