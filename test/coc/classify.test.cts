import { describe, expect, test } from '@jest/globals';
import type * as codes from '../../nodes/coc/classify.ts';
import type { Outcome } from '../../nodes/coc/answer.ts';
import type * as source from '../../nodes/coc/classify.ts';
import type * as noAnswers from '../../nodes/coc/noAnswer.ts';
import type * as networkErrors from '../../nodes/errors/networkError.ts';
import { built } from '../support/built.cts';
import { reading } from './reading.cts';

const { isTokenRefusal, isKeyRefusal } = built<typeof source>('nodes/coc/classify');
const { outcomeOfNoAnswer } = built<typeof noAnswers>('nodes/coc/noAnswer');
const { kindOfNetworkCode } = built<typeof networkErrors>('nodes/errors/networkError');
const { gatewayCode } = built<typeof codes>('nodes/coc/classify');

const envelope = (error_code: string) => ({ error_code, error_msg: 'text', data: null });
const page = '<html></html>';
const OK = envelope('GOM.00000000');
const outcome = (httpStatus: number, body: unknown) => reading(body, { httpStatus }).outcome;

describe('an answer', () => {
	test.each([200, 201, 202, 206, 299])('%d and an all-zero code: applied', (status) => {
		expect(outcome(status, OK)).toBe('applied');
		expect(outcome(status, envelope('0'))).toBe('applied');
	});

	test.each([200, 201, 299])('%d and another code: refused', (status) => {
		expect(outcome(status, envelope('GOM.00007256'))).toBe('refused');
		expect(outcome(status, envelope('APIGW.0301'))).toBe('refused');
		expect(outcome(status, envelope('FAILED'))).toBe('refused');
	});

	test.each([200, 202, 204])('%d without an envelope: unknown', (status) => {
		for (const body of ['', page, '{}', '[]', 'null', '{"error_code":']) {
			expect(outcome(status, body)).toBe('unknown');
		}
	});

	test.each([300, 301, 302, 303, 304, 307, 308, 399])('%d, a redirect: refused', (status) => {
		for (const body of ['', page, OK]) expect(outcome(status, body)).toBe('refused');
	});

	test.each([400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 429, 451, 494, 499])(
		'%d, whatever is in it: refused',
		(status) => {
			for (const body of ['', page, OK, envelope('GOM.00007256')]) {
				expect(outcome(status, body)).toBe('refused');
			}
		},
	);

	test('407, of a proxy that leads nowhere: not sent where it is asked for a tunnel', () => {
		const at = (url: string) => reading(page, { httpStatus: 407, url }).outcome;
		expect(at('https://coc.example/v1')).toBe('notSent');
		expect(at('http://127.0.0.1:8049/v1')).toBe('refused');
	});

	test('408, whatever is in it: unknown', () => {
		for (const body of ['', page, OK, envelope('APIGW.0201')]) {
			expect(outcome(408, body)).toBe('unknown');
		}
	});

	test('503 because IAM is down, which stops it before COC: refused', () => {
		expect(outcome(503, envelope('APIGW.0613'))).toBe('refused');
		expect(outcome(503, envelope('APIG.0613'))).toBe('refused');
	});

	test.each([500, 501, 502, 503, 504, 505, 511, 599])('%d otherwise: unknown', (status) => {
		for (const body of ['', page, OK, envelope('APIGW.0201'), envelope('COC.0613')]) {
			expect(outcome(status, body)).toBe('unknown');
		}
	});

	test.each([500, 502, 504])('%d with the code of 503: unknown', (status) => {
		expect(outcome(status, envelope('APIGW.0613'))).toBe('unknown');
	});

	test.each([0, 100, 101, 103, 600, 999])('%d, which is no final status: unknown', (status) => {
		expect(outcome(status, OK)).toBe('unknown');
	});
});

test.each([
	['APIG.0301', 'APIGW.0301'],
	['APIGW.0301', 'APIGW.0301'],
	['GOM.00007256', 'GOM.00007256'],
	['XAPIG.0301', 'XAPIG.0301'],
])("the gateway's code %s means %s", (code, meant) => {
	expect(gatewayCode(reading(envelope(code)))).toBe(meant);
});

describe('a bare 401', () => {
	test.each([
		['a web page', page, false],
		['nothing', '', false],
		['JSON without a code', { status: 401, message: 'Unauthorized' }, false],
		['JSON that breaks off', '{"error_code":"APIGW.0301"', false],
		['an unknown code', envelope('SOMETHING.NEW'), true],
		['a code and a message', { code: 'X.1', message: 'No' }, true],
		['IAM’s shape', { error: { code: 401, message: 'No' } }, true],
	])('as %s proves a refused token or key: %#', (_what, body, proves) => {
		const answer = reading(body, { httpStatus: 401 });
		expect(isTokenRefusal(answer)).toBe(proves);
		expect(isKeyRefusal(answer)).toBe(proves);
	});
});

test('without a code there is no code of the gateway', () => {
	expect(gatewayCode(reading(page))).toBeNull();
});

/** What Node documents as X.509 certificate error codes (its page "TLS"). */
const CERTIFICATE_CODES = [
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_CRL',
	'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
	'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
	'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
	'CERT_SIGNATURE_FAILURE',
	'CRL_SIGNATURE_FAILURE',
	'CERT_NOT_YET_VALID',
	'CERT_HAS_EXPIRED',
	'CRL_NOT_YET_VALID',
	'CRL_HAS_EXPIRED',
	'ERROR_IN_CERT_NOT_BEFORE_FIELD',
	'ERROR_IN_CERT_NOT_AFTER_FIELD',
	'ERROR_IN_CRL_LAST_UPDATE_FIELD',
	'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'CERT_CHAIN_TOO_LONG',
	'CERT_REVOKED',
	'INVALID_CA',
	'PATH_LENGTH_EXCEEDED',
	'INVALID_PURPOSE',
	'CERT_UNTRUSTED',
	'CERT_REJECTED',
	'HOSTNAME_MISMATCH',
	'ERR_TLS_CERT_ALTNAME_INVALID',
];

describe('a request without an answer', () => {
	const cases: Array<[kind: noAnswers.NoAnswerKind, outcome: Outcome, codes: string[]]> = [
		['dns', 'notSent', ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']],
		['refusedConnection', 'notSent', ['ECONNREFUSED']],
		['unreachable', 'notSent', ['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN']],
		['certificate', 'notSent', CERTIFICATE_CODES],
		[
			'tlsProtocol',
			'notSent',
			[
				'EPROTO',
				'ERR_TLS_PROTOCOL_VERSION_CONFLICT',
				'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
				'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
				'ERR_SSL_UNSUPPORTED_PROTOCOL',
				'ERR_SSL_NO_CIPHERS_AVAILABLE',
				'ERR_SSL_DH_KEY_TOO_SMALL',
			],
		],
		['timeout', 'unknown', ['ETIMEDOUT', 'ESOCKETTIMEDOUT']],
		['headersTooLarge', 'unknown', ['HPE_HEADER_OVERFLOW']],
		['noHttp', 'unknown', ['HPE_INVALID_CONSTANT', 'HPE_INVALID_HEADER_TOKEN', 'HPE_LF_EXPECTED']],
		['lost', 'unknown', ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']],
	];

	test.each(cases.flatMap(([kind, end, codes]) => codes.map((code) => [code, kind, end] as const)))(
		'%s is %s: %s',
		(code, kind, end) => {
			expect(kindOfNetworkCode(code, 'connect', false)).toBe(kind);
			expect(kindOfNetworkCode(code, 'connect', true)).toBe(kind);
			expect(outcomeOfNoAnswer({ kind, code })).toBe(end);
		},
	);

	test.each(['SOMETHING_NEW', 'ERR_CANCELED', 'EMFILE', 'constructor', '__proto__', ''])(
		'proves nothing by a code that nobody knows: %p',
		(code) => {
			const kind = kindOfNetworkCode(code, null, false);
			expect(outcomeOfNoAnswer({ kind, code })).toBe('unknown');
		},
	);

	test('proves nothing without a code', () => {
		expect(kindOfNetworkCode(null, null, false)).toBe('lost');
	});

	test.each(['read', 'write', null])(
		'proves nothing when the host becomes unreachable during a %s',
		(syscall) => {
			for (const code of ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EHOSTDOWN']) {
				expect(kindOfNetworkCode(code, syscall, false)).toBe('lost');
			}
		},
	);

	test.each(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'])(
		'was not sent to who speaks no TLS, but may have been to who did before: %s',
		(code) => {
			expect(kindOfNetworkCode(code, null, false)).toBe('tlsProtocol');
			expect(kindOfNetworkCode(code, null, true)).toBe('lost');
		},
	);

	test.each([
		'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
		'ERR_SSL_UNEXPECTED_MESSAGE',
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
		'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
	])('proves nothing by a TLS error that may come in the answer’s place: %s', (code) => {
		expect(kindOfNetworkCode(code, null, false)).toBe('lost');
	});

	test('was not sent when a proxy hung up before it led anywhere', () => {
		expect(outcomeOfNoAnswer({ kind: 'proxyGone', code: null })).toBe('notSent');
	});

	test('was not sent when it was cancelled before, or when n8n does not allow it', () => {
		expect(outcomeOfNoAnswer({ kind: 'cancelled', code: null })).toBe('notSent');
		expect(outcomeOfNoAnswer({ kind: 'blocked', code: null })).toBe('notSent');
	});
});
