import http from 'node:http';
import https from 'node:https';
import { expect } from '@jest/globals';
import type { StandIn } from './index.cts';

export * from './paths.cts';

export const OPERATOR = '7da46971b7e24eed90cf777cc2ff8b91';

export interface Answered {
	status: number;
	headers: http.IncomingHttpHeaders;
	text: string;
	json: unknown;
}

export interface Wanted {
	method?: string;
	token?: string | null;
	headers?: http.OutgoingHttpHeaders;
	/** A text or bytes go as they are, anything else as JSON. */
	body?: unknown;
	signal?: AbortSignal;
}

/** Sends one request on a connection of its own; rejects when the answer doesn't come in whole. */
export function call(standIn: StandIn, path: string, wanted: Wanted = {}): Promise<Answered> {
	const { body, token = standIn.issueToken(), signal } = wanted;
	const bytes =
		typeof body === 'string' || Buffer.isBuffer(body) ? body : body && JSON.stringify(body);
	const url = `${standIn.url}${path}`;
	const options: https.RequestOptions = {
		method: wanted.method ?? (body === undefined ? 'GET' : 'POST'),
		agent: false,
		headers: {
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...(token === null ? {} : { 'X-Auth-Token': token }),
			...wanted.headers,
		},
		...(signal ? { signal } : {}),
		...(standIn.certificate === null ? {} : { ca: standIn.certificate }),
	};
	return new Promise((resolve, reject) => {
		const { request: open } = standIn.certificate ? https : http;
		const request = open(url, options, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.once('error', reject);
			response.once('end', () => {
				const text = Buffer.concat(chunks).toString();
				const { statusCode: status = 0, headers } = response;
				resolve({ status, headers, text, json: parsed(text) });
			});
		});
		request.once('error', reject);
		request.end(bytes);
	});
}

/** The body of a handle call. */
export function handling(ticket: string, operate_key: string, parameter?: unknown) {
	return { incident_num: ticket, operator: OPERATOR, operate_key, parameter };
}

/** The body of a verification. */
export function verifying(
	ticket: string,
	result: unknown = true,
	comment: unknown = 'Works again',
) {
	const parameter = { virtual_confirm_result: result, virtual_confirm_comment: comment };
	return handling(ticket, 'confirm', parameter);
}

/** COC's success envelope. */
export function succeeds({ status, json, headers }: Answered, data: unknown = null): void {
	expect({ status, json }).toEqual({
		status: 200,
		json: { provider_code: '049', error_code: 'GOM.00000000', error_msg: null, data },
	});
	expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
}

/** COC's refusal: HTTP 400 and the envelope. */
export function refuses(answered: Answered, message: RegExp, code = 'GOM.00007256'): void {
	const { status, json, headers } = answered;
	expect({ status, json }).toEqual({
		status: 400,
		json: {
			provider_code: '049',
			error_code: code,
			error_msg: expect.stringMatching(message),
			data: null,
		},
	});
	expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
}

/** The gateway's refusal, in its own shape. */
export function stops({ status, json, headers }: Answered, wanted: number, code: string): void {
	expect({ status, json }).toEqual({
		status: wanted,
		json: {
			error_code: code,
			error_msg: expect.any(String),
			request_id: headers['x-request-id'],
		},
	});
	expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
