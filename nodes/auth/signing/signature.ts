import { createHmac, hash } from 'crypto';

/** A request as it goes out: signed is what is sent, so everything in here must be final. */
export interface SignableRequest {
	method: string;
	/** Absolute, with its query. */
	url: string;
	/** Headers to be signed besides the signature's own, with the values that are sent. */
	headers?: Record<string, string>;
	/** The exact bytes; none is the same as an empty body. */
	body?: Uint8Array | undefined;
	/** For a body whose bytes aren't known beforehand: multipart, streams. */
	unsignedPayload?: boolean;
}

export interface AccessKey {
	accessKeyId: string;
	secretAccessKey: string;
	/** Comes with a temporary key. */
	securityToken?: string | undefined;
	/** Sent as X-Domain-Id. */
	accountId?: string | undefined;
	/** Sent as X-Project-Id, unless there is an account ID: COC is a global service. */
	projectId?: string | undefined;
}

const ALGORITHM = 'SDK-HMAC-SHA256';
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * Signs a request with an access key (AK/SK) as Huawei Cloud's "API Request Signing Guide" has it;
 * returns the headers to add, whose names replace equal ones of the request.
 */
export function signRequest(
	request: SignableRequest,
	key: AccessKey,
	now: Date,
): Record<string, string> {
	const { accessKeyId, secretAccessKey, securityToken, accountId, projectId } = key;
	const url = new URL(request.url);
	const date = now.toISOString().replace(/[-:]|\.\d+/g, '');
	const added: Record<string, string> = {
		'X-Sdk-Date': date,
		...(securityToken && { 'X-Security-Token': securityToken }),
		...(accountId ? { 'X-Domain-Id': accountId } : projectId && { 'X-Project-Id': projectId }),
		...(request.unsignedPayload && { 'X-Sdk-Content-Sha256': UNSIGNED_PAYLOAD }),
	};
	const headers = lowerCased({ host: url.host, ...request.headers }, added);
	const payload = headers.get('x-sdk-content-sha256') ?? sha256(request.body ?? '');
	const names = [...headers.keys()].filter((name) => isSigned(name, payload)).sort();
	const signedHeaders = names.join(';');
	const canonicalRequest = [
		request.method.toUpperCase(),
		canonicalUri(url.pathname),
		canonicalQuery(url.search),
		...names.map((name) => `${name}:${headers.get(name)}`),
		'',
		signedHeaders,
		payload,
	].join('\n');
	const stringToSign = [ALGORITHM, date, sha256(canonicalRequest)].join('\n');
	const signature = createHmac('sha256', secretAccessKey).update(stringToSign).digest('hex');
	return {
		...added,
		Authorization: `${ALGORITHM} Access=${accessKeyId}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
	};
}

/** By lower-case name, with trimmed values; of two with the same name the later one. */
function lowerCased(...groups: Array<Record<string, string>>): Map<string, string> {
	const entries = groups.flatMap((group) => Object.entries(group));
	return new Map(entries.map(([name, value]) => [name.toLowerCase(), value.trim()]));
}

function isSigned(name: string, payload: string): boolean {
	if (name === 'authorization') return false;
	// A multipart type's boundary is only known once it is sent; proxies drop names with `_`.
	if (name === 'content-type') return payload !== UNSIGNED_PAYLOAD;
	return !name.includes('_');
}

/** Every segment decoded and encoded anew, with a slash at the end. */
function canonicalUri(pathname: string): string {
	const path = pathname
		.split('/')
		.map((segment) => encode(decode(segment)))
		.join('/');
	return path.endsWith('/') ? path : `${path}/`;
}

/** Sorted by name and value, as they are before encoding; a `+` means a space. */
function canonicalQuery(search: string): string {
	return search
		.slice(1)
		.split('&')
		.filter((parameter) => parameter !== '')
		.map((parameter) => {
			const [name, ...value] = parameter.replaceAll('+', ' ').split('=');
			return [decode(name ?? ''), decode(value.join('='))] as const;
		})
		.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
		.map(([name, value]) => `${encode(name)}=${encode(value)}`)
		.join('&');
}

/** The bytes behind percent-encoding, one character each; a `%` without two digits stands for itself. */
function decode(text: string): string {
	if (!text.includes('%')) return text;
	return text.replace(/%[0-9a-f]{2}/gi, (escape) => DECODED.get(escape) ?? unescaped(escape));
}

function encode(bytes: string): string {
	return bytes.replace(/[^A-Za-z0-9\-._~]/g, (byte) => ENCODED[byte.charCodeAt(0)] ?? '');
}

/** Every byte percent-encoded, and back: looked up, since a query of many words has thousands. */
const ENCODED = Array.from(
	{ length: 256 },
	(_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);
const DECODED = new Map(ENCODED.map((escape) => [escape, unescaped(escape)]));

function unescaped(escape: string): string {
	return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

function sha256(data: string | Uint8Array): string {
	return hash('sha256', data, 'hex');
}
