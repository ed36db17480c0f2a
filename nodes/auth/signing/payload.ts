import { isJson } from '../../coc/json';
import type { RequestOptions } from './dialect';
import { stringifyForm, stringifyQuery } from './urlEncoded';

export interface Payload {
	/** A text or bytes as they are sent; anything else isn't sent, or can't be. */
	data: unknown;
	contentType: string | undefined;
}

/** Multipart forms and streams: their bytes come into being while they are sent. */
export const STREAMED = 'streamed';

export const FORM_TYPE = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const MULTIPART_TYPE = 'multipart/form-data';

/** The body that n8n's helper, and then Axios, the HTTP library inside it, make of these options. */
export function payloadOf(options: RequestOptions, legacy: boolean): Payload | typeof STREAMED {
	const contentType = contentTypeOf(options.headers);
	if (contentType?.includes(MULTIPART_TYPE)) return STREAMED;
	const payload = legacy ? ofLegacy(options, contentType) : ofToday(options, contentType);
	return payload === STREAMED ? STREAMED : transformed(payload);
}

function contentTypeOf(headers: RequestOptions['headers'] = {}): string | undefined {
	const name = Object.keys(headers).find((one) => one.toLowerCase() === 'content-type');
	return name === undefined ? undefined : String(headers[name]);
}

/** n8n's `convertN8nRequestToAxios` and `httpRequest`. */
function ofToday({ method, body }: RequestOptions, contentType: string | undefined): Payload {
	const sent =
		method?.toUpperCase() !== 'GET' && (typeof body === 'string' ? body !== '' : hasParts(body));
	return {
		data: sent ? body : undefined,
		contentType: contentType ?? (sent && body instanceof URLSearchParams ? FORM_TYPE : undefined),
	};
}

/** n8n's `buildAxiosConfigFromLegacyRequest`. */
function ofLegacy(
	{ body, form, formData, json, useQuerystring }: RequestOptions,
	contentType: string | undefined,
): Payload | typeof STREAMED {
	if (contentType === FORM_TYPE && formData === undefined) {
		if (typeof body === 'string') return { data: body, contentType };
		const values = { ...(body as object), ...(form as object) };
		return {
			data: stringifyQuery(values, useQuerystring === true ? 'repeat' : 'indices'),
			contentType,
		};
	}
	if (form !== undefined && body === undefined) {
		return { data: typeof form === 'string' ? form : stringifyQuery(form), contentType: FORM_TYPE };
	}
	if (formData !== undefined) return STREAMED;
	const merges = form !== undefined && isObject(body) && !(Symbol.iterator in body);
	const data = merges ? { ...body, ...(form as object) } : body;
	const isJson = json !== false && data !== undefined && data !== '' && !Buffer.isBuffer(data);
	return { data, contentType: contentType ?? (isJson ? JSON_TYPE : undefined) };
}

/** Axios' `transformRequest`. */
function transformed({ data, contentType }: Payload): Payload | typeof STREAMED {
	if (data instanceof URLSearchParams) {
		return { data: data.toString(), contentType: contentType ?? `${FORM_TYPE};charset=utf-8` };
	}
	if (ArrayBuffer.isView(data)) {
		const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
		// In the legacy dialect bytes of exactly this type are taken for an object, a text is not.
		return { data: contentType === FORM_TYPE ? bytes.toString() : bytes, contentType };
	}
	if (isObject(data)) {
		if (isStream(data)) return STREAMED;
		if (contentType?.includes(FORM_TYPE)) return { data: stringifyForm(data), contentType };
	}
	if (isObject(data) || contentType?.includes(JSON_TYPE)) {
		return { data: jsonText(data), contentType: contentType ?? JSON_TYPE };
	}
	return { data, contentType };
}

/** A text that is JSON already loses its blanks at the ends, any other is quoted. */
function jsonText(data: unknown): string | undefined {
	if (typeof data === 'string' && isJson(data)) return data.trim();
	return JSON.stringify(data);
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function hasParts(value: unknown): boolean {
	if (!isObject(value)) return false;
	if (ArrayBuffer.isView(value)) return value.byteLength > 0;
	const countable = Array.isArray(value) || !(Symbol.iterator in value);
	return !countable || Object.keys(value).length > 0;
}

/** Streams, blobs, and forms of both kinds that Node knows. */
function isStream(value: object): boolean {
	return ['pipe', 'stream', 'append'].some(
		(method) => typeof (value as Record<string, unknown>)[method] === 'function',
	);
}
