import { describe, expect, test } from '@jest/globals';
import { reading } from './reading.cts';

const OK = { provider_code: '049', error_code: 'GOM.00000000', error_msg: null, data: null };

describe('the envelope of COC', () => {
	test('is read as received', () => {
		expect(reading(OK)).toEqual({
			httpStatus: 200,
			code: 'GOM.00000000',
			message: null,
			requestId: null,
			retryAfterMs: null,
			serverTime: null,
			redirectHost: null,
			envelope: OK,
			success: true,
			bodyProblem: null,
			outcome: 'applied',
			meaning: null,
			sender: 'coc',
			refused: null,
		});
	});

	test('keeps everything that is in it, also what nobody knows yet', () => {
		const rich = { ...OK, provider_code: 4, data: { a: [1, null, { b: 'ü' }] }, later: true };
		expect(reading(rich).envelope).toEqual(rich);
	});

	test('may lack its data, as the answers to newer calls do', () => {
		expect(reading({ error_code: '0' })).toMatchObject({
			code: '0',
			envelope: { error_code: '0' },
			bodyProblem: null,
		});
	});

	test('may hold its code as a number', () => {
		expect(reading({ ...OK, error_code: 0 })).toMatchObject({ code: '0', bodyProblem: null });
		expect(reading({ ...OK, error_code: 7256 })).toMatchObject({ code: '7256' });
	});

	test('brings its code and message with a refusal', () => {
		const refusal = { ...OK, error_code: 'GOM.00007256', error_msg: '参数错误' };
		expect(reading(refusal, { httpStatus: 400 })).toMatchObject({
			httpStatus: 400,
			code: 'GOM.00007256',
			message: '参数错误',
			envelope: refusal,
		});
	});

	test('is read behind a byte order mark and white space', () => {
		expect(reading(`\ufeff \r\n${JSON.stringify(OK)}\n`)).toMatchObject({ envelope: OK });
	});
});

describe('an answer without an envelope, of a call whose page shows none', () => {
	const alarms = { data: ['ALM1'] };

	test('is success with what the call gives, and read as received', () => {
		expect(reading(alarms, { bareMember: 'data' })).toMatchObject({
			...{ outcome: 'applied', success: true, sender: 'coc', code: null },
			...{ envelope: alarms, bodyProblem: null },
		});
	});

	test.each<[string, object, number]>([
		['without it', { items: [] }, 200],
		['with a code beside it', { ...alarms, error_code: 'COC.00010002', error_msg: 'No' }, 200],
		['with a code in another shape', { ...alarms, code: 'X.1', message: 'No' }, 200],
		['with another status', alarms, 500],
	])('is none %s', (_name, body, httpStatus) => {
		const answer = reading(body, { bareMember: 'data', httpStatus });
		expect(answer.success).toBe(false);
		expect(answer.outcome).not.toBe('applied');
	});

	test('is none where the page shows an envelope', () => {
		expect(reading(alarms)).toMatchObject({ outcome: 'unknown', success: false, envelope: null });
	});
});

describe('other shapes', () => {
	test("of the gateway, with its body's request id", () => {
		const body = { error_code: 'APIGW.0301', error_msg: 'No.', request_id: 'r-1' };
		expect(reading(body, { httpStatus: 401 })).toMatchObject({
			code: 'APIGW.0301',
			message: 'No.',
			requestId: 'r-1',
		});
	});

	test.each([
		['as a number', { code: 401, message: 'No.', title: 'Unauthorized' }, '401', 'No.'],
		['as a text', { code: 'IAM.0011', message: 'No.' }, 'IAM.0011', 'No.'],
		['with a title only', { code: 403, title: 'Forbidden' }, '403', 'Forbidden'],
		['with an empty message', { code: 403, message: '', title: 'Forbidden' }, '403', 'Forbidden'],
	])('of IAM, its code %s', (_what, error, code, message) => {
		expect(reading({ error }, { httpStatus: 401 })).toMatchObject({ code, message });
	});

	test('of IAM, doubled: the flat code and message speak', () => {
		const body = {
			error: { code: 'IAM.0001', message: 'nested' },
			error_code: 'IAM.0011',
			error_msg: 'flat',
		};
		expect(reading(body)).toMatchObject({ code: 'IAM.0011', message: 'flat' });
	});

	test.each([
		['code and message', { code: 'APIGW.0101', message: 'No.' }],
		['code and msg', { code: 'APIGW.0101', msg: 'No.' }],
	])('with %s are understood, though they are no envelope', (_what, body) => {
		expect(reading(body, { httpStatus: 404 })).toMatchObject({
			code: 'APIGW.0101',
			message: 'No.',
			envelope: null,
			bodyProblem: 'noEnvelope',
		});
	});
});

describe('the request id', () => {
	const body = { error_code: 'APIGW.0301', request_id: 'from body' };

	test("is the header's first, the body's second", () => {
		const headers = { 'x-request-id': 'from header' };
		expect(reading(body, { headers }).requestId).toBe('from header');
		expect(reading(body).requestId).toBe('from body');
		expect(reading(body, { headers: { 'x-request-id': ' ' } }).requestId).toBe('from body');
	});

	test('that comes twice is the first', () => {
		for (const twice of ['first, second', ['first', 'second'], ', first']) {
			expect(reading(body, { headers: { 'x-request-id': twice } }).requestId).toBe('first');
		}
	});

	test('is cleaned like any text of a server', () => {
		const headers = { 'x-request-id': `a\tb${'c'.repeat(5000)}` };
		expect(reading(OK, { headers }).requestId).toMatch(/^a bc{290,296}…$/);
	});
});

describe('Retry-After', () => {
	test('as a date is one by the clock of the answer, where it tells', () => {
		const headers = {
			'retry-after': 'Wed, 25 Nov 2026 12:00:20 GMT',
			date: 'Wed, 25 Nov 2026 12:00:00 GMT',
		};
		const now = Date.parse('2026-11-25T12:07:00Z');
		expect(reading(OK, { httpStatus: 503, headers }, { now }).retryAfterMs).toBe(20_000);
	});

	const now = Date.parse('2026-11-24T09:00:00Z');
	const wait = (value: unknown) =>
		reading(OK, { httpStatus: 429, headers: { 'retry-after': value } }, { now }).retryAfterMs;

	test.each([
		['seconds', '30', 30_000],
		['seconds with spaces', ' 30 ', 30_000],
		['no seconds', '0', 0],
		['a date', 'Tue, 24 Nov 2026 09:01:00 GMT', 60_000],
		['a date that has passed', 'Tue, 24 Nov 2026 08:00:00 GMT', 0],
		['the first that is one, when it comes twice', 'soon, 1, 2', 1000],
		['the first of a list', ['1', '2'], 1000],
		['a date behind another one', 'Tue, 24 Nov 2026, Tue, 24 Nov 2026 09:01:00 GMT', 60_000],
		['what is longer than 68 years', '99999999999', 2 ** 31 * 1000],
		['a date that is further away', 'Fri, 31 Dec 9999 23:59:59 GMT', 2 ** 31 * 1000],
	])('is read as %s', (_what, value, ms) => {
		expect(wait(value)).toBe(ms);
	});

	test.each([
		['is absent', undefined],
		['is empty', ''],
		['is a word', 'soon'],
		['is negative', '-5'],
		['has a fraction', '1.5'],
		['has a unit', '30s'],
		['comes twice, and both are none', ['soon', 'later']],
		['is too long a number to be a time', '9'.repeat(400)],
	])('is left out when it %s', (_what, value) => {
		expect(wait(value)).toBeNull();
	});
});

describe('the service’s clock', () => {
	const clock = (date: unknown) => reading(OK, { headers: { date } }).serverTime;
	const time = Date.parse('2026-11-24T09:00:00Z');

	test.each([
		['once', 'Tue, 24 Nov 2026 09:00:00 GMT'],
		[
			'twice, as proxies add theirs',
			'Tue, 24 Nov 2026 09:00:00 GMT, Tue, 24 Nov 2026 09:00:07 GMT',
		],
		['behind one that is none', 'yesterday, Tue, 24 Nov 2026 09:00:00 GMT'],
		['as a list', ['Tue, 24 Nov 2026 09:00:00 GMT', 'Tue, 24 Nov 2026 09:00:07 GMT']],
	])('is the first valid date: it comes %s', (_how, date) => {
		expect(clock(date)).toBe(time);
	});

	test.each([undefined, '', 'now, then', 'Tue, 24 Nov 2026', ['x'], 7])(
		'is not known without one: %j',
		(date) => {
			expect(clock(date)).toBeNull();
		},
	);
});

describe('the host of a redirect', () => {
	const redirected = (location: unknown, httpStatus = 302) =>
		reading('', { httpStatus, headers: { location }, url: 'https://coc.example/a' }).redirectHost;

	test.each([
		['another host', 'https://login.example/sign-in?from=coc', 'login.example'],
		['another port', 'https://coc.example:8443/a', 'coc.example:8443'],
		['a relative address', '/elsewhere', 'coc.example'],
		['an address without a scheme', '//login.example/a', 'login.example'],
		['a host behind a user name', 'https://coc.example@login.example/', 'login.example'],
		['an international host', 'https://bücher.example/', 'xn--bcher-kva.example'],
	])('is told for %s', (_what, location, host) => {
		expect(redirected(location)).toBe(host);
	});

	test.each([301, 303, 307, 308])('is told for status %d', (status) => {
		expect(redirected('https://login.example/', status)).toBe('login.example');
	});

	test('is null without an address that is one, and without a redirect', () => {
		expect(redirected(undefined)).toBeNull();
		expect(redirected('https://[')).toBeNull();
		expect(redirected('https://login.example/', 200)).toBeNull();
		expect(redirected('https://login.example/', 400)).toBeNull();
	});
});
