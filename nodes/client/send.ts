import type { IAllExecuteFunctions, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import { readAnswer, type Answer, type BodyProblem } from '../coc/answer';
import { textOf } from '../coc/bodyText';
import type { Refused } from '../coc/result';
import { headerValues } from '../coc/headers';
import { MAX_ANSWER_BYTES } from '../coc/limits';
import type { NoAnswer } from '../coc/classify';
import type { Wait } from '../coc/retryAfter';
import { noAnswerOf } from '../errors/networkError';
import { CREDENTIAL_TYPE, type Session } from './session';
import { signatureOf } from '../auth/signing/sentSignatures';

export interface CocRequest {
	method: IHttpRequestMethods;
	/** Path below the endpoint, encoded, with its query. */
	path: string;
	body?: object;
	/** Largest answer that is read; a few hundred bytes are usual. */
	maxBytes?: number;
	/** Bound on the whole exchange, the answer's body included, in ms. */
	timeoutMs: number;
}

/**
 * What a request came to: an answer, none, or it was not sent since nothing more may be; `refusal`
 * is the answer to a first attempt, whose token was refused and could not be replaced. `wait` is how
 * long the service wants to be left alone, where that is why nothing more was tried.
 */
export type Exchange =
	| { answer: Answer; wait?: Wait }
	| { noAnswer: NoAnswer }
	| { closed: Refused; refusal?: Answer };

/**
 * Sends a request once, through n8n's helper (proxy, certificates, domain rules) and the
 * credential, and reads the answer within bounds. Never throws; what n8n's helper throws holds the
 * secrets and goes no further than here.
 */
export async function send(session: Session, request: CocRequest): Promise<Exchange> {
	const { context, credential, decrypted, allowedDomains } = session;
	// The helper's own time-out (off, below) ends at the headers: a dripping body would hold the
	// node for ever. The execution's cancel signal is left out on purpose: a write that is under
	// way is not torn, it ends within its time-out and its outcome is known.
	const deadline = AbortSignal.timeout(request.timeoutMs);
	const tooLarge = new AbortController();
	const helperContext = Object.create(context, {
		getExecutionCancelSignal: { value: () => AbortSignal.any([deadline, tooLarge.signal]) },
	}) as IAllExecuteFunctions;

	const options: IHttpRequestOptions = {
		method: request.method,
		url: credential.endpoint.url + request.path,
		headers: { Accept: 'application/json' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: 0,
		...(allowedDomains !== undefined && { allowedDomains }),
	};
	if (request.body !== undefined) {
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		// As bytes: the helper would trim a JSON text and drop an empty object.
		options.body = Buffer.from(JSON.stringify(request.body), 'utf8');
	}

	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			helperContext,
			CREDENTIAL_TYPE,
			options,
			{ credentialsDecrypted: decrypted },
		)) as StreamResponse;
		session.hasAnswered = true;
		const read = await readBody(response, request.maxBytes ?? MAX_ANSWER_BYTES, tooLarge, deadline);
		return {
			answer: readAnswer(
				{ url: options.url, httpStatus: response.statusCode, headers: response.headers, ...read },
				session.secrets,
				Date.now(),
				signatureOf(options),
			),
		};
	} catch (error) {
		if (deadline.aborted) return { noAnswer: { kind: 'timeout', code: null } };
		return { noAnswer: noAnswerOf(error, options.url, session.hasAnswered) };
	}
}

interface StreamResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: AsyncIterable<Uint8Array>;
}

/** Reads the answer's body to its end, or says why that wasn't possible. */
async function readBody(
	{ body: stream, headers }: StreamResponse,
	maxBytes: number,
	tooLarge: AbortController,
	deadline: AbortSignal,
): Promise<{ body: string } | { body: null; bodyProblem: BodyProblem }> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of stream) {
			size += chunk.length;
			if (size > maxBytes) {
				// Ends the request as well: destroying the stream alone leaves the socket open.
				tooLarge.abort();
				return { body: null, bodyProblem: 'tooLarge' };
			}
			chunks.push(chunk);
		}
		const [contentType = null] = headerValues(headers, 'content-type');
		return { body: textOf(Buffer.concat(chunks), contentType) };
	} catch {
		return { body: null, bodyProblem: deadline.aborted ? 'timedOut' : 'lost' };
	}
}
