/** Answers that could look like success to the rules by which n8n judges a credential test. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type StandIn, startStandIn } from '../standin/index.cts';
import { credentialType, pressTest } from './support.cts';

let coc: StandIn;
beforeAll(async () => {
	coc = await startStandIn();
});
afterAll(() => coc.close());

/** Presses *Test* while COC's next answer is this one. */
async function verdict(status: number, body: unknown, headers: Record<string, string> = {}) {
	coc.fault({
		kind: 'raw',
		status,
		headers: { 'Content-Type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	return (await pressTest({ endpoint: coc.url, token: coc.issueToken() })).status;
}
const envelope = (error_code: unknown, total: unknown = 1) => ({ error_code, data: { total } });

test('the answer that the others are made from is a success', async () => {
	expect(await verdict(200, envelope('GOM.00000000'))).toBe('OK');
});

const REFUSALS = [
	'GOM.00007256',
	'GOM.00009999999',
	'COC.00010002',
	'COC.00011013',
	'COC.00067004',
	'APIGW.9999',
	'APIG.0303',
	'1',
	'200',
	'FAILED',
	'Forbidden',
	'error',
	'No',
	'ERR_SOMETHING_IS_VERY_WRONG.0001',
	'',
];

test.each(REFUSALS)('HTTP 200 with the code %p and a list beside it is none', async (code) => {
	expect(await verdict(200, envelope(code))).toBe('Error');
});

// Without a list, as refusals come, whatever the code is.
test.each([
	...REFUSALS,
	...Array.from({ length: 8 }, (_, place) => `GOM.${'0'.repeat(place)}7${'0'.repeat(7 - place)}`),
	`GOM.${'0'.repeat(40)}1`,
	'DENIED',
	' ',
])('HTTP 200 with the code %p is none', async (error_code) => {
	expect(await verdict(200, { error_code, data: null })).toBe('Error');
	expect(await verdict(200, { error_code, data: {} })).toBe('Error');
	expect(await verdict(200, { error_code })).toBe('Error');
});

test('its rules are few, since each page of the editor loads them', async () => {
	const { rules = [] } = (await credentialType()).test ?? {};
	expect(rules.length).toBeLessThanOrEqual(80);
	expect(JSON.stringify(rules).length).toBeLessThan(20_000);
});

test.each([
	['a list', ['GOM.00000000']],
	['an empty list', []],
	['an object', { length: 1 }],
	['true', true],
	['a number', 1],
])('HTTP 200 with a code that is %s is none', async (_what, code) => {
	expect(await verdict(200, envelope(code))).toBe('Error');
});

test.each([
	['null', null],
	['an object', {}],
	['a text', 'many'],
])('HTTP 200 with a total that is %s is none', async (_what, total) => {
	expect(await verdict(200, envelope('GOM.00000000', total))).toBe('Error');
});

test.each([302, 307, 404, 408, 500, 502, 503, 504])(
	'HTTP %d with the body of a success is none',
	async (status) => {
		const headers = { Location: `${coc.url}/v1/incident-tickets?limit=1&offset=1` };
		expect(await verdict(status, envelope('GOM.00000000'), headers)).toBe('Error');
	},
);
