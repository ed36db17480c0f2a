import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Checked, Refused } from '../contract/checked';
import {
	answerFailure,
	credentialFailure,
	inputFailure,
	noAnswerFailure,
	type Failure,
	type OperationWords,
} from '../contract/explain';
import { outcomeOfAnswer } from '../contract/outcome';
import { exchange, type CocRequest } from '../http/exchange';
import type { Session } from '../http/session';

/** What a run has at hand for each of its items. */
export interface Run {
	context: IExecuteFunctions;
	session: Checked<Session>;
}

/** How an item ended: each in exactly one outcome. */
export type Settled = Applied | Failed;

export interface Applied {
	outcome: 'applied';
	ticket: string;
	/** The output item's data. */
	json: IDataObject;
}

export interface Failed extends Failure {
	/** The ticket as the user gave it; null when there is none. */
	ticket: string | null;
}

/** An item whose input is refused before anything is sent. */
export function refuseInput(fault: Omit<Refused, 'ok'>, ticket: string | null): Failed {
	const hint = fault.hint ?? 'Correct this field, or what its expression reads.';
	return { ...inputFailure(fault.reason, hint), ticket };
}

/**
 * Sends a write for a ticket, once, and settles the item by the answer.
 *
 * @param output the data of the item that was applied, from COC's envelope as received
 */
export async function write(
	run: Run,
	ticket: string,
	words: OperationWords,
	request: CocRequest,
	output: (envelope: IDataObject) => IDataObject,
): Promise<Settled> {
	if (!run.session.ok) return { ...credentialFailure(run.session.reason), ticket };
	const session = run.session.value;
	const result = await exchange(session, request);
	if ('noAnswer' in result) {
		const { host } = new URL(session.credential.endpoint.url);
		const failure = noAnswerFailure(result.noAnswer, words, { host, timeoutMs: request.timeoutMs });
		return { ...failure, ticket };
	}
	const { answer } = result;
	const outcome = outcomeOfAnswer(answer);
	if (outcome !== 'applied') return { ...answerFailure(answer, outcome, words), ticket };
	return { outcome, ticket, json: output(answer.envelope ?? {}) };
}
