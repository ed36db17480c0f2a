import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { CocCredential } from '../auth/credential';
import { keyRefused, refusalOf, subjectOf } from '../auth/refusals';
import { signatureOf, wasUnsigned } from '../auth/signing/sentSignatures';
import type { CocRequest } from '../coc/call';
import { MAX_ANSWER_BYTES } from '../coc/limits';
import { outcomeOfNoAnswer, type NoAnswer } from '../coc/noAnswer';
import { readAnswer } from '../coc/readAnswer';
import { longWaitOf } from '../coc/retryAfter';
import { urlEncoded } from '../coc/url';
import { noAnswerOf } from '../errors/networkError';
import { readBody } from './boundedBody';
import type { Exchange, TimedRequest } from './request';
import { receiveFile, type BodyStream } from './receiveFile';
import { CREDENTIAL_TYPE, type Session } from './session';

/**
 * Sends a request once, through n8n's helper (proxy, certificates, domain rules) and the
 * credential, and reads the answer within bounds. Never throws; what n8n's helper throws holds the
 * secrets and goes no further than here.
 */
export async function send(session: Session, request: TimedRequest): Promise<Exchange> {
	const { context, credential, decrypted, allowedDomains } = session;
	// The helper's own time-out (off, below) ends at the headers: a dripping body would hold the
	// node for ever. The execution's cancel signal is left out on purpose: a write that is under
	// way isn't aborted, it ends within its time-out and its outcome is known.
	const deadline = AbortSignal.timeout(request.timeoutMs);
	const tooLarge = new AbortController();
	const helperContext = Object.create(context, {
		getExecutionCancelSignal: { value: () => AbortSignal.any([deadline, tooLarge.signal]) },
	}) as IAllExecuteFunctions;

	const options: IHttpRequestOptions = {
		method: request.method,
		url: addressOf(request, credential),
		headers: { Accept: 'application/json' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: 0,
		...(allowedDomains !== undefined && { allowedDomains }),
	};
	if (request.form !== undefined) options.body = request.form;
	if (request.json !== undefined) {
		options.headers = { ...options.headers, 'Content-Type': 'application/json' };
		// As bytes: the helper would trim a JSON text and drop an empty object.
		options.body = Buffer.from(JSON.stringify(request.json), 'utf8');
	}

	try {
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			helperContext,
			CREDENTIAL_TYPE,
			options,
			{ credentialsDecrypted: decrypted },
		)) as StreamResponse;
		session.hasAnswered = true;
		const { statusCode: httpStatus, headers, body: stream } = response;
		const maxBytes = request.maxBytes ?? MAX_ANSWER_BYTES;
		const readAll = async () => await readBody(stream, maxBytes, tooLarge, deadline);
		const { keepFile } = request;
		const bounds = { maxBytes, tooLarge, deadline, readBody: readAll };
		const read = keepFile
			? await receiveFile({ httpStatus, headers, body: stream }, keepFile, bounds)
			: await readAll();
		const now = Date.now();
		const answer = readAnswer(
			{
				...{ url: options.url, httpStatus, headers, ...read },
				...{ bareMember: request.bareMember, hasPlainCode: request.hasPlainCode },
			},
			session.secrets,
			now,
			credential.authentication.kind === 'accessKey' ? signatureOf(options) : undefined,
		);
		const wait = answer.retryAfterMs === null ? null : longWaitOf(answer, now);
		return { outcome: answer.outcome, answer, ...(wait && { wait }) };
	} catch (error) {
		const refusal = wasUnsigned(options) ? refusalOf(subjectOf(credential)) : null;
		if (refusal) return { outcome: 'notSent', fault: keyRefused(refusal) };
		const noAnswer: NoAnswer = deadline.aborted
			? { kind: 'timeout', code: null }
			: noAnswerOf(error, options.url, session.hasAnswered);
		return { outcome: outcomeOfNoAnswer(noAnswer), noAnswer };
	}
}

/** The one place where the integration key joins a path. */
function addressOf(
	{ path, endsInIntegrationKey }: CocRequest,
	{ endpoint, integrationKey }: CocCredential,
): string {
	return endpoint.url + path + (endsInIntegrationKey ? urlEncoded(integrationKey) : '');
}

interface StreamResponse {
	statusCode: number;
	headers: Record<string, unknown>;
	body: BodyStream;
}
