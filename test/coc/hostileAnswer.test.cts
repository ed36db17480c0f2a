import { describe, expect, test } from '@jest/globals';
import { cleanText, isSuccessCode, reading } from './reading.cts';

describe('a body that is no answer of COC', () => {
	test.each([
		['nothing', '', 'empty'],
		['white space', ' \r\n\t', 'empty'],
		['a byte order mark only', '\ufeff', 'empty'],
		['a web page', '<!DOCTYPE html><html></html>', 'notJson'],
		['plain words', 'GOM.00000000', 'notJson'],
		['JSON that breaks off', '{"error_code":"GOM.00000000","err', 'notJson'],
		['JSON with something behind', '{"error_code":"GOM.00000000"} {}', 'notJson'],
		['JSON with a comment', '{"error_code":"GOM.00000000"} // ok', 'notJson'],
		['JavaScript', '{error_code:"GOM.00000000"}', 'notJson'],
		['50,000 nested arrays', '['.repeat(50_000) + ']'.repeat(50_000), 'notJson'],
		['50,000 nested objects', '{"a":'.repeat(50_000) + '0' + '}'.repeat(50_000), 'notJson'],
		['null', 'null', 'noEnvelope'],
		['true', 'true', 'noEnvelope'],
		['a number', '0', 'noEnvelope'],
		['a text', '"GOM.00000000"', 'noEnvelope'],
		['an empty list', '[]', 'noEnvelope'],
		['a list with an envelope in it', '[{"error_code":"GOM.00000000"}]', 'noEnvelope'],
		['an empty object', '{}', 'noEnvelope'],
		['an object of somebody else', '{"status":"ok"}', 'noEnvelope'],
		['an envelope one level deeper', '{"data":{"error_code":"GOM.00000000"}}', 'noEnvelope'],
		['an envelope by its prototype', '{"__proto__":{"error_code":"GOM.00000000"}}', 'noEnvelope'],
		['another spelling', '{"errorCode":"GOM.00000000"}', 'noEnvelope'],
		['a code that is null', '{"error_code":null}', 'noEnvelope'],
		['a code that is empty', '{"error_code":""}', 'noEnvelope'],
		['a code that is blank', '{"error_code":"  "}', 'noEnvelope'],
		['a code that is false', '{"error_code":false}', 'noEnvelope'],
		['a code that is a list', '{"error_code":["GOM.00000000"]}', 'noEnvelope'],
		['a code that is an object', '{"error_code":{"0":"0"}}', 'noEnvelope'],
	])('is told apart: %s', (_what, body, bodyProblem) => {
		const answer = reading(body);
		expect(answer).toMatchObject({ envelope: null, bodyProblem });
		expect(answer.outcome).toBe('unknown');
	});

	test.each(['tooLarge', 'lost', 'timedOut'] as const)(
		'is told apart when it was not read: %s',
		(bodyProblem) => {
			const answer = reading('', { body: null, bodyProblem });
			expect(answer).toMatchObject({ code: null, envelope: null, bodyProblem });
			expect(answer.outcome).toBe('unknown');
		},
	);
});

describe('a success code', () => {
	test.each(['GOM.00000000', 'GOM.00000000000', '0', '00', '0000', 'COC.0'])('is %s', (code) => {
		expect(isSuccessCode(code)).toBe(true);
		expect(reading({ error_code: code }).outcome).toBe('applied');
	});

	test.each([
		'GOM.00007256',
		'GOM.00009999999',
		'GOM.10000000',
		'GOM.00000001',
		'COC.00067003',
		'APIGW.0301',
		'1',
		'0001',
		'-1',
		'200',
		'OK',
		'success',
		'GOM.',
		'null',
	])('is not %s', (code) => {
		expect(isSuccessCode(code)).toBe(false);
		expect(reading({ error_code: code }).outcome).toBe('refused');
	});

	test('is judged to its end, however long it is', () => {
		const answer = reading({ error_code: `GOM.${'0'.repeat(5000)}1` });
		expect(answer.outcome).not.toBe('applied');
	});

	test.each([
		['beside a code of control characters', { error_code: '\u0001', code: 'GOM.00000000' }],
		['beside an empty code', { error_code: '', code: 'GOM.00000000' }],
		['within an error', { error: { code: '0' } }],
	])('counts only as error_code, not %s', (_where, body) => {
		expect(reading(body).outcome).not.toBe('applied');
	});
});

const HALF_CHARACTER = /\p{Surrogate}/u;

describe('text of a server', () => {
	test.each([
		['line breaks', 'one\r\ntwo\n\n three', 'one two three'],
		['escape sequences', '\u001b[31mred\u001b[0m', '[31mred [0m'],
		['NUL and DEL', 'a\0b\x7fc', 'a b c'],
		['signs that turn text around', 'a\u202eb\u2066c\u200fd', 'a b c d'],
		['signs that nobody sees', 'a\u200bb\u00adc\ufeffd', 'a b c d'],
		['line separators', 'a\u2028b\u2029c', 'a b c'],
		['no-break spaces', 'a\u00a0b\u3000c', 'a b c'],
	])('loses %s', (_what, text, clean) => {
		expect(cleanText(text)).toBe(clean);
	});

	test.each([null, '', ' \n', '\u200b\u0000'])('is null when nothing is left of %j', (text) => {
		expect(cleanText(text)).toBeNull();
	});

	test('keeps letters of all languages', () => {
		expect(cleanText('工单已关闭 – é 😀')).toBe('工单已关闭 – é 😀');
	});

	test('is cut to 300 characters, none of them halved', () => {
		expect(cleanText('x'.repeat(300))).toBe('x'.repeat(300));
		expect(cleanText('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`);
		const emoji = cleanText('😀'.repeat(301)) ?? '';
		expect(Array.from(emoji)).toHaveLength(300);
		expect(emoji).not.toMatch(HALF_CHARACTER);
	});

	test('loses halves of characters', () => {
		expect(reading('{"error_code":"1","error_msg":"a\\ud83d"}').message).toBe('a');
	});

	test('costs no time however long it is', () => {
		const before = performance.now();
		cleanText(' \u200b'.repeat(2_000_000));
		expect(performance.now() - before).toBeLessThan(3000);
	});

	test('of a redirect is bounded as well', () => {
		const location = `https://${'a'.repeat(8000)}.example/`;
		const { redirectHost } = reading('', { httpStatus: 302, headers: { location } });
		expect((redirectHost ?? '').length).toBeLessThanOrEqual(300);
	});
});

describe('a secret that a server repeats', () => {
	const secret = 'c2VjcmV0/dG9rZW4+bm9ib2R5=';
	const read = (body: unknown, headers: Record<string, unknown> = {}, httpStatus = 400) =>
		JSON.stringify(reading(body, { headers, httpStatus }, { secrets: [secret] }));

	test.each([
		['its message', { error_code: 'GOM.1', error_msg: `bad ${secret}, ${secret}!` }],
		['its code', { error_code: `GOM.1 ${secret}` }],
		['its request id', { error_code: 'GOM.1', request_id: secret }],
		["IAM's message", { error: { code: 401, message: secret } }],
		["IAM's title", { error: { code: 401, title: secret } }],
		['the depth of its data', { error_code: '0', data: [{ a: { token: `x${secret}x` } }] }],
		['the name of a field', { error_code: '0', data: { [`x${secret}`]: 1 } }],
	])('is removed from %s', (_where, body) => {
		expect(read(body)).not.toContain(secret);
		expect(read(body)).toContain('***');
	});

	test('is removed also when the JSON spells it in escapes', () => {
		const escaped = [...secret].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('');
		const body = `{"error_code":"0","error_msg":"${escaped}","data":"${escaped}"}`;
		expect(read(body)).not.toContain(secret);
	});

	test('is removed from the header X-Request-Id and from the host of a redirect', () => {
		expect(read({ error_code: '1' }, { 'x-request-id': `id-${secret}` })).not.toContain(secret);
		const host = secret.replace(/[^a-z0-9]/gi, '');
		const headers = { location: `https://${host}.example/` };
		const answer = reading('', { httpStatus: 302, headers }, { secrets: [host] });
		expect(answer.redirectHost?.toLowerCase() ?? '').not.toContain(host.toLowerCase());
	});

	test('leaves no part of it behind where a long text is cut', () => {
		const error_msg = 'x'.repeat(290) + secret;
		expect(read({ error_code: '1', error_msg })).not.toContain(secret.slice(0, 8));
	});
});
