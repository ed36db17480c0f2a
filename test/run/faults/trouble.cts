/** Something between the node and COC is in trouble: COC may have acted. */
import type { Fault } from '../../standin/index.cts';
import { SUCCESS } from '../../support/coc.cts';
import { raw, type FaultRow } from './row.cts';

export const trouble: FaultRow[] = [
	...[500, 502, 503, 504].map((status) => ({
		name: `gateway trouble (${status})`,
		fault: { kind: 'status', status, code: 'APIGW.0201', message: 'Backend timeout' } as Fault,
		errorCode: 'APIGW.0201',
		httpStatus: status,
		says: ['Backend timeout', 'APIGW.0201'],
	})),
	{
		name: 'the gateway gives up after COC acted',
		fault: { kind: 'status', status: 504, code: 'APIGW.0201', apply: true },
		errorCode: 'APIGW.0201',
		httpStatus: 504,
		says: ['APIGW.0201'],
		applied: true,
	},
	{
		name: 'the code of an IAM failure with another status',
		fault: { kind: 'status', status: 500, code: 'APIGW.0613' },
		errorCode: 'APIGW.0613',
		httpStatus: 500,
	},
	{
		name: 'COC answers 500 in its own shape',
		fault: { kind: 'errorCode', status: 500, code: 'COC.00000500', message: 'Internal' },
		errorCode: 'COC.00000500',
		httpStatus: 500,
		says: ['Internal', 'COC.00000500'],
	},
	{
		name: 'the success code comes with HTTP 502',
		fault: raw(502, SUCCESS),
		errorCode: 'GOM.00000000',
		httpStatus: 502,
		requestId: null,
	},
	...[408, 500, 501, 502, 503, 504, 520, 599].map((status) => ({
		name: `nothing but the status ${status}`,
		fault: { kind: 'empty', status } as Fault,
		httpStatus: status,
		says: [String(status)],
	})),
	...[408, 503].map((status) => ({
		name: `a web page with status ${status}`,
		fault: { kind: 'html', status } as Fault,
		httpStatus: status,
		says: [String(status)],
	})),
];
