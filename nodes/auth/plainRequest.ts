import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { RawAnswer } from '../coc/answer';
import { textOf } from '../coc/bodyText';
import { headerValues } from '../coc/headers';

/**
 * A request of the credential itself, without its own `authenticate`: to sign in, or to look whether
 * a token is alive. Bounded in time, redirects off. Throws what n8n's helper throws.
 */
export async function ask(
	helpers: IHttpRequestHelper['helpers'],
	request: Pick<IHttpRequestOptions, 'method' | 'url' | 'headers' | 'body'>,
	{ ignoreSslIssues, timeoutMs }: { ignoreSslIssues: boolean; timeoutMs: number },
): Promise<RawAnswer> {
	const response = (await helpers.httpRequest({
		...request,
		headers: { Accept: 'application/json', ...request.headers },
		// As bytes, whose charset the headers tell.
		encoding: 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal: AbortSignal.timeout(timeoutMs),
		...(ignoreSslIssues && { skipSslCertificateValidation: true }),
	})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
	const { statusCode: httpStatus, headers, body } = response;
	return { url: request.url, httpStatus, headers, body: bodyOf(body, headers) };
}

function bodyOf(body: unknown, headers: Record<string, unknown>): string {
	const [contentType = null] = headerValues(headers, 'content-type');
	if (body instanceof ArrayBuffer) return textOf(new Uint8Array(body), contentType);
	if (ArrayBuffer.isView(body)) return textOf(body as Uint8Array, contentType);
	// Some versions of n8n parse JSON, whatever encoding is asked for.
	return typeof body === 'string' ? body : JSON.stringify(body);
}
