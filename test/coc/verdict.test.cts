// What an answer says beyond its outcome: what it means, who sent it, and what it says of the token.
import { describe, expect, test } from '@jest/globals';
import type { Meaning, Verdict } from '../../nodes/coc/answer.ts';
import type * as source from '../../nodes/coc/classify.ts';
import { built } from '../support/built.cts';
import { reading } from './reading.cts';

const { isForeign, isKeyRefusal, isOwnRefusal, isTokenRefusal } =
	built<typeof source>('nodes/coc/classify');

const envelope = (error_code: string) => ({ error_code, error_msg: 'text', data: null });
const bare = (code: string) => ({ code, message: 'text' });
const page = '<html></html>';
const at = (httpStatus: number, body: unknown) => reading(body, { httpStatus });

describe('what an answer means', () => {
	type Row = [status: number, code: string, Meaning | null];
	const paired = (status: number, meaning: Meaning, ...numbers: string[]) =>
		numbers.map((number): Row => [status, `APIGW.${number}`, meaning]);

	/** As the pages pair them. */
	const documented: Row[] = [
		[400, 'COC.00067003', 'noSuchTicket'],
		[400, 'COC.00011013', 'badCredential'],
		[400, 'COC.00010014', 'badCredential'],
		[400, 'GOM.00007256', null],
		[400, 'COC.00010002', null],
		[401, 'APIGW.0301', 'tokenRefused'],
		[401, 'APIGW.0305', 'wrongAuthentication'],
		[401, 'APIGW.0307', 'otherSite'],
		[401, 'common.01010001', 'tokenRefused'],
		...paired(403, 'notPermitted', '0302', '0306', '0310', '0402', '0801', '0802'),
		[403, 'COC.00000403', 'notPermitted'],
		[404, 'APIGW.0101', 'noSuchApi'],
		[404, 'APIGW.0103', 'noSuchApi'],
		[413, 'APIGW.0201', 'tooLarge'],
		[414, 'APIGW.0201', null],
		[429, 'APIGW.0308', 'throttled'],
		...paired(500, 'gatewayTrouble', '0601', '0605', '0606'),
		[502, 'APIGW.0201', 'gatewayTrouble'],
		[503, 'APIGW.0610', 'gatewayTrouble'],
		[503, 'APIGW.0613', 'iamUnavailable'],
		[504, 'APIGW.0201', 'gatewayTrouble'],
		[200, 'GOM.00000000', null],
	];

	test.each(documented)('%d with %s: %p', (status, code, meaning) => {
		expect(at(status, envelope(code)).meaning).toBe(meaning);
		expect(at(status, envelope(code.replace('APIGW.', 'APIG.'))).meaning).toBe(meaning);
	});

	test.each<Row>([
		[200, 'APIGW.0301', 'tokenRefused'],
		[403, 'APIGW.0301', 'tokenRefused'],
		[500, 'APIGW.0308', 'throttled'],
		...paired(599, 'gatewayTrouble', '0601', '0605', '0606', '0610'),
		[404, 'COC.00067003', 'noSuchTicket'],
		[401, 'APIGW.0302', 'notPermitted'],
	])('the code counts before the status: %d with %s: %p', (status, code, meaning) => {
		expect(at(status, envelope(code)).meaning).toBe(meaning);
		expect(at(status, bare(code)).meaning).toBe(meaning);
	});

	test.each([301, 302, 307, 399])('%d leads elsewhere, whatever it says', (status) => {
		for (const body of ['', page, envelope('APIGW.0301')]) {
			expect(at(status, body).meaning).toBe('redirect');
		}
	});

	test('407 is a proxy’s, whatever it says', () => {
		for (const body of ['', page, envelope('APIGW.0301')]) {
			expect(at(407, body).meaning).toBe('proxyLogin');
		}
	});

	test.each<[number, Meaning]>([
		[200, 'foreign'],
		[400, 'foreign'],
		[401, 'foreign'],
		[403, 'foreign'],
		[404, 'foreign'],
		[408, 'foreign'],
		[413, 'tooLarge'],
		[429, 'throttled'],
		[500, 'gatewayTrouble'],
		[502, 'gatewayTrouble'],
		[503, 'gatewayTrouble'],
		[504, 'gatewayTrouble'],
		[599, 'foreign'],
	])('%d of somebody who names no code: %p', (status, meaning) => {
		for (const body of ['', page, {}, [], { message: 'No' }, '{"error_code":"APIGW.0301"']) {
			expect(at(status, body)).toMatchObject({ meaning });
			expect(isForeign(at(status, body))).toBe(true);
		}
	});

	test.each(['constructor', '__proto__', 'APIGW.', 'XAPIGW.0301', 'apigw.0301'])(
		'a code that nobody knows means nothing: %s',
		(code) => {
			expect(at(400, envelope(code)).meaning).toBeNull();
			expect(at(200, envelope(code)).meaning).toBeNull();
		},
	);
});

describe('who sent it', () => {
	test.each<[Verdict['sender'], string, unknown]>([
		['coc', 'its success', envelope('GOM.00000000')],
		['coc', 'its older success', envelope('0')],
		['coc', 'its refusal', envelope('GOM.00007256')],
		['coc', 'a code like the gateway’s', envelope('XAPIGW.0301')],
		['service', 'the gateway’s refusal', envelope('APIGW.0301')],
		['service', 'the older gateway’s refusal', envelope('APIG.0301')],
		['service', 'IAM’s refusal', { error: { code: 401, message: 'No', title: 'Unauthorized' } }],
		['service', 'a code without an envelope', bare('COC.00067003')],
		['between', 'nothing', ''],
		['between', 'a web page with words', '<title>Blocked</title>'],
		['between', 'plain words', 'Bad gateway'],
		['between', 'JSON without a code', { status: 'ok' }],
		['between', 'a list', []],
		['between', 'an empty code', envelope(' ')],
		['unreadable', 'JSON that breaks off', '{"error_code":"GOM.00000000"'],
	])('%s: %s, whatever its status', (sender, _what, body) => {
		for (const status of [200, 400, 401, 403, 429, 500, 503]) {
			expect(at(status, body).sender).toBe(sender);
		}
	});

	test.each(['tooLarge', 'lost', 'timedOut'] as const)(
		'can’t be said of what was not read: %s',
		(bodyProblem) => {
			expect(reading('', { body: null, bodyProblem }).sender).toBe('unreadable');
		},
	);

	test.each<[number, string, boolean]>([
		[400, 'GOM.00007256', true],
		[200, 'GOM.00007256', true],
		[400, 'APIGW.0201', false],
		[403, 'GOM.00007256', false],
		[404, 'GOM.00007256', false],
		[500, 'GOM.00007256', false],
		[408, 'GOM.00007256', false],
		[200, 'GOM.00000000', false],
	])('%d with %s is a refusal of COC itself: %p', (status, code, own) => {
		expect(isOwnRefusal(at(status, envelope(code)))).toBe(own);
		expect(isOwnRefusal(at(status, page))).toBe(false);
	});
});

describe('whether the token or the key was refused', () => {
	test.each<[number, string, Verdict['refused']]>([
		[401, 'APIGW.0301', 'token'],
		[401, 'APIGW.0307', 'token'],
		[401, 'common.01010001', 'token'],
		[401, 'SOMETHING.NEW', 'token'],
		[403, 'APIGW.0301', 'token'],
		[200, 'APIGW.0301', 'token'],
		[200, 'APIGW.0307', 'token'],
		[401, 'APIGW.0305', 'key'],
		[400, 'APIGW.0305', 'key'],
		[401, 'APIGW.0302', 'key'],
		[403, 'APIGW.0302', null],
		[403, 'SOMETHING.NEW', null],
		[400, 'GOM.00007256', null],
		[429, 'APIGW.0308', null],
		[200, 'GOM.00000000', null],
		// COC may have seen the request: a new token would send it a second time.
		[500, 'APIGW.0301', null],
		[503, 'APIGW.0301', null],
		[408, 'APIGW.0307', null],
	])('%d with %s: %p', (status, code, refused) => {
		for (const one of [code, code.replace('APIGW.', 'APIG.')]) {
			const answer = at(status, envelope(one));
			expect(answer.refused).toBe(refused);
			expect(isTokenRefusal(answer)).toBe(refused === 'token');
			expect(isKeyRefusal(answer)).toBe(refused !== null);
		}
	});

	test.each([200, 302, 401, 403, 407, 500])('%d of somebody else says nothing of it', (status) => {
		for (const body of ['', page, {}, { message: 'Unauthorized' }]) {
			expect(at(status, body).refused).toBeNull();
		}
	});
});
