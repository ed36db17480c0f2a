// What expressions give, item by item, and the option Timeout.
import { describe, expect, test } from '@jest/globals';
import { refusal, useCoc } from '../support/coc.cts';

const coc = useCoc();

describe('an expression that cannot be resolved', () => {
	const node = { __rl: true, mode: 'number' };
	const broken = [
		['refers to a node that does not exist', "{{ $('Nobody').item.json.x }}"],
		['throws', '{{ (() => { throw new Error("out of order") })() }}'],
		['reads JSON that is none', '{{ JSON.parse("{") }}'],
	] as const;
	const fields = [
		['Ticket', (value: string) => ({ ticket: { ...node, value } })],
		['Operator', (value: string) => ({ operator: value })],
		['Result', (value: string) => ({ result: value })],
		['Comment', (value: string) => ({ comment: value })],
		['Timeout', (value: string) => ({ options: { timeout: value } })],
	] as const;

	test.each(
		fields.flatMap(([label, parameters]) =>
			broken.map(([name, expression]) => [label, name, parameters(`=${expression}`)] as const),
		),
	)('in %s because it %s fails only its item', async (label, _name, parameters) => {
		const { error } = await refusal(coc, {}, { parameters });
		// n8n resolves the options together.
		expect(error).toMatch(label === 'Timeout' ? /'(Timeout|Options)'/ : new RegExp(`'${label}'`));
	});

	test('for one item leaves the others alone', async () => {
		const comment = '={{ $itemIndex === 1 ? $("Nobody").item.json.x : "Fine" }}';
		const run = await coc.verify([{}, {}, {}], { parameters: { comment } });
		expect(run.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(run.failed).toMatchObject([
			{ pairedItem: { item: 1 }, json: { error: expect.stringContaining("'Comment'") } },
		]);
	});
});

describe('the option Timeout', () => {
	test.each([
		['99', 99],
		['300,001', 300_001],
		['0, which means none elsewhere in n8n', 0],
		['a negative number', -30_000],
		['a fraction', 100.5],
		['text that is no plain number', '={{ "30 000" }}'],
		['an empty text', ''],
		['null', null],
		['an expression that gives nothing', '={{ $json.timeout }}'],
		['not a number', '={{ NaN }}'],
		['infinity', '={{ Infinity }}'],
		['true', true],
		['a list', '={{ [1000] }}'],
	])('refuses %s', async (_name, timeout) => {
		const { error } = await refusal(coc, {}, { parameters: { options: { timeout } } });
		expect(error).toContain("'Timeout'");
		expect(error).toMatch(/100\b.*300,?000/);
	});

	test.each([100, 300_000])('takes %d', async (timeout) => {
		// An answer that is too late on a busy machine is looked for.
		const { success } = await coc.verify([{}], { parameters: { options: { timeout } } });
		expect(success).toHaveLength(1);
	});

	test('may come from an expression, item by item', async () => {
		const run = await coc.verify([{ comment: 'a' }, { comment: 'b' }], {
			parameters: { options: { timeout: '={{ $json.comment === "a" ? 5000 : 5 }}' } },
		});
		expect(run.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(run.failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});
});
