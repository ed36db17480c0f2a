// The field Comment, at most 300 characters as a person counts them, and its shortening.
import { describe, expect, test } from '@jest/globals';
import { refusal, sent, useCoc } from '../support/coc.cts';
import { BLANK, NOT_TEXT } from './values.cts';

const coc = useCoc();

describe('the field Comment', () => {
	test.each([...NOT_TEXT, ...BLANK])('refuses %s', async (_name, comment) => {
		expect((await refusal(coc, { comment })).error).toContain("'Comment'");
	});

	test.each([
		['300 letters', 'x'.repeat(300)],
		['300 emoji of two code units each', '🚨'.repeat(300)],
		['150 letters with a combining mark each', 'e\u0301'.repeat(150)],
		['300 letters with white space around them', `\n ${'x'.repeat(300)} \t\u00a0`],
		['a single letter', 'x'],
	])('takes %s', async (_name, comment) => {
		const { parameter } = await sent(coc, { comment });
		expect(parameter.virtual_confirm_comment).toBe(comment.trim());
	});

	test.each([
		['301 letters', 'x'.repeat(301), '301'],
		['301 emoji', '🚨'.repeat(301), '301'],
		['43 family emoji of seven code points', '👨‍👩‍👧‍👦'.repeat(43), '301'],
		['5,000 letters', 'x'.repeat(5000), '5000'],
		['301 letters after trimming', `  ${'x'.repeat(301)}  `, '301'],
	])('refuses %s, saying how long it is', async (_name, comment, length) => {
		const { error } = await refusal(coc, { comment });
		expect(error).toContain("'Comment'");
		expect(error).toMatch(new RegExp(`\\b${length}\\b.*\\b300\\b`));
		expect(error).toContain("'Shorten Long Comments'");
	});
});

describe('the option Shorten Long Comments', () => {
	const shorten = { parameters: { options: { shortenComment: true } } };
	const shortened = async (comment: string) => {
		const { success } = await coc.verify([{ comment }], shorten);
		const { parameter } = coc.requests()[0]?.json as Awaited<ReturnType<typeof sent>>;
		expect(success[0]?.json.comment).toBe(parameter.virtual_confirm_comment);
		return parameter.virtual_confirm_comment;
	};

	test('cuts to 300 characters, the closing … included', async () => {
		expect(await shortened('x'.repeat(301))).toBe('x'.repeat(299) + '…');
	});

	test('leaves what is short enough as it is', async () => {
		expect(await shortened('x'.repeat(300))).toBe('x'.repeat(300));
	});

	test.each([
		['an emoji of two code units', 'x'.repeat(298), '🚨', 300],
		['a family emoji', 'x'.repeat(297), '👨‍👩‍👧‍👦', 298],
		['a flag', 'x'.repeat(298), '🇩🇪', 299],
		['a letter with its combining marks', 'x'.repeat(297), 'e\u0301\u0323', 298],
		['a skin tone', 'x'.repeat(298), '👍🏽', 299],
		['a Korean syllable in parts', 'x'.repeat(298), '\u1112\u1161\u11ab', 299],
		['a line break of two characters', 'x'.repeat(298), '\r\n', 299],
	])('does not split %s', async (_name, before, character, length) => {
		const cut = await shortened(before + character + 'y'.repeat(300));
		expect(cut).toMatch(/…$/);
		expect(cut).not.toMatch(/\p{Cs}/u);
		expect(Array.from(cut).length).toBeLessThanOrEqual(Math.max(length, 299));
		const kept = cut.slice(0, -1);
		expect([before, before + character]).toContain(kept);
	});

	test('cuts even a text that is one endless character', async () => {
		const cut = await shortened('x' + '\u0301'.repeat(400));
		expect(cut).toMatch(/…$/);
		expect(Array.from(cut).length).toBeLessThanOrEqual(300);
	});

	test('does not let an empty comment pass', async () => {
		expect((await refusal(coc, { comment: '  ' }, shorten)).error).toContain("'Comment'");
	});

	test('counts when it is off', async () => {
		const off = { parameters: { options: { shortenComment: false } } };
		expect((await refusal(coc, { comment: 'x'.repeat(301) }, off)).error).toContain('301');
	});
});

describe('text with lone surrogates', () => {
	test.each([
		['Comment', { comment: 'a\ud800b' }],
		['Comment at its cut', { comment: 'x'.repeat(298) + '\ud83d' + 'y'.repeat(10) }],
		['Operator', { operator: 'u\udc00' }],
	])('in %s ends in one readable outcome', async (_name, fields) => {
		const { success, failed } = await coc.verify([fields], {
			parameters: { options: { shortenComment: true } },
		});
		expect(success.length + failed.length).toBe(1);
		expect(coc.requests().every(({ json }) => json !== undefined)).toBe(true);
	});
});
