import type { IDataObject } from 'n8n-workflow';
import {
	answerFailure,
	credentialFailure,
	noAnswerFailure,
	type Failure,
	type OperationWords,
} from '../contract/explain';
import { outcomeOfAnswer } from '../contract/outcome';
import { exchange } from '../http/exchange';
import { ownUserId } from '../http/renewal';
import type { CocRequest } from '../http/send';
import type { Applied, Run } from './settled';

/** A write for a ticket, as an operation describes it. */
export interface Write {
	ticket: string;
	/** IAM user ID of the person who acts; null for the credential's own user. */
	actor: string | null;
	/** Bound on the whole exchange, in ms. */
	timeoutMs: number;
	call: (actor: string) => Omit<CocRequest, 'timeoutMs'>;
	/** The data of the item that was applied; `response` is COC's envelope as received. */
	output: (actor: string, response: IDataObject) => IDataObject;
}

/** Sends a write and settles the item by the answer. */
export async function write(
	run: Run,
	wanted: Write,
	words: OperationWords,
): Promise<Applied | Failure> {
	const { ticket, timeoutMs } = wanted;
	if (!run.session.ok) return credentialFailure(run.session);
	const session = run.session.value;
	let actor = '';
	const result = await exchange(session, () => {
		actor = wanted.actor ?? ownUserId(session);
		return { ...wanted.call(actor), timeoutMs };
	});
	if ('closed' in result) return credentialFailure(result.closed, result.refusal);
	if ('noAnswer' in result) {
		const { host } = new URL(session.credential.endpoint.url);
		return noAnswerFailure(result.noAnswer, words, { host, timeoutMs });
	}
	const { answer } = result;
	const outcome = outcomeOfAnswer(answer);
	if (outcome === 'applied') {
		return { outcome, ticket, json: wanted.output(actor, answer.envelope ?? {}) };
	}
	const { kind } = session.credential.authentication;
	return answerFailure(answer, outcome, words, kind);
}
