import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { RawAnswer } from '../contract/answer';

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
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		abortSignal: AbortSignal.timeout(timeoutMs),
		...(ignoreSslIssues && { skipSslCertificateValidation: true }),
	})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
	const { statusCode: httpStatus, headers, body } = response;
	// n8n parses JSON in some versions, whatever encoding is asked for.
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { url: request.url, httpStatus, headers, body: text };
}
