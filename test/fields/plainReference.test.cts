import { expect, test } from '@jest/globals';
import { useCoc } from '../support/coc.cts';

const coc = useCoc();

/** What came of an item whose fields are read by these expressions: what was sent, or the message. */
async function outcome(json: Record<string, unknown>, reference: (field: string) => string) {
	const own = coc.ticket();
	const before = coc.requests().length;
	const { success, failed } = await coc.verify([{ ticket: own, ...json }], {
		parameters: {
			ticket: { __rl: true, mode: 'number', value: reference('ticket') },
			operator: reference('operator'),
			result: reference('result'),
			comment: reference('comment'),
		},
	});
	const sent = coc
		.requests()
		.slice(before)
		.map(({ text }) => text);
	const seen = [...success, ...failed].map((item) => item.json);
	return JSON.stringify({ sent, seen })
		.replaceAll(own, 'TICKET')
		.replace(/"requestId":"\w+"/, '');
}

const references = {
	'$json.field': (field: string) => `={{ $json.${field} }}`,
	'$json.field without blanks': (field: string) => `={{$json.${field}}}`,
};

const values: Record<string, unknown[]> = {
	comment: [
		'Works again',
		'  blanks around it\n',
		'={{ 1 + 1 }}',
		'{{ $json.ticket }} $& \\u0041 "quoted"',
		'Grüße 👩‍🚒 \u0000 \u2028',
		'x'.repeat(301),
		'',
		' ',
		null,
		17,
		true,
		['a'],
		{ a: 'b' },
		{ __rl: true, value: 'a' },
	],
	result: [true, false, 'true', 'FALSE', 'no', 1, null, {}],
	operator: ['7da46971b7e24eed90cf777cc2ff8b91', ' 7da4\u200b', '', 5, null],
	ticket: ['IM1', ' IM2 ', '', 12, null, { __rl: true, mode: 'number', value: 'IM3' }],
};

for (const [name, plain] of Object.entries(references)) {
	test(`${name} gives a field exactly what n8n itself makes of it`, async () => {
		for (const [field, all] of Object.entries(values)) {
			for (const value of all) {
				const json = { [field]: value };
				const expected = await outcome(json, (one) => `={{ $json[${JSON.stringify(one)}] }}`);
				expect([field, value, await outcome(json, plain)]).toEqual([field, value, expected]);
			}
		}
	});
}

test('a field that the item lacks, or that JavaScript brings, is what n8n makes of it', async () => {
	for (const name of ['absent', 'constructor', 'toString', '__proto__', 'hasOwnProperty']) {
		const by = (expression: string) => (field: string) =>
			field === 'comment' ? expression : `={{ $json.${field} }}`;
		const expected = await outcome({}, by(`={{ ($json).${name} }}`));
		expect([name, await outcome({}, by(`={{ $json.${name} }}`))]).toEqual([name, expected]);
	}
});

test('each item is given its own field', async () => {
	const items = ['first', 'second', 'third'].map((comment) => ({ comment }));
	await coc.verify(items, { parameters: { options: { concurrency: 1 } } });
	expect(
		coc.requests().map(({ json }) => {
			const { parameter } = json as { parameter: { virtual_confirm_comment: string } };
			return parameter.virtual_confirm_comment;
		}),
	).toEqual(['first', 'second', 'third']);
});
