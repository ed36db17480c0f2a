/** The gateway or IAM says no: the request didn't reach COC. */
import type { Fault } from '../../../standin/index.cts';
import { raw, type FaultRow } from './row.cts';

const NEW_TOKEN = ['24 hours', /credential/i];

export const gatewayRefuses: FaultRow[] = [
	...['APIGW.0301', 'APIG.0301', 'APIGW.0305', 'APIG.0305'].map((code) => ({
		name: `the token is refused with ${code}`,
		fault: { kind: 'status', status: 401, code, message: 'Incorrect IAM information' } as Fault,
		errorCode: code,
		httpStatus: 401,
		says: ['Incorrect IAM information', code, ...NEW_TOKEN],
		failure: { cause: 'credential-invalid' },
	})),
	{
		name: 'the token belongs to another site',
		fault: {
			kind: 'status',
			status: 401,
			code: 'APIGW.0307',
			message: 'The token must be updated',
		},
		errorCode: 'APIGW.0307',
		httpStatus: 401,
		says: ['The token must be updated', 'APIGW.0307', /site|region/],
		failure: { cause: 'credential-invalid' },
	},
	{
		name: 'IAM refuses in its own shape',
		fault: raw(401, { error: { code: 401, message: 'Please log in', title: 'Unauthorized' } }),
		errorCode: '401',
		httpStatus: 401,
		requestId: null,
		says: ['Please log in', ...NEW_TOKEN],
		failure: { cause: 'credential-invalid' },
	},
	{
		name: 'IAM refuses in its doubled shape',
		fault: raw(403, {
			error: { code: '403', message: 'inner', title: 'Forbidden' },
			error_code: 'PAP5.0011',
			error_msg: 'Policy does not allow coc:ticket:action',
			encoded_authorization_message: 'abc',
		}),
		errorCode: 'PAP5.0011',
		httpStatus: 403,
		requestId: null,
		says: ['Policy does not allow', 'PAP5.0011', 'coc:ticket:action'],
	},
	{
		name: 'the answer says code and message',
		fault: raw(
			403,
			{ code: 'COC.0001', message: 'Not for you' },
			{ 'X-Request-Id': 'from-header' },
		),
		errorCode: 'COC.0001',
		httpStatus: 403,
		requestId: 'from-header',
		says: ['Not for you', 'COC.0001', 'coc:ticket:action'],
	},
	...['APIGW.0302', 'APIGW.0306', 'APIGW.0310', 'APIGW.0402', 'APIGW.0801', 'APIGW.0802'].map(
		(code) => ({
			name: `the user lacks a permission (${code})`,
			fault: { kind: 'status', status: 403, code } as Fault,
			errorCode: code,
			httpStatus: 403,
			says: [code, 'coc:ticket:action'],
		}),
	),
	...['APIGW.0101', 'APIGW.0103'].map((code) => ({
		name: `there is no such API (${code})`,
		fault: { kind: 'status', status: 404, code } as Fault,
		errorCode: code,
		httpStatus: 404,
		says: [code, "'Endpoint'"],
	})),
	{
		name: 'the request id is in the body alone',
		fault: raw(404, {
			error_code: 'APIGW.0101',
			error_msg: 'Stopped at the gateway',
			request_id: 'body-request-id',
		}),
		errorCode: 'APIGW.0101',
		httpStatus: 404,
		requestId: 'body-request-id',
		says: ['Stopped at the gateway', "'Endpoint'"],
	},
	{
		name: 'too many requests, without a word when to come back',
		fault: { kind: 'status', status: 429 },
		errorCode: 'APIGW.0308',
		httpStatus: 429,
		says: ['APIGW.0308', /wait/i],
		failure: { cause: 'rate-limited' },
	},
	{
		name: 'too many requests, with a Retry-After in seconds',
		fault: { kind: 'status', status: 429, retryAfter: '7' },
		errorCode: 'APIGW.0308',
		httpStatus: 429,
		says: ['APIGW.0308', /wait/i],
		failure: { cause: 'rate-limited', retryAfterMs: 7000 },
	},
	{
		name: 'too many requests, with a Retry-After in the past',
		fault: { kind: 'status', status: 429, retryAfter: 'Thu, 01 Jan 1970 00:00:10 GMT' },
		errorCode: 'APIGW.0308',
		httpStatus: 429,
		says: [/wait/i],
		failure: { cause: 'rate-limited', retryAfterMs: 0 },
	},
	{
		name: 'too many requests, with a Retry-After nobody can read',
		fault: { kind: 'status', status: 429, retryAfter: 'soon' },
		errorCode: 'APIGW.0308',
		httpStatus: 429,
		says: [/wait/i],
		failure: { cause: 'rate-limited' },
	},
	...['APIGW.0613', 'APIG.0613'].map((code) => ({
		name: `the gateway cannot reach IAM and stops before COC (${code})`,
		fault: { kind: 'status', status: 503, code } as Fault,
		errorCode: code,
		httpStatus: 503,
		says: [code, 'IAM', /later/],
		failure: { cause: 'temporarily-unavailable' },
	})),
];
