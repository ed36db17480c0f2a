// What is sent, and what comes out when COC said yes.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { NODE, OPERATOR, SUCCESS, useCoc, told } from '../../../../support/coc.cts';
import { withOptions } from '../../../../support/watch.cts';

const coc = useCoc();

describe('the request', () => {
	test('is the one that the COC contract shows, byte for byte', async () => {
		const ticket = coc.ticket({ number: 'IM202403221515060171753781' });
		await coc.verify([{ ticket, operator: OPERATOR, result: false, comment: '13' }]);

		expect(coc.requests()).toHaveLength(1);
		const [request] = coc.requests();
		expect(request?.text).toBe(
			'{"incident_num":"IM202403221515060171753781","operator":"7da46971b7e24eed90cf777cc2ff8b91","operate_key":"confirm","parameter":{"virtual_confirm_result":false,"virtual_confirm_comment":"13"}}',
		);
		expect(request?.method).toBe('POST');
		expect(request?.url).toBe('/v1/external/incident/handle');
		expect(request?.headers['content-type']).toMatch(/^application\/json(;\s*charset=utf-8)?$/i);
		expect(request?.headers['x-auth-token']).toBe(coc.credential.data.token);
	});

	test.each([
		['Resolved closes the ticket', true, 'INCIDENT_STATUS_COMPLETED'],
		['Unresolved sends it back to its handler', false, 'INCIDENT_STATUS_ACKNOWLEDGED'],
	])('%s', async (_name, result, status) => {
		const ticket = coc.ticket();
		// As the editor stores the dropdown: no expression.
		await coc.verify([{ ticket, comment: 'Seen twice' }], { parameters: { result } });
		expect(coc.standIn.tickets.get(ticket)).toMatchObject({
			status,
			history: [{ action: 'confirm', operator: OPERATOR, comment: 'Seen twice', result }],
		});
	});

	test('is not sent when the workflow leaves Result at its default: n8n asks for it', async () => {
		const run = await coc.verify([{}], { parameters: { result: undefined as never } });
		expect(run.success).toEqual([]);
		expect(told(run) + JSON.stringify(run.failed)).toContain('Result');
		expect(coc.requests()).toEqual([]);
	});

	test('takes its values from earlier nodes by expressions', async () => {
		const tickets = [coc.ticket(), coc.ticket()];
		const { success } = await coc.verify(
			tickets.map((ticket, index) => ({ ticket: { number: ticket }, result: index === 1 })),
			{
				parameters: {
					ticket: {
						__rl: true,
						mode: 'number',
						value: "={{ $('Tickets').item.json.ticket.number }}",
					},
					result: "={{ $('Prepared').item.json.result }}",
					comment: "=Item {{ $itemIndex }} of {{ $('Tickets').all().length }}",
				},
			},
		);
		expect(success.map(({ json }) => [json.ticket, json.result, json.comment])).toEqual([
			[tickets[0], false, 'Item 0 of 2'],
			[tickets[1], true, 'Item 1 of 2'],
		]);
	});

	test.each([
		['Chinese', '验证通过，服务已恢复'],
		['emoji and typographic marks', '✅ “ok” – é 👨‍👩‍👧‍👦 🇩🇪'],
		['right-to-left text with its marks', 'תוקן \u200f(בדיקה)\u202e'],
		['quotes, backslashes and markup', '"\\" \' <b>&amp;</b> {{ $json }} ${x}'],
		['line breaks, tabs and double spaces', 'one\r\ntwo\n\n\tthree  four'],
		['line separators and control characters', 'a\u2028b\u2029c\u0000d\u001be\u007f'],
		['words that n8n takes for network trouble', 'ETIMEDOUT, then ECONNRESET'],
		['digits alone', '13'],
		['words of JSON', 'null'],
	])('carries a comment of %s unchanged', async (_name, comment) => {
		const { success } = await coc.verify([{ comment }]);
		expect(success[0]?.json.comment).toBe(comment);
		expect(coc.requests()[0]?.json).toMatchObject({
			parameter: { virtual_confirm_comment: comment },
		});
	});

	test('goes out for one item after the other with a Concurrency of 1, in their order', async () => {
		coc.standIn.fault({ kind: 'latency', ms: 40, times: 3 });
		const tickets = [coc.ticket(), coc.ticket(), coc.ticket()];
		const { success } = await coc.verify(
			tickets.map((ticket) => ({ ticket })),
			withOptions({ concurrency: 1 }),
		);
		expect(success.map(({ json }) => json.ticket)).toEqual(tickets);
		expect(coc.requests().map(({ ticket }) => ticket)).toEqual(tickets);
		const [first = 0, second = 0, third = 0] = coc.requests().map(({ at }) => at);
		expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(35);
	});

	test.each([
		['spaces', '  ', '  '],
		['line breaks, as copy and paste brings them', '\r\n', '\n'],
		['tabs and no-break spaces', '\t\u00a0', '\u00a0'],
	])('carries the token without %s at its ends', async (_name, before, after) => {
		const token = coc.standIn.issueToken();
		coc.credential.data.token = before + token + after;
		const { success } = await coc.verify([{}]);
		expect(success).toHaveLength(1);
		expect(coc.requests()[0]?.headers['x-auth-token']).toBe(token);
	});
});

describe('the output', () => {
	test('has one paired item for each input item, with the values as they were sent', async () => {
		const tickets = [coc.ticket(), coc.ticket()];
		const run = await coc.verify([
			{ ticket: ` ${tickets[0]}\n`, result: ' FALSE ', comment: '\tStill down \n' },
			{ ticket: tickets[1], operator: `\u00a0${OPERATOR}\r\n`, result: 'true' },
		]);
		expect(run.status).toBe('success');
		expect(run.success).toEqual([
			{
				json: {
					ticket: tickets[0],
					operator: OPERATOR,
					result: false,
					comment: 'Still down',
					outcome: 'applied',
					response: SUCCESS,
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					ticket: tickets[1],
					operator: OPERATOR,
					result: true,
					comment: 'Works again',
					outcome: 'applied',
					response: SUCCESS,
				},
				pairedItem: { item: 1 },
			},
		]);
		expect(run.failed).toEqual([]);
		expect(run.pairedWith('Tickets', NODE, 0).json.ticket).toBe(` ${tickets[0]}\n`);
		expect(run.pairedWith('Tickets', 'Verified', 1).json.ticket).toBe(tickets[1]);
	});

	test.each<[string, number, unknown]>([
		['the documented code', 200, SUCCESS],
		['the code of older pages as text', 200, { ...SUCCESS, error_code: '0' }],
		['that code as a number', 200, { ...SUCCESS, error_code: 0 }],
		['a code of nothing but zeros', 200, { ...SUCCESS, error_code: '0000' }],
		['the provider as a number', 200, { ...SUCCESS, provider_code: 4 }],
		['another success status', 201, SUCCESS],
		['no data at all', 200, { provider_code: '049', error_code: 'GOM.00000000' }],
		['fields nobody knows yet', 200, { ...SUCCESS, trace: [{ id: 1 }], data: { a: null } }],
		['a message that sounds bad', 200, { ...SUCCESS, error_msg: 'ECONNRESET: 0 errors' }],
	])('holds the answer as received: %s', async (_name, status, body) => {
		coc.standIn.fault({ kind: 'raw', status, body: JSON.stringify(body) });
		const { success } = await coc.verify([{}]);
		expect(success[0]?.json).toMatchObject({ outcome: 'applied' });
		expect(success[0]?.json.response).toEqual(body);
	});

	test.each<[string, Record<string, string>, string | Buffer]>([
		['with a byte order mark', {}, `\ufeff${JSON.stringify(SUCCESS)}`],
		['surrounded by white space', {}, `\r\n ${JSON.stringify(SUCCESS, null, 2)} \n`],
		['labelled as a web page', { 'Content-Type': 'text/html' }, JSON.stringify(SUCCESS)],
		['compressed', { 'Content-Encoding': 'gzip' }, gzipSync(JSON.stringify(SUCCESS))],
		['of 900 kB', {}, JSON.stringify({ ...SUCCESS, padding: 'x'.repeat(900_000) })],
		[
			'of 300,000 Chinese characters',
			{},
			JSON.stringify({ ...SUCCESS, padding: '验'.repeat(300_000) }),
		],
	])('counts an answer %s as well', async (_name, headers, body) => {
		coc.standIn.fault({ kind: 'raw', status: 200, headers, body });
		const { success } = await coc.verify([{}]);
		expect(success[0]?.json.response).toMatchObject(SUCCESS);
		expect(JSON.stringify(success)).not.toContain('\ufffd');
	});

	test('is not confused by keys of an answer that mean something to JavaScript', async () => {
		const body =
			'{"error_code":"0","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}},"toString":3}';
		coc.standIn.fault({ kind: 'raw', status: 200, body });
		const { success } = await coc.verify([{}]);
		const response = success[0]?.json.response as object;
		expect(JSON.stringify(response)).toBe(body);
		expect(({} as { polluted?: number }).polluted).toBeUndefined();
	});
});
