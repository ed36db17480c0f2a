// Ticket and Operator, picked from a list or entered by hand, and as the first release stored them.
import { describe, expect, test } from '@jest/globals';
import { OPERATOR, refusal, sent, useCoc } from '../support/coc.cts';

const coc = useCoc();
const located = (value: unknown, mode: string, more = {}) => ({ __rl: true, value, mode, ...more });

describe('the operator', () => {
	test.each([
		['picked from the list', located(OPERATOR, 'list', { cachedResultName: 'Anna' })],
		['entered by ID', located(OPERATOR, 'id')],
		['entered by ID, with white space from copying', located(`\u00a0${OPERATOR}\n`, 'id')],
		['given by an expression', located('={{ $json.operator }}', 'id')],
		['given by an expression that does more', located('={{ $json.operator.trim() }}', 'id')],
		// The first release had a text field.
		['as the first release stored it', OPERATOR],
		['as the first release stored an expression', '={{ $json.operator }}'],
		['typed over what the first release stored', located(OPERATOR, '')],
	])('%s is sent', async (_how, operator) => {
		const { operator: arrived } = await sent(coc, {}, { parameters: { operator } as never });
		expect(arrived).toBe(OPERATOR);
	});

	test.each([
		['left as it is', undefined],
		['of which nothing was picked', located('', 'list')],
		['left empty by ID', located(' ', 'id')],
		['stored empty by the first release', ''],
	])('%s is refused with a token, and where to find one is said', async (_how, operator) => {
		const { error } = await refusal(coc, {}, { parameters: { operator } as never });
		expect(error).toMatch(/'Operator' is empty.*Pick the person.*IAM user ID/);
	});
});

describe('the ticket', () => {
	test.each([
		['picked from the list', (number: string) => located(number, 'list')],
		['entered by number', (number: string) => located(` ${number} `, 'number')],
		['as an expression for the whole field', (number: string) => number],
		[
			'pasted as an address',
			(number: string) => located(`https://x.test/#/im/${number}?a`, 'number'),
		],
		[
			'pasted as an address that repeats it',
			(number: string) => located(`https://x.test/${number}?id=${number}`, 'number'),
		],
	])('%s is sent', async (_how, ticket) => {
		const number = coc.ticket();
		const sentTicket = ticket(number);
		const { incident_num } = await sent(
			coc,
			{ ticket: number },
			{
				parameters: { ticket: sentTicket } as never,
			},
		);
		expect(incident_num).toBe(number);
	});

	test('an address with two numbers is nobody’s guess', async () => {
		const ticket = `https://x.test/${coc.ticket()}/${coc.ticket()}`;
		await coc.verify([{ ticket }]);
		expect(coc.requests()[0]?.ticket).toBe(ticket);
		expect(coc.requests().filter(({ applied }) => applied)).toEqual([]);
	});
});
