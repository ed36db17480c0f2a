import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Checked, Refused } from '../coc/result';
import { inputFailure, type Failure } from '../errors/failure';
import type { Traffic } from '../client/client';
import type { Ledger } from './ownWrites';

/** What a run has at hand for one of its items. */
export interface Run {
	context: IExecuteFunctions;
	/** Of the item's credential; refused when that, or a setting of the whole run, can't be used. */
	traffic: Checked<Traffic>;
	ledger: Ledger;
}

/** How an item ended: each in exactly one outcome. */
export type Settled = Done | Failed;

export interface Done {
	/**
	 * `applied` is COC's answer, `recovered` its record after the answer was lost. Before a write,
	 * `alreadyVerified` is its record, and `dryRun` means that none was wanted. A read is `read`.
	 */
	outcome: 'applied' | 'recovered' | 'alreadyVerified' | 'dryRun' | 'read';
	/** The output item's data; a list gives any number of items. */
	json: IDataObject | IDataObject[];
}

export interface Failed extends Failure {
	/** The ticket as the user gave it; null when there is none. */
	ticket: string | null;
}

export function isDone(settled: Done | Failure): settled is Done {
	return 'json' in settled;
}

/** Input that is refused before anything is sent. */
export function refuseInput(fault: Omit<Refused, 'ok'>): Failure {
	const hint = fault.hint ?? 'Correct this field, or what its expression reads.';
	return inputFailure(fault.reason, hint);
}

/** Whether the credential knows a user of its own; one that can't be used says so by itself. */
export function hasOwnUser({ traffic }: Run): boolean {
	return !traffic.ok || traffic.value.session.credential.authentication.kind === 'iamUser';
}
