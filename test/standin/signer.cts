import { createHash, createHmac } from 'node:crypto';
import type { AccessKey } from './accessKeys.cts';
import { canonicalRequest } from './signatures.cts';

export interface ToSign {
	body?: unknown;
	method?: string;
	/** Sent and signed. */
	headers?: Record<string, string>;
	secret?: string;
}

/** The headers of a signed request to a path below the endpoint, as of a moment. */
export function signed(
	endpoint: string,
	key: AccessKey,
	path: string,
	at: number,
	wanted: ToSign = {},
): Record<string, string> {
	const { origin, host, pathname } = new URL(endpoint);
	const { body, secret = key.secretAccessKey } = wanted;
	const headers: Record<string, string> = {
		host,
		'x-sdk-date': new Date(at).toISOString().replace(/[-:]|\.\d+/g, ''),
		...(key.securityToken && { 'x-security-token': key.securityToken }),
		...wanted.headers,
	};
	const names = Object.keys(headers).sort();
	const request = {
		method: wanted.method ?? (body === undefined ? 'GET' : 'POST'),
		url: new URL(pathname.replace(/\/$/, '') + path, origin).href.slice(origin.length),
		headers,
		body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
	};
	const hash = createHash('sha256').update(canonicalRequest(request, names)).digest('hex');
	const toSign = `SDK-HMAC-SHA256\n${headers['x-sdk-date']}\n${hash}`;
	const signature = createHmac('sha256', secret).update(toSign).digest('hex');
	return {
		...headers,
		authorization: `SDK-HMAC-SHA256 Access=${key.accessKeyId}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
	};
}
