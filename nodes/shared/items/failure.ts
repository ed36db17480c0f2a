import {
	answerFailure,
	credentialFailure,
	noAnswerFailure,
	withWait,
	type Failure,
	type OperationWords,
} from '../contract/explain';
import { outcomeOfAnswer } from '../contract/outcome';
import type { Exchange } from '../http/send';
import type { Session } from '../http/session';

/** Why a request that wasn't applied, or a read that gave nothing, ended so. */
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
	const { answer, wait } = result;
	const outcome = outcomeOfAnswer(answer);
	const failure = answerFailure(
		answer,
		outcome === 'applied' ? 'unknown' : outcome,
		words,
		credential.authentication.kind,
	);
	return wait ? withWait(failure, wait) : failure;
}
