// The fields Ticket and Operator: text without white space, 1 to 255 characters.
import { describe, expect, test } from '@jest/globals';
import { OPERATOR, refusal, sent, useCoc } from '../support/coc.cts';
import { BLANK, NOT_TEXT, WITH_WHITE_SPACE } from './values.cts';

const coc = useCoc();

describe.each([
	['Ticket', 'ticket'],
	['Operator', 'operator'],
] as const)('the field %s', (label, field) => {
	const value = () => (field === 'ticket' ? coc.ticket() : OPERATOR);
	const key = field === 'ticket' ? 'incident_num' : 'operator';

	test.each([...NOT_TEXT, ...BLANK, ...WITH_WHITE_SPACE])('refuses %s', async (_name, bad) => {
		const { error } = await refusal(coc, { [field]: bad });
		expect(error).toContain(`'${label}'`);
	});

	test.each([
		['spaces', ' ', '  '],
		['line breaks', '\r\n', '\n'],
		['tabs', '\t', '\t'],
		['no-break spaces', '\u00a0', '\u00a0'],
		['a byte order mark', '\ufeff', ''],
	])('drops %s around the value', async (_name, before, after) => {
		const good = value();
		expect((await sent(coc, { [field]: before + good + after }))[key]).toBe(good);
	});

	test('takes 255 characters, white space around them not counted', async () => {
		const long = 'x'.repeat(255);
		if (field === 'ticket') coc.ticket({ number: long });
		expect((await sent(coc, { [field]: ` ${long} ` }))[key]).toBe(long);
	});

	test('counts a character as one, whatever it takes to store it', async () => {
		const long = '🚨'.repeat(255);
		if (field === 'ticket') coc.ticket({ number: long });
		expect((await sent(coc, { [field]: long }))[key]).toBe(long);
	});

	test('refuses 256 characters and says how many there are', async () => {
		const { error } = await refusal(coc, { [field]: 'x'.repeat(256) });
		expect(error).toContain(`'${label}'`);
		expect(error).toMatch(/\b256\b.*\b255\b/);
	});
});

describe('a refused ticket', () => {
	test('is shown as it was given, cut to 255 characters', async () => {
		const { ticket } = await refusal(coc, { ticket: `${' '.repeat(3)}${'x'.repeat(300)}` });
		expect(ticket).toBe('   ' + 'x'.repeat(252));
	});

	test('is cut between characters, not inside one', async () => {
		const { ticket } = await refusal(coc, { ticket: '🚨'.repeat(300) });
		expect(ticket).not.toMatch(/\p{Cs}/u);
		expect(Array.from(ticket ?? '').length).toBeLessThanOrEqual(255);
	});

	test.each(NOT_TEXT)('is null in the details when it was %s', async (_name, ticket) => {
		expect((await refusal(coc, { ticket })).ticket).toBeNull();
	});

	test.each([
		['forged lines', 'IM1\n[item 7] Ticket IM2 was verified', /IM1 \[item 7\]/],
		['direction marks', 'IM\u202e1 2', /^[^\u202e]*$/],
		['control characters', 'IM\u001b[31m1 2', /^\P{Cc}*$/u],
	])('does not disturb the message by %s', async (_name, ticket, shown) => {
		expect((await refusal(coc, { ticket })).error).toMatch(shown);
	});
});

test('an operator who is missing is explained, with the place to find one', async () => {
	// Literally empty, as the editor stores an untouched field: n8n itself must let it pass.
	const { error } = await refusal(coc, {}, { parameters: { operator: '' } });
	expect(error).toContain("'Operator'");
	expect(error).toContain('IAM user ID');
	expect(error).toMatch(/O&M Engineer/);
});
