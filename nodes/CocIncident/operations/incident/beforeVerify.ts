import { inputFailure } from '../../../errors/failure';
import { COMPLETED, describeStatus, TO_BE_VERIFIED } from '../../../coc/statuses';
import { lastResult, type Verification } from '../../../coc/verification';
import type { Verdict, Write } from '../../../run/change';

/** What the options *Check Status First* and *If Already Verified* look at before the write. */
export function checkBefore(
	wanted: Pick<Verification, 'result' | 'comment'>,
	{
		checkStatus,
		ifAlreadyVerified,
	}: { checkStatus: boolean; ifAlreadyVerified: 'fail' | 'succeed' },
): Write['check'] {
	if (ifAlreadyVerified === 'succeed') {
		return async (reader, actor) => {
			const record = await reader.record();
			if (!record.ok) return { says: 'unreadable', failure: record.failure };
			if (!record.value.history.complete) return { says: 'unreadable', failure: INCOMPLETE };
			const last = lastResult(record.value, { ...wanted, operator: actor() });
			if (last === 'untold') return { says: 'unreadable', failure: INCOMPLETE };
			// What waits again was handed back: only what would do so once more may be the same.
			if (last === 'similar' && !wanted.result) return { says: 'unreadable', failure: SIMILAR };
			if (last === wanted.result) return { says: 'alreadyVerified' };
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

function judge(status: string): Verdict {
	if (isWaiting(status)) return { says: 'go', wouldBeAccepted: true };
	const reason = `its status is ${describeStatus(status)}, it doesn't wait for verification`;
	const hint =
		status === COMPLETED
			? 'Nothing is left to do, unless its result is not the wanted one.'
			: "It can be verified once its handler has submitted a solution (status 'To Be Verified').";
	return { says: 'no', failure: inputFailure(reason, hint) };
}
