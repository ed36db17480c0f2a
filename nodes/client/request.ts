import type { Answer, Outcome } from '../coc/answer';
import type { CocRequest } from '../coc/call';
import type { NoAnswer } from '../coc/noAnswer';
import type { Wait } from '../coc/retryAfter';
import {
	answerFailure,
	credentialFailure,
	noAnswerFailure,
	withWait,
	type CredentialFault,
	type Failure,
	type OperationWords,
} from '../errors/failure';
import { COC, type ServiceName } from '../errors/hints';
import type { Session } from './session';

/** A request as it is sent. */
export interface TimedRequest extends CocRequest {
	/** Bound on the whole exchange, the answer's body included, in ms. */
	timeoutMs: number;
	/** The credential's own user in whose name it acts; not sent with the token of another one. */
	ownUser?: string | undefined;
}

/**
 * What a request came to, with its outcome: an answer, none, or it was not sent, since no token can be
 * had or the credential is refused; `refusal` is the answer to a first attempt with a refused token.
 * `wait` is how long the service asked to wait, where that is why nothing more was tried.
 */
export type Exchange = { outcome: Outcome } & (
	| { answer: Answer; wait?: Wait }
	| { noAnswer: NoAnswer }
	| { fault: CredentialFault; refusal?: Answer }
);

/**
 * Why a request that wasn't applied, or a read that gave nothing, ended so. The wait that a service
 * asks for comes last, once the hint is complete: see `withWaitOf`.
 */
export function failureOf(
	exchange: Exchange,
	{ credential }: Pick<Session, 'credential'>,
	words: OperationWords,
	timeoutMs: number,
	service: ServiceName = COC,
): Failure {
	if ('fault' in exchange) return credentialFailure(exchange.fault, exchange.refusal);
	if ('noAnswer' in exchange) {
		const { host } = new URL(credential.endpoint.url);
		const hasCa = credential.trust.ca !== null;
		const asked = { host, timeoutMs, field: service.field, hasCa };
		return noAnswerFailure(exchange.noAnswer, words, asked);
	}
	return answerFailure(exchange.answer, words, credential.authentication.kind, service);
}

/** A failure with the wait that the answer asks for, if it asks for one. */
export function withWaitOf(
	failure: Failure,
	exchange: Exchange,
	service: ServiceName = COC,
): Failure {
	const wait = 'answer' in exchange ? exchange.wait : undefined;
	return wait ? withWait(failure, wait, service) : failure;
}
