/** The request may have reached COC, and its answer is lost, late, or none of COC's. */
import { gzipSync } from 'node:zlib';
import type { Fault } from '../../standin/index.cts';
import { SUCCESS } from '../../support/coc.cts';
import { raw, type FaultRow } from './row.cts';

export const unread: FaultRow[] = [
	{
		name: 'the connection is reset before COC acted',
		fault: { kind: 'resetBefore' },
		errorCode: 'ECONNRESET',
		httpStatus: null,
		requestId: null,
		says: [/connection/],
	},
	{
		name: 'the connection is reset after COC acted',
		fault: { kind: 'resetAfter' },
		errorCode: 'ECONNRESET',
		httpStatus: null,
		requestId: null,
		says: [/connection/],
		applied: true,
	},
	...[false, true].map((apply) => ({
		name: `COC ${apply ? 'acts but' : 'does nothing and'} never answers`,
		fault: { kind: 'hang', apply } as Fault,
		httpStatus: null,
		requestId: null,
		says: ['500 ms'],
		applied: apply,
		timeout: 500,
	})),
	{
		name: 'the answer drips in too slowly',
		fault: { kind: 'drip', everyMs: 20, apply: true },
		httpStatus: 200,
		says: [/in time/],
		applied: true,
		timeout: 500,
	},
	{
		name: 'the answer never ends',
		fault: { kind: 'endless', apply: true },
		httpStatus: 200,
		says: ['too large'],
		applied: true,
	},
	{
		name: 'the answer is larger than 1 MB',
		fault: raw(200, { ...SUCCESS, data: 'x'.repeat(1_100_000) }),
		httpStatus: 200,
		requestId: null,
		says: ['too large'],
	},
	{
		name: 'the answer is larger than 1 MB once unpacked',
		fault: raw(200, gzipSync(JSON.stringify({ ...SUCCESS, data: 'x'.repeat(5_000_000) })), {
			'Content-Encoding': 'gzip',
		}),
		httpStatus: 200,
		requestId: null,
		says: ['too large'],
	},
	{
		name: 'the answer is packed in a way nobody can read',
		fault: raw(200, JSON.stringify(SUCCESS), { 'Content-Encoding': 'gzip' }),
		httpStatus: 200,
		requestId: null,
	},
	{
		name: 'the connection is lost within the answer',
		fault: { kind: 'truncated', apply: true },
		httpStatus: 200,
		says: [/broke off|lost/],
		applied: true,
	},
	{
		name: 'the answer is only half of its JSON',
		fault: { kind: 'truncated', complete: true, apply: true },
		httpStatus: 200,
		says: ['JSON'],
		applied: true,
	},
	{
		name: 'the answer is empty',
		fault: { kind: 'empty', apply: true },
		httpStatus: 200,
		says: ['empty'],
		applied: true,
	},
	{ name: 'there is no content (204)', fault: raw(204, ''), httpStatus: 204, requestId: null },
	{
		name: 'the answer is blank',
		fault: raw(200, ' \r\n'),
		httpStatus: 200,
		says: ['empty'],
		requestId: null,
	},
	{ name: 'the answer is a web page', fault: { kind: 'html' }, httpStatus: 200, says: ['JSON'] },
	...(
		[
			['a list', [SUCCESS]],
			['null', 'null'],
			['a text', '"GOM.00000000"'],
			['a number', '0'],
			['an empty object', {}],
			['an envelope without a code', { provider_code: '049', error_msg: null, data: null }],
			['a code of null', { ...SUCCESS, error_code: null }],
			['an empty code', { ...SUCCESS, error_code: '' }],
			['a blank code', { ...SUCCESS, error_code: ' ' }],
			['a code of false', { ...SUCCESS, error_code: false }],
			['a code that is an object', { ...SUCCESS, error_code: { code: '0' } }],
			['a code that is a list', { ...SUCCESS, error_code: ['0'] }],
		] as Array<[string, unknown]>
	).map(([name, body]) => ({
		name: `the answer is JSON but no envelope: ${name}`,
		fault: raw(200, body),
		httpStatus: 200,
		requestId: null,
		says: ["COC's"],
	})),
	{
		name: 'the answer is nested deeper than any program likes',
		fault: raw(200, '['.repeat(50_000) + ']'.repeat(50_000)),
		httpStatus: 200,
		requestId: null,
	},
];
