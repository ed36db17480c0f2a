// A service may repeat what it was sent. The credential's secrets are hidden in whatever spelling it
// does; what merely looks like one is hidden where a request is refused, and stays where it is data.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/redact.ts';

const { hideInJson, hideInRefusal, hideSecrets, spellingsOf } =
	built<typeof source>('nodes/coc/redact');

const TOKEN = 'MIIEpAIBAAKC+gateway/Token==';
/** A password with everything that is written in another way somewhere. */
const PASSWORD = 'pä"ss\\w/rd &<ü>\n+1';
const DIGEST = '0123456789abcdef'.repeat(4);

const hide = (text: string, ...secrets: string[]) => hideSecrets(text, spellingsOf(secrets));
const inJson = <T,>(value: T, secrets: string[], how = hideSecrets) =>
	hideInJson(value, JSON.stringify(value), spellingsOf(secrets), how);
const json = (text: string) => JSON.stringify(text).slice(1, -1);

describe('a secret in a text', () => {
	test.each<[string, (secret: string) => string]>([
		['as it is', (secret) => secret],
		['in JSON', (secret) => json(secret)],
		['in JSON within JSON', (secret) => json(json(secret))],
		['in a URL', (secret) => encodeURIComponent(secret)],
		['twice', (secret) => `${secret}${secret}`],
	])('is hidden %s', (_how, spell) => {
		for (const secret of [TOKEN, PASSWORD]) {
			const shown = hide(`before ${spell(secret)} behind`, secret);
			expect(shown).toMatch(/^before (\*\*\*)+ behind$/);
		}
	});

	test.each([
		['base64', 0],
		['base64', 1],
		['base64', 2],
		['base64url', 0],
		['base64url', 1],
		['base64url', 2],
	] as const)('is hidden in %s, %d bytes after a multiple of three', (encoding, offset) => {
		const secret = 'correct horse battery staple ÿþý';
		const whole = `${'u'.repeat(3 + offset)}${secret}:and more`;
		const shown = hide(Buffer.from(whole).toString(encoding), secret);
		expect(shown).toContain('***');
		const left = shown.split('***').map((part) => Buffer.from(part, encoding).toString('latin1'));
		for (const part of left) expect(part).not.toMatch(/horse|batter|staple/);
	});

	test('is hidden beside others, whatever their order', () => {
		expect(hide(`${TOKEN} and ${PASSWORD}`, PASSWORD, TOKEN)).toBe('*** and ***');
		expect(hide(`${TOKEN} and ${PASSWORD}`, TOKEN, PASSWORD)).toBe('*** and ***');
	});

	test('with signs of a pattern is nothing but a text', () => {
		expect(hide('a.*b$& abbbb$&', 'a.*b$&')).toBe('*** abbbb$&');
	});

	test('that is half a character can’t stand in a URL, and is hidden elsewhere', () => {
		expect(hide('x secret\ud83d y', 'secret\ud83d')).toBe('x *** y');
	});
});

describe('what is no secret worth hiding', () => {
	test.each(['', 'a', 'admin', '12345', 'ok'])('is a short one: %j', (secret) => {
		const text = `admin a 12345 ok ${Buffer.from(secret).toString('base64')}`;
		expect(hide(text, secret)).toBe(text);
		expect(spellingsOf([secret])).toEqual([]);
	});

	test('begins with six characters', () => {
		expect(hide('admin1 admin', 'admin1')).toBe('*** admin');
		expect(hide('admin admin1', 'admin1', 'admin')).toBe('admin ***');
	});

	test('is another text than the secret', () => {
		const text = 'pass word, PASSWORD, passwor d';
		expect(hide(text, 'password')).toBe(text);
		expect(hideSecrets(text, [])).toBe(text);
	});
});

test('all spellings of a list of secrets are found once, and each of them is worth hiding', () => {
	const secrets = [TOKEN, PASSWORD, 'short'];
	const spellings = spellingsOf(secrets);
	expect(spellingsOf(secrets)).toBe(spellings);
	expect(spellings).toEqual(
		expect.arrayContaining([TOKEN, PASSWORD, json(json(PASSWORD)), encodeURIComponent(TOKEN)]),
	);
	expect(spellings.filter(({ length }) => length < 6)).toEqual([]);
	expect(spellingsOf([])).toEqual([]);
});

describe('a digest', () => {
	const texts = [DIGEST, DIGEST.toUpperCase(), `sha256:${DIGEST}`, `"${DIGEST}",`, `a ${DIGEST}.`];

	test.each(texts)('stays in data: %s', (text) => {
		expect(hide(text, TOKEN)).toBe(text);
		expect(inJson({ [text]: text }, [TOKEN])).toEqual({ [text]: text });
	});

	test.each(texts)('goes in a refusal, since it looks like a signature: %s', (text) => {
		const hidden = text.replace(new RegExp(DIGEST, 'i'), '***');
		expect(hideInRefusal(text, spellingsOf([TOKEN]))).toBe(hidden);
		expect(inJson({ message: text }, [TOKEN], hideInRefusal)).toEqual({ message: hidden });
	});

	test('goes with the secrets of a refusal, all of them', () => {
		const text = `Signature=${DIGEST}, Token=${TOKEN}, ${DIGEST}`;
		expect(hideInRefusal(text, spellingsOf([TOKEN]))).toBe('Signature=***, Token=***, ***');
	});

	test.each([
		['one digit shorter', DIGEST.slice(1)],
		['one digit longer', `${DIGEST}0`],
		['twice as long', DIGEST + DIGEST],
		['not all of it digits', DIGEST.replace('f', 'g')],
	])('is not what is %s', (_what, text) => {
		expect(hideInRefusal(text, [])).toBe(text);
	});
});

describe('a secret in JSON', () => {
	test.each<[string, unknown, unknown]>([
		['in a value', { a: `x ${TOKEN} y` }, { a: 'x *** y' }],
		['in a name', { [TOKEN]: 1 }, { '***': 1 }],
		['in a list, deep down', [[{ a: [TOKEN] }]], [[{ a: ['***'] }]]],
		[
			'in base64',
			{ a: Buffer.from(`u:${TOKEN}`).toString('base64') },
			{ a: expect.stringContaining('***') },
		],
		['in a URL', { a: `?t=${encodeURIComponent(TOKEN)}&x` }, { a: '?t=***&x' }],
		['as a text of digits', { a: '171112' }, { a: '***' }],
		['within a text of digits', { a: '91711129' }, { a: '9***9' }],
		['as a number', { a: 171112, b: [171112] }, { a: '***', b: ['***'] }],
	])('is hidden %s', (_where, value, shown) => {
		expect(inJson(value, [TOKEN, '171112'])).toEqual(shown);
	});

	test('is hidden as JSON writes it, once and within a text of JSON', () => {
		const value = { a: PASSWORD, b: JSON.stringify({ c: PASSWORD }), [PASSWORD]: true };
		expect(inJson(value, [PASSWORD])).toEqual({ a: '***', b: '{"c":"***"}', '***': true });
	});

	test.each([1711123456789, 91711129, 0.171112, 1.171112e30])(
		'is no part of another number: %d',
		(number) => {
			expect(inJson({ a: number, b: TOKEN }, [TOKEN, '171112'])).toEqual({ a: number, b: '***' });
		},
	);

	test('leaves alone what holds none', () => {
		const value = { a: [1, -2.5, 1e30, true, null, 'x"\\\n\u0001'], b: {} };
		expect(inJson(value, [TOKEN, PASSWORD])).toBe(value);
		expect(inJson({ ...value, c: TOKEN }, [TOKEN])).toEqual({ ...value, c: '***' });
	});

	test('that begins with the end of an escape is hidden with all around it', () => {
		// As JSON writes it, the line break and what follows read as the secret behind a backslash.
		expect(inJson({ a: 'to\nothing', b: 'ok' }, ['nothing'])).toEqual({ a: '***', b: 'ok' });
		expect(inJson({ 'to\nothing': 1 }, ['nothing'])).toEqual({ '***': 1 });
	});

	test('that ends in the begin of an escape is hidden without what follows', () => {
		const shown = inJson({ a: 'secret\\"', b: 'secret\\', c: 'other' }, ['secret\\']);
		expect(shown).toEqual({ a: '***"', b: '***', c: 'other' });
	});

	test('that spans names and values is hidden in neither', () => {
		// As JSON the secret reads `a":"b`, which is no text of this value.
		const value = { xxa: 'bxx' };
		expect(inJson(value, ['xxa":"bxx'])).toEqual(value);
	});

	test.each(['true', 'false', 'null'])('can’t be a word of JSON: %s stays', (word) => {
		const value = { a: JSON.parse(word) as unknown, b: TOKEN };
		expect(inJson(value, [TOKEN, word])).toEqual({ ...value, b: '***' });
	});
});
