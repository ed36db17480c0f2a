import { lastResult } from '../../../coc/lastVerification';
import { COMPLETED, describeStatus, TO_BE_VERIFIED } from '../../../coc/statuses';
import { inputFailure } from '../../../errors/failure';
import type { Look, LookBefore } from '../../../run/change';

interface Wanted {
	result: boolean;
	comment: string;
	options: { checkStatus: boolean; ifAlreadyVerified: 'fail' | 'succeed' };
}

/** What the options *Check Status First* and *If Already Verified* look at before the write. */
export function lookBeforeVerify({ result, comment, options }: Wanted): LookBefore | null {
	const { checkStatus, ifAlreadyVerified } = options;
	if (ifAlreadyVerified === 'succeed') {
		return async (reader, operator) => {
			const record = await reader.record();
			if (!record.ok) return { shows: 'unreadable', failure: record.failure };
			if (!record.value.history.complete) return { shows: 'unreadable', failure: INCOMPLETE };
			const last = lastResult(record.value, { result, comment, operator });
			if (last === 'unknown') return { shows: 'unreadable', failure: INCOMPLETE };
			// What waits again was handed back: only what would do so once more may be the same.
			if (last === 'similar' && !result) return { shows: 'unreadable', failure: SIMILAR };
			if (last === result) return { shows: 'done', outcome: 'alreadyVerified' };
			const { status } = record.value;
			return checkStatus
				? judge(status)
				: { shows: 'possible', wouldBeAccepted: isWaiting(status) };
		};
	}
	if (!checkStatus) return null;
	return async (reader) => {
		const status = await reader.status();
		return status.ok ? judge(status.value) : { shows: 'unreadable', failure: status.failure };
	};
}

const INCOMPLETE = inputFailure(
	'not all of its history could be read, so that it is not known whether it was verified',
	'Look at the ticket in COC.',
);

const SIMILAR = inputFailure(
	'its last verification is by the same operator, and its comment in the history is like this one, but not the same: it is not known whether it is this very verification',
	"Look at the ticket's history in COC. If this verification is a new one, run this item again with a comment that tells it from the last one.",
);

function isWaiting(status: string): boolean {
	return status === TO_BE_VERIFIED;
}

function judge(status: string): Look {
	if (isWaiting(status)) return { shows: 'possible', wouldBeAccepted: true };
	const reason = `its status is ${describeStatus(status)}, it doesn't wait for verification`;
	const hint =
		status === COMPLETED
			? 'Nothing is left to do, unless its result is not the wanted one.'
			: "It can be verified once its handler has submitted a solution (status 'To Be Verified').";
	return { shows: 'impossible', failure: inputFailure(reason, hint) };
}
