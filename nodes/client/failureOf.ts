import {
	answerFailure,
	credentialFailure,
	noAnswerFailure,
	withWait,
	type Failure,
	type OperationWords,
} from '../errors/failure';
import { outcomeOfAnswer } from '../coc/classify';
import type { Exchange } from './send';
import type { Session } from './session';

/**
 * Why a request that wasn't applied, or a read that gave nothing, ended so. How long the service
 * wants to be left alone comes last, once the hint is complete: see `waitTold`.
 */
export function failureOf(
	result: Exchange,
	{ credential }: Session,
	words: OperationWords,
	timeoutMs: number,
): Failure {
	if ('closed' in result) return credentialFailure(result.closed, result.refusal);
	if ('noAnswer' in result) {
		const { host } = new URL(credential.endpoint.url);
		return noAnswerFailure(result.noAnswer, words, { host, timeoutMs });
	}
	const { answer } = result;
	const outcome = outcomeOfAnswer(answer);
	return answerFailure(
		answer,
		outcome === 'applied' ? 'unknown' : outcome,
		words,
		credential.authentication.kind,
	);
}

/**
 * A failure with the wait that the answer asks for, if it asks for one.
 *
 * @param service as a user knows it
 */
export function waitTold(failure: Failure, result: Exchange, service = 'COC'): Failure {
	const wait = 'answer' in result ? result.wait : undefined;
	return wait ? withWait(failure, wait, service) : failure;
}
