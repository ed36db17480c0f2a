import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { RawAnswer } from '../coc/answer';
import { trusting, type Trust } from './trust';

/**
 * A request of the credential itself, without its own `authenticate`: to sign in, or to look whether
 * a token is alive. Bounded in time, redirects off. Throws what n8n's helper throws.
 */
export async function plainRequest(
	helpers: IHttpRequestHelper['helpers'],
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'headers' | 'body'>,
	{ trust, timeoutMs }: { trust: Trust; timeoutMs: number },
): Promise<RawAnswer> {
	const response = (await helpers.httpRequest({
		...request,
		headers: { Accept: 'application/json', ...request.headers },
		// As bytes, whose charset the headers declare.
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal: AbortSignal.timeout(timeoutMs),
		...trusting(trust),
	})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
	const { statusCode: httpStatus, headers, body } = response;
	return { url: request.url, httpStatus, headers, body: bytesOf(body) };
}

function bytesOf(body: unknown): Uint8Array | string {
	if (body instanceof ArrayBuffer) return new Uint8Array(body);
	if (ArrayBuffer.isView(body)) return body as Uint8Array;
	// Some versions of n8n parse JSON, whatever encoding is asked for.
	return typeof body === 'string' ? body : JSON.stringify(body);
}
