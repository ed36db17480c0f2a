import { inputFailure } from '../../shared/contract/explain';
import { NO_SUCH_TICKET } from '../../shared/contract/codes';
import { COMPLETED, describeStatus, TO_BE_VERIFIED } from '../../shared/contract/incident';
import {
	findVerification,
	lastResult,
	type Verification,
} from '../../shared/contract/verification';
import type { Verdict, Write } from '../../shared/items/write';
import type { VerifyOptions } from '../fields/options';

type Wanted = Pick<Verification, 'result' | 'comment'>;

/** What the options *Check Status First* and *If Already Verified* look at before the write. */
export function checkBefore(
	wanted: Wanted,
	{ checkStatus, ifAlreadyVerified }: VerifyOptions,
): Write['check'] {
	if (ifAlreadyVerified === 'succeed') {
		return async (reader, actor) => {
			const record = await reader.record();
			if (!record.ok) return { says: 'unreadable', failure: record.failure };
			if (!record.value.history.complete) return { says: 'unreadable', failure: INCOMPLETE };
			if (lastResult(record.value, { ...wanted, operator: actor() }) === wanted.result) {
				return { says: 'alreadyVerified' };
			}
			const { status } = record.value;
			return checkStatus ? judge(status) : { says: 'go', wouldBeAccepted: isWaiting(status) };
		};
	}
	if (!checkStatus) return null;
	return async (reader) => {
		const status = await reader.status();
		return status.ok ? judge(status.value) : { says: 'unreadable', failure: status.failure };
	};
}

/** Looks for the verification in COC's record, after its answer was lost. */
export function lookForIt(wanted: Wanted): Write['look'] {
	return async (reader, operator, window) => {
		const record = await reader.record();
		if (!record.ok) {
			const { reason, cause, httpStatus, errorCode } = record.failure;
			// What isn't there can't have been verified. COC refuses with 400, or 200; others may repeat it.
			const isRefusal = httpStatus === 400 || httpStatus === 200;
			if (errorCode === NO_SUCH_TICKET && isRefusal) return { shows: 'tooLate', seen: reason };
			const isForGood =
				cause === 'credential-invalid' || (httpStatus === 403 && errorCode !== null);
			return { shows: 'unclear', seen: reason, final: isForGood };
		}
		return findVerification({ ...wanted, operator }, record.value, window());
	};
}

const INCOMPLETE = inputFailure(
	'not all of its history could be read, so that it is not known whether it was verified',
	'Look at the ticket in COC.',
);

function isWaiting(status: string): boolean {
	return status === TO_BE_VERIFIED;
}

function judge(status: string): Verdict {
	if (isWaiting(status)) return { says: 'go', wouldBeAccepted: true };
	const reason = `its status is ${describeStatus(status)}, it doesn't wait for verification`;
	const hint =
		status === COMPLETED
			? 'Nothing is left to do, unless its result is not the wanted one.'
			: "It can be verified once its handler has submitted a solution (status 'To Be Verified').";
	return { says: 'no', failure: inputFailure(reason, hint) };
}
