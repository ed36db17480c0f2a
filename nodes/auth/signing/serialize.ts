import { addressOf, isLegacy, type RequestOptions } from './dialect';
import { FORM_TYPE, payloadOf, STREAMED, type Payload } from './payload';
import type { SignableRequest } from './signature';
import { stringifyQuery } from './urlEncoded';

/**
 * Fixes what a request consists of before it is signed. n8n's helpers serialise queries and bodies
 * on sending, and rewrite even texts; here it is done beforehand and in the same way, so that they
 * get an address that is complete and a body that they leave alone. Serializing again changes nothing.
 * Throws when the request's address is no URL.
 */
export function serialize<Options extends object>(
	options: Options,
): { options: Options; request: SignableRequest } {
	const given = options as RequestOptions;
	const legacy = isLegacy(given);
	const url = urlOf(given, legacy);
	const payload = payloadOf(given, legacy);
	const { method = 'GET', headers = {} } = given;
	const fixed = {
		...without(options, ['qs', 'auth']),
		[given.url === undefined ? 'uri' : 'url']: url,
	};
	const request = { method, url, headers: signed(headers) };
	if (payload === STREAMED) {
		return { options: fixed as Options, request: { ...request, unsignedPayload: true } };
	}
	return {
		options: { ...without(fixed, ['body', 'form']), ...sent(headers, payload) } as Options,
		request: { ...request, body: bytesOf(payload.data) },
	};
}

/** Path and query as Axios sends them; without user name and password, which replace a signature. */
function urlOf(options: RequestOptions, legacy: boolean): string {
	const { protocol, host, pathname, search } = new URL(addressOf(options));
	const query = queryOf(options, legacy);
	const separator = search === '' ? '?' : '&';
	return `${protocol}//${host}${pathname}${search}${query && separator + query}`;
}

function queryOf(options: RequestOptions, legacy: boolean): string {
	const { qs, arrayFormat, qsStringifyOptions, useQuerystring } = options;
	if (!legacy) {
		const isText = qs instanceof URLSearchParams && arrayFormat === undefined;
		return isText ? qs.toString() : stringifyQuery(qs, arrayFormat);
	}
	const wanted = qsStringifyOptions?.arrayFormat;
	if (wanted === 'brackets') return stringifyQuery(qs, wanted);
	return stringifyQuery(qs, useQuerystring === true || wanted === 'repeat' ? 'repeat' : 'indices');
}

/** The parts of the options that make n8n's helpers send this payload as it is. */
function sent(headers: Record<string, unknown>, { data, contentType }: Payload): object {
	const body = typeof data === 'string' && contentType !== FORM_TYPE ? bytesOf(data) : data;
	return {
		headers: {
			...pick(headers, (name) => name !== 'content-type'),
			...(contentType !== undefined && { 'Content-Type': contentType }),
		},
		...(body !== undefined && { body }),
	};
}

function bytesOf(data: unknown): Buffer | undefined {
	if (typeof data === 'string') return Buffer.from(data);
	return Buffer.isBuffer(data) ? data : undefined;
}

/** Own headers that bear on the signature. */
function signed(headers: Record<string, unknown>): Record<string, string> {
	const names = ['host', 'x-sdk-content-sha256'];
	const found = Object.entries(pick(headers, (name) => names.includes(name)));
	return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

function pick(headers: Record<string, unknown>, wanted: (name: string) => boolean) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted(name.toLowerCase())));
}

function without(options: object, names: string[]): object {
	return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}
