// The token is in no item, error, log or other trace of an execution. `coc.verify` itself looks
// for it in everything that a run leaves behind; here COC, or something before it, repeats it.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { NODE, SUCCESS, useCoc, told } from '../support/coc.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const coc = useCoc();
const KIND: Fault & { kind: 'raw' } = { kind: 'raw', status: 400, body: '' };

const refusal = (error_msg: unknown, error_code: unknown = 'GOM.00007256') =>
	JSON.stringify({ error_code, error_msg, request_id: 'r' });

const echoes: Array<[string, (token: string) => Partial<typeof KIND>]> = [
	['in its message', (token) => ({ body: refusal(`The token ${token} is wrong (${token})`) })],
	['in its code', (token) => ({ body: refusal('No', token) })],
	['as its request ID', (token) => ({ body: `{"error_code":"GOM.1","request_id":"${token}"}` })],
	['in its header X-Request-Id', (token) => ({ body: '', headers: { 'X-Request-Id': token } })],
	['far inside a very long message', (token) => ({ body: refusal('x'.repeat(280) + token) })],
	['in IAM’s shape', (token) => ({ body: `{"error":{"code":401,"message":"${token}"}}` })],
	['in a web page', (token) => ({ body: `<html>X-Auth-Token: ${token}</html>` })],
	['as the whole answer', (token) => ({ body: token })],
	['as JSON text', (token) => ({ body: JSON.stringify(token) })],
	['spelled in escapes', (token) => ({ body: escaped(token) })],
	['in the path of a redirect', (token) => redirect(`https://elsewhere.test/?t=${token}`)],
	['as the host of a redirect', (token) => redirect(`https://${token}.elsewhere.test/`)],
	['as the user of a redirect', (token) => redirect(`https://u:${token}@elsewhere.test/`)],
];
function escaped(token: string) {
	const codes = Array.from(token, (character) =>
		character.charCodeAt(0).toString(16).padStart(4, '0'),
	);
	return `{"error_code":"GOM.1","error_msg":"${codes.map((code) => `\\u${code}`).join('')}"}`;
}
function redirect(location: string) {
	return { status: 302, headers: { Location: location } };
}

describe('a refusal that repeats the token', () => {
	test.each(echoes)('%s does not show it', async (_name, echo) => {
		// A host name is shown in lower case.
		const token = '0123456789abcdef'.repeat(3);
		coc.credential.data.token = token;
		for (const onError of [
			'continueErrorOutput',
			'continueRegularOutput',
			'stopWorkflow',
		] as const) {
			coc.standIn.fault({ ...KIND, ...echo(token) });
			const run = await coc.verify([{ ticket: 'IM1' }], { onError });
			const said = told(run) + JSON.stringify(run.outputs(NODE, 0).concat(run.failed));
			expect(said).toContain('IM1');
			expect(said).not.toContain(token);
		}
	});
});

describe('a success that repeats the token', () => {
	test.each<[string, (token: string) => object]>([
		['in its message', (token) => ({ ...SUCCESS, error_msg: `for ${token}` })],
		['deep in its data', (token) => ({ ...SUCCESS, data: [{ a: { b: ['x', token] } }] })],
		['as a key', (token) => ({ ...SUCCESS, data: { [token]: 1 } })],
		['as part of a key', (token) => ({ ...SUCCESS, [`token-${token}`]: 1 })],
	])('%s does not show it', async (_name, body) => {
		const token = coc.credential.data.token as string;
		coc.standIn.fault({ ...KIND, status: 200, body: JSON.stringify(body(token)) });
		const { success } = await coc.verify([{}]);
		expect(success[0]?.json.outcome).toBe('applied');
		expect(JSON.stringify(success)).not.toContain(token);
	});
});

describe('what n8n’s HTTP library throws', () => {
	test.each<[string, Fault | null]>([
		['after a reset', { kind: 'resetBefore' }],
		['after a time-out', { kind: 'hang' }],
		['within an answer', { kind: 'truncated' }],
		['when nobody listens', null],
	])('%s reaches neither items nor errors', async (_name, fault) => {
		for (const onError of ['continueErrorOutput', 'stopWorkflow'] as const) {
			if (fault) coc.standIn.fault(fault);
			else coc.credential.data.endpoint = 'http://127.0.0.1:1';
			const parameters = { options: { timeout: 500 } };
			const run = await coc.verify([{}], { onError, parameters });
			expect(run.dump()).not.toMatch(/AxiosError|X-Auth-Token|_currentRequest|ClientRequest/i);
			expect(run.executionError ?? {}).not.toHaveProperty('cause.config');
		}
	});
});

test('the search for secrets finds what a run leaves behind', async () => {
	const run = await coc.verify([{ ticket: 'IM404', comment: 'needle-in-an-item' }]);
	expect(run.dump()).toContain('needle-in-an-item');
	expect(run.dump()).toContain('COC.00067003');
});
