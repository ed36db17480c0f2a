import http from 'node:http';
import https from 'node:https';

export interface Sent {
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: string;
}

/** What came back; status 0 when nothing did. */
export interface Received {
	status: number;
	headers: Record<string, unknown>;
	text: string;
	/** Why nothing came. */
	problem?: string;
}

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** Sends once, follows nothing, never throws. */
export function exchange(
	{ method, url, headers, body }: Sent,
	ignoreSslIssues: boolean,
): Promise<Received> {
	return new Promise((resolve) => {
		const fail = ({ code = 'no answer' }: NodeJS.ErrnoException) =>
			resolve({
				status: 0,
				headers: {},
				text: '',
				problem: /^[\w ]+$/.test(code) ? code : 'no answer',
			});
		const isTls = url.startsWith('https:');
		const request = (isTls ? https : http).request(
			url,
			{
				method,
				// A kept connection may end just when it is used again: a write would be lost.
				agent: false,
				headers: {
					...headers,
					...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
				},
				signal: AbortSignal.timeout(TIMEOUT_MS),
				...(isTls && ignoreSslIssues && { rejectUnauthorized: false }),
			},
			(response) => {
				const chunks: Buffer[] = [];
				let size = 0;
				response.on('data', (chunk: Buffer) => {
					size += chunk.length;
					if (size > MOST_BYTES) response.destroy(new Error('too large'));
					else chunks.push(chunk);
				});
				response.once('error', fail);
				response.once('end', () => {
					const { statusCode: status = 0, headers: received } = response;
					resolve({ status, headers: received, text: Buffer.concat(chunks).toString() });
				});
			},
		);
		request.once('error', fail);
		request.end(body);
	});
}
