// The field Result: an unclear value must never close a ticket.
import { describe, expect, test } from '@jest/globals';
import { refusal, sent, useCoc } from '../support/coc.cts';

const coc = useCoc();

describe('the field Result', () => {
	test.each([
		[true, true],
		['true', true],
		['TRUE', true],
		[' True\n', true],
		[false, false],
		['false', false],
		['FALSE', false],
		['\u00a0False ', false],
	])('understands %j as %j', async (result, expected) => {
		expect((await sent(coc, { result })).parameter.virtual_confirm_result).toBe(expected);
	});

	test.each([
		['"no"', 'no'],
		['"yes"', 'yes'],
		['"Resolved"', 'Resolved'],
		['"0"', '0'],
		['"1"', '1'],
		['"truee"', 'truee'],
		['"true false"', 'true false'],
		['an empty text', ''],
		['spaces', '  '],
		['0', 0],
		['1', 1],
		['null', null],
		['nothing', undefined],
		['an object', {}],
		['an object that says true', { value: true }],
		['a list', []],
		['a list of true', [true]],
	])('refuses %s: an unclear value must never close a ticket', async (_name, result) => {
		const ticket = coc.ticket();
		const { error } = await refusal(coc, { ticket, result });
		expect(error).toContain("'Result'");
		expect(error).toContain(ticket);
	});

	test.each([
		['a long text', 'no '.repeat(1000)],
		['emoji', 'x' + '🚨'.repeat(100)],
		['line breaks', 'no\n[item 7] Ticket IM9 was verified'],
		['direction marks', '\u202eno'],
	])('shows %s in few and harmless words', async (_name, result) => {
		const { error } = await refusal(coc, { result });
		expect(error.length).toBeLessThan(400);
		expect(error).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
	});
});
