/** COC itself says no. */
import type { Fault } from '../../standin/index.cts';
import { SUCCESS } from '../../support/coc.cts';
import { raw, type FaultRow } from './row.cts';

export const cocRefuses: FaultRow[] = [
	{
		name: 'COC refuses the parameters or the status',
		fault: { kind: 'errorCode', status: 400, code: 'GOM.00007256', message: '参数错误' },
		errorCode: 'GOM.00007256',
		httpStatus: 400,
		says: ['参数错误', 'GOM.00007256', 'waits for verification', 'approval'],
	},
	{
		name: 'COC refuses with HTTP 200',
		fault: { kind: 'errorCode', code: 'GOM.00007256', message: 'Not now' },
		errorCode: 'GOM.00007256',
		httpStatus: 200,
		says: ['Not now', 'GOM.00007256'],
	},
	{
		name: 'COC finds no such ticket',
		fault: { kind: 'errorCode', status: 400, code: 'COC.00067003', message: 'No such ticket' },
		errorCode: 'COC.00067003',
		httpStatus: 400,
		says: ['No such ticket', 'COC.00067003', /ticket number/, "'Endpoint'"],
	},
	{
		name: 'COC does not know the user of the token',
		fault: { kind: 'errorCode', status: 400, code: 'COC.00011013', message: 'login user is null' },
		errorCode: 'COC.00011013',
		httpStatus: 400,
		says: ['login user is null', 'COC.00011013', /credential/],
	},
	...['GOM.00000001', 'GOM.00009999999', 'ECONNRESET', '-1', 'constructor', '__proto__'].map(
		(code) => ({
			name: `COC answers 200 with the code ${code}`,
			fault: { kind: 'errorCode', code, message: 'It says no' } as Fault,
			errorCode: code,
			httpStatus: 200,
			says: ['It says no', code],
		}),
	),
	{
		name: 'the code is a number other than 0',
		fault: raw(200, { ...SUCCESS, error_code: 7256 }),
		errorCode: '7256',
		httpStatus: 200,
		requestId: null,
		says: ['7256'],
	},
	{
		name: 'the code comes without a message',
		fault: raw(400, { provider_code: '049', error_code: 'GOM.00007256' }),
		errorCode: 'GOM.00007256',
		httpStatus: 400,
		requestId: null,
		says: ['GOM.00007256'],
	},
	{
		name: 'the message is no text',
		fault: raw(400, { ...SUCCESS, error_code: 'GOM.00007256', error_msg: { zh: ['x'] } }),
		errorCode: 'GOM.00007256',
		httpStatus: 400,
		requestId: null,
		says: ['GOM.00007256'],
	},
	{
		name: 'the success code comes with HTTP 400',
		fault: raw(400, SUCCESS),
		errorCode: 'GOM.00000000',
		httpStatus: 400,
		requestId: null,
		says: ['400'],
	},
];
