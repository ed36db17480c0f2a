import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Checked, Refused } from '../contract/checked';
import { inputFailure, type Failure } from '../contract/explain';
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

/** Input that is refused before anything is sent. */
export function refuseInput(fault: Omit<Refused, 'ok'>): Failure {
	const hint = fault.hint ?? 'Correct this field, or what its expression reads.';
	return inputFailure(fault.reason, hint);
}

/** Whether the credential knows a user of its own; one that can't be used says so by itself. */
export function hasOwnUser({ session }: Run): boolean {
	return !session.ok || session.value.credential.authentication.kind === 'iamUser';
}
