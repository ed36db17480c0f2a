// Adding a remark: in each status in which COC offers it, and never twice.
import { describe, expect, test } from '@jest/globals';
import { states } from '../../../support/changes.cts';
import { OPERATOR, useCoc } from '../../../support/coc.cts';
import { actionsSent, operate, outputOf, refusedInput } from '../../../support/operate.cts';

const coc = useCoc();
const remark = 'The provider is informed';

test.each(Object.entries(states).filter(([, { possible }]) => possible.includes('addRemark')))(
	'a ticket %s gets it, and stays as it is',
	async (_state, { ticket: state }) => {
		const ticket = coc.ticket(state());
		const { history, ...before } = structuredClone(coc.standIn.tickets.get(ticket)!);
		const json = await outputOf(operate(coc, 'addRemark', [{ ticket, remark: ` ${remark}\n` }]));
		expect(json).toMatchObject({ ticket, remark, operator: null, outcome: 'applied' });
		expect(actionsSent(coc)).toEqual([
			{
				task_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				action: 'addRemark',
				params: { note: remark },
			},
		]);
		expect(coc.standIn.tickets.get(ticket)).toMatchObject({
			...{ ...before, updateTime: expect.any(Number) },
			history: [...history, { action: 'addRemark', operator: OPERATOR, comment: remark }],
		});
	},
);

test('equal remarks of two items are two', async () => {
	const ticket = coc.ticket();
	const { success } = await operate(coc, 'addRemark', [
		{ ticket, remark },
		{ ticket, remark },
	]);
	expect(success.map(({ json }) => json.outcome)).toEqual(['applied', 'applied']);
	expect(coc.standIn.tickets.get(ticket)?.history).toHaveLength(2);
});

test('the text is sent as it is written, in any script', async () => {
	const written = '第一行\nline 2 "quoted" \\ <b>&amp;</b> 🚑';
	await outputOf(operate(coc, 'addRemark', [{ ticket: coc.ticket(), remark: written }]));
	expect(actionsSent(coc)[0]?.params).toEqual({ note: written });
});

describe('before anything is read, it is refused', () => {
	test.each([
		['without a text', '  ', "'Remark' is empty"],
		['with a text that is too long', '🚑'.repeat(301), "'Remark' is 301 characters long"],
		['with something else', { a: 1 }, "'Remark' must be text"],
	])('%s', async (_name, value, reason) => {
		const error = await refusedInput(coc, 'addRemark', { ticket: 'IM1', remark: value });
		expect(error).toContain(`was not added: ${reason}`);
	});
});
