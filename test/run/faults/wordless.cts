/** A refusal by its status alone: redirects, web pages, empty answers. */
import type { Fault } from '../../standin/index.cts';
import { SUCCESS } from '../../support/coc.cts';
import { raw, type FaultRow } from './row.cts';

export const refusedWithoutWords: FaultRow[] = [
	...[301, 302, 303, 307, 308].map((status) => ({
		name: `a redirect (${status}) to another host`,
		fault: { kind: 'redirect', status, location: 'https://elsewhere.test/login' } as Fault,
		httpStatus: status,
		says: ['elsewhere.test', 'not followed', "'Endpoint'"],
	})),
	{
		name: 'a redirect to a path of the same host',
		fault: { kind: 'redirect', status: 307, location: '/v1/external/incident/handle' },
		httpStatus: 307,
		says: ['127.0.0.1', 'not followed'],
	},
	{
		name: 'a redirect that names no scheme',
		fault: { kind: 'redirect', location: '//elsewhere.test:8443/x' },
		httpStatus: 302,
		says: ['elsewhere.test:8443'],
	},
	...['', 'https://', 'https://[', 'javascript:alert(1)', '\u00ff'].map((location) => ({
		name: `a redirect to "${location}"`,
		fault: { kind: 'redirect', location } as Fault,
		httpStatus: 302,
		says: ['302', 'not followed'],
	})),
	{
		name: 'a redirect to nowhere',
		fault: raw(304, ''),
		httpStatus: 304,
		requestId: null,
		says: [],
	},
	{
		name: 'a redirect with the success envelope',
		fault: raw(302, SUCCESS, { Location: 'https://elsewhere.test/' }),
		errorCode: 'GOM.00000000',
		httpStatus: 302,
		requestId: null,
		says: ['elsewhere.test'],
	},
	...[400, 401, 403, 404, 429].map((status) => ({
		name: `a web page with status ${status}`,
		fault: { kind: 'html', status } as Fault,
		httpStatus: status,
		sends: status === 429 ? 4 : 1,
		says: [String(status)],
	})),
	...[400, 405, 409, 410, 413, 414, 418, 422, 451, 494, 499].map((status) => ({
		name: `nothing but the status ${status}`,
		fault: { kind: 'empty', status } as Fault,
		httpStatus: status,
		says: [String(status)],
	})),
	{
		name: 'a refusal that breaks off',
		fault: raw(400, '{"error_code":"GOM.000072', { 'Content-Length': '500' }),
		httpStatus: 400,
		requestId: null,
		says: ['400'],
		timeout: 600,
	},
];
