import type { IHttpRequestOptions, RequestHelperFunctions } from 'n8n-workflow';
import { readBody } from './boundedBody';

/** What a public address answered; the body is null when it is too large or didn't come to its end. */
export interface PublicAnswer {
	httpStatus: number;
	body: Uint8Array | null;
}

/**
 * Asks a public address once: without any credential, redirects off, bounded in time and size. Null
 * when no answer comes. The caller has checked the address.
 */
export async function publicGet(
	{ httpRequest }: Pick<RequestHelperFunctions, 'httpRequest'>,
	url: string,
	{ timeoutMs, maxBytes }: { timeoutMs: number; maxBytes: number },
): Promise<PublicAnswer | null> {
	const deadline = AbortSignal.timeout(timeoutMs);
	const tooLarge = new AbortController();
	const options: IHttpRequestOptions = {
		method: 'GET',
		url,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: 0,
		abortSignal: AbortSignal.any([deadline, tooLarge.signal]),
	};
	try {
		const response = (await httpRequest(options)) as {
			statusCode: number;
			body: AsyncIterable<Uint8Array>;
		};
		const { body } = await readBody(response.body, maxBytes, tooLarge, deadline);
		return { httpStatus: response.statusCode, body };
	} catch {
		return null;
	}
}
