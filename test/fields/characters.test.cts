/** Whole characters only, and texts that fit. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { HANDLE, operate, refusedInput } from '../support/operate.cts';
import { OPERATOR, refusal, sent, useCoc } from '../support/coc.cts';

const coc = useCoc();

const HALF = '\ud83d';
const CREATED = '/v1/external/incident/create';
const CREATE = {
	...{ title: 'Payments fail', level: 'level_50', type: 'inc_type_p_function_issues' },
	...{ source: 'incident_source_manual', creator: OPERATOR, assignee: OPERATOR },
};
const bodyOf = (path: string) =>
	coc.requests().find((request) => request.path === path)!.json as IDataObject;

describe('half a character is none:', () => {
	test.each([
		['at the end', `Done 😀${HALF}`, 'Done 😀'],
		['at the beginning', `\ude00Done`, 'Done'],
		['within', `Do${HALF}ne`, 'Done'],
	])('%s of a comment', async (_where, comment, expected) => {
		const body = await sent(coc, { comment });
		expect(body.parameter.virtual_confirm_comment).toBe(expected);
	});

	test('in every text of a new incident, and in what the item shows of it', async () => {
		const texts = { description: `d${HALF}`, ownership: `o${HALF}`, region: `r${HALF}` };
		const { success, failed } = await operate(coc, 'create', [{ ...CREATE, title: `t${HALF}` }], {
			parameters: { additionalFields: texts },
		});
		expect(failed).toEqual([]);
		expect(bodyOf(CREATED)).toMatchObject({
			...{ incident_title: 't', incident_description: 'd' },
			...{ incident_ownership: 'o', region: ['r'] },
		});
		expect(success[0]?.json.title).toBe('t');
	});

	test('in cause and solution', async () => {
		const ticket = coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		const item = { ticket, operator: OPERATOR, cause: `c${HALF}`, solution: `s${HALF}` };
		expect((await operate(coc, 'submitSolution', [item])).failed).toEqual([]);
		expect(bodyOf(HANDLE)).toMatchObject({ parameter: { cause: 'c', solution: 's' } });
	});

	test('in filters, COC’s own included', async () => {
		const filter = { field: 'title', operator: 'like', values: [`x${HALF}`] };
		for (const filterJson of [
			{ string_filters: [filter] },
			JSON.stringify({ string_filters: [filter] }),
		]) {
			await operate(coc, 'getAll', [{ filterJson }], {
				parameters: {
					filters: { titleContains: `y${HALF}` },
					options: { filterJson: '={{ $json.filterJson }}' },
				},
			});
		}
		const texts = coc.requests().map(({ text }) => text);
		expect(texts).toHaveLength(2);
		for (const text of texts) {
			expect(text).not.toMatch(/\\ud83d/i);
			expect(text).toContain('"values":["x"]');
			expect(text).toContain('"values":["y"]');
		}
	});

	test.each(['ticket', 'operator'])('but an identifier (%s) with one is refused', async (field) => {
		const { error } = await refusal(coc, { [field]: `IM1${HALF}` });
		expect(error).toContain('invisible character');
		expect(error).not.toMatch(/\p{Cs}/u);
	});
});

describe('Shorten Long Texts', () => {
	const long = (limit: number) => `${'a'.repeat(limit - 2)}👩‍👩‍👧‍👦bcd`;

	test('cuts title and description by whole characters', async () => {
		const item = { ...CREATE, title: long(200) };
		const { failed } = await operate(coc, 'create', [item], {
			parameters: {
				additionalFields: { description: long(600) },
				options: { shortenTexts: true },
			},
		});
		expect(failed).toEqual([]);
		expect(bodyOf(CREATED)).toMatchObject({
			incident_title: `${'a'.repeat(198)}…`,
			incident_description: `${'a'.repeat(598)}…`,
		});
	});

	test('cuts cause and solution', async () => {
		const ticket = coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		const item = { ticket, operator: OPERATOR, cause: long(10_000), solution: long(10_000) };
		const { failed } = await operate(coc, 'submitSolution', [item], {
			parameters: { options: { shortenTexts: true } },
		});
		expect(failed).toEqual([]);
		const cut = `${'a'.repeat(9998)}…`;
		expect(bodyOf(HANDLE)).toMatchObject({ parameter: { cause: cut, solution: cut } });
	});

	test('leaves alone what fits', async () => {
		const title = `${'a'.repeat(198)}👍🏽`;
		await operate(coc, 'create', [{ ...CREATE, title }], {
			parameters: { options: { shortenTexts: true } },
		});
		expect(bodyOf(CREATED)).toMatchObject({ incident_title: title });
	});

	test('is named where a text is too long without it', async () => {
		const error = await refusedInput(coc, 'create', { ...CREATE, title: 'a'.repeat(260) });
		expect(error).toContain("'Title' is 260 characters long, at most 200 are accepted");
		expect(error).toContain("switch on 'Shorten Long Texts'");
	});
});

describe('a ticket that would be another address is refused before anything is sent:', () => {
	test.each(['get', 'verify', 'accept', 'submitSolution'])('%s', async (operation) => {
		for (const ticket of ['.', '..', ' .. ', '\u200b.']) {
			const fields = {
				...{ ticket, operator: OPERATOR, result: true, comment: 'c' },
				...{ cause: 'c', solution: 's' },
			};
			const error = await refusedInput(coc, operation, fields);
			expect(error).toContain("'Ticket' is \"");
		}
	});

	test('any other one is a segment of its own', async () => {
		for (const ticket of ['%2e%2e', 'a/../b', '...', 'IM1?x#y', '.\\..']) {
			await operate(coc, 'get', [{ ticket }]);
		}
		expect(coc.requests().map(({ url }) => url)).toEqual(
			['%252e%252e', 'a%2F..%2Fb', '...', 'IM1%3Fx%23y', '.%5C..'].map(
				(segment) => `/v1/external/incident/${segment}`,
			),
		);
	});

	test.each(['..', `IM1${HALF}`])('also one that COC’s own list gives: %j', async (number) => {
		coc.ticket({ number });
		const { failed } = await operate(coc, 'getAll', [{}], {
			parameters: { filters: { status: ['INCIDENT_STATUS_RESOLVED'] } },
		});
		expect(failed[0]?.json.details.outcome).toBe('notRead');
		expect(coc.requests().map(({ url }) => url)).toEqual(['/v2/incidents/list']);
	});
});
