/**
 * Huawei Cloud's `SDK-HMAC-SHA256` from the receiver's side: what a signature must be for the bytes
 * that arrived. Shares no code with the product, whose signatures it judges.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
	method: string;
	/** Path and query as they stand in the request line. */
	url: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface Authorization {
	accessKeyId: string;
	signedHeaders: string[];
	signature: string;
	/** X-Sdk-Date in ms. */
	signedAt: number;
}

const AUTHORIZATION =
	/^SDK-HMAC-SHA256 Access=([^,\s]+), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** What a signed request says of itself; none when that is incomplete or can't be read. */
export function readAuthorization({ headers }: SignedRequest): Authorization | undefined {
	const [, accessKeyId, names, signature] = AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
	const date = DATE.exec(header(headers, 'x-sdk-date'));
	if (!accessKeyId || !names || !signature || !date) return undefined;
	const signedHeaders = names.split(';');
	const complete = ['host', 'x-sdk-date'].every((name) => signedHeaders.includes(name));
	const sorted = signedHeaders.every(
		(name, index) => index === 0 || signedHeaders[index - 1]! < name,
	);
	const [year, month, ...rest] = date.slice(1).map(Number) as [number, number, number];
	const signedAt = Date.UTC(year, month - 1, ...rest);
	return complete && sorted ? { accessKeyId, signedHeaders, signature, signedAt } : undefined;
}

/** What the sender must have signed. */
export function canonicalRequest(request: SignedRequest, signedHeaders: string[]): string {
	const { method, url, headers, body } = request;
	const [path = '', ...query] = url.split('?');
	const unsigned =
		signedHeaders.includes('x-sdk-content-sha256') &&
		headers['x-sdk-content-sha256'] === 'UNSIGNED-PAYLOAD';
	const payload = unsigned ? 'UNSIGNED-PAYLOAD' : createHash('sha256').update(body).digest('hex');
	const uri = path.replace(/[^/]+/g, (segment) => escaped(unescaped(segment)));
	let text = `${method}\n${uri}${uri.endsWith('/') ? '' : '/'}\n`;
	text += `${canonicalQuery(query.join('?'))}\n`;
	for (const name of signedHeaders) text += `${name}:${header(headers, name).trim()}\n`;
	return `${text}\n${signedHeaders.join(';')}\n${payload}`;
}

/** Whether the signature is this secret's for this request. */
export function isSignedWith(
	secretAccessKey: string,
	request: SignedRequest,
	{ signedHeaders, signature }: Authorization,
): boolean {
	const canonical = canonicalRequest(request, signedHeaders);
	const hash = createHash('sha256').update(canonical).digest('hex');
	const toSign = `SDK-HMAC-SHA256\n${header(request.headers, 'x-sdk-date')}\n${hash}`;
	const wanted = createHmac('sha256', secretAccessKey).update(toSign).digest();
	return timingSafeEqual(wanted, Buffer.from(signature, 'hex'));
}

function canonicalQuery(query: string): string {
	const values = new Map<string, Buffer[]>();
	const names = new Map<string, Buffer>();
	for (const parameter of query.replaceAll('+', '%20').split('&')) {
		if (parameter === '') continue;
		const end = parameter.includes('=') ? parameter.indexOf('=') : parameter.length;
		const name = unescaped(parameter.slice(0, end));
		const key = name.toString('hex');
		names.set(key, name);
		values.set(key, [...(values.get(key) ?? []), unescaped(parameter.slice(end + 1))]);
	}
	const sorted = [...names].sort(([, a], [, b]) => Buffer.compare(a, b));
	return sorted
		.flatMap(([key, name]) =>
			(values.get(key) ?? [])
				.sort((a, b) => Buffer.compare(a, b))
				.map((value) => `${escaped(name)}=${escaped(value)}`),
		)
		.join('&');
}

/** The bytes that an encoded text stands for. */
function unescaped(text: string): Buffer {
	const parts = text.split(/(%[0-9a-f]{2})/i);
	return Buffer.concat(
		parts.map((part, index) =>
			index % 2 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'latin1'),
		),
	);
}

function escaped(bytes: Buffer): string {
	let text = '';
	for (const byte of bytes) {
		const character = String.fromCharCode(byte);
		const code = byte < 16 ? `0${byte.toString(16)}` : byte.toString(16);
		text += /[\w.~-]/.test(character) ? character : `%${code.toUpperCase()}`;
	}
	return text;
}

function header(headers: IncomingHttpHeaders, name: string): string {
	const value = headers[name] ?? '';
	return typeof value === 'string' ? value : value.join(', ');
}
