import { NO_SUCH_TICKET } from '../coc/codes';
import { findStep, type Sight, type Step, type Window } from '../coc/step';
import type { Reader } from '../client/read';

/** `final`: another look would find the same. `isRead`: whether the record could be read. */
export type Look = Sight & { final?: boolean; isRead: boolean };

/**
 * Looks for a step in COC's record, after the answer to its write was lost.
 *
 * @param window asked once the record was read: the answers tell COC's clock
 */
export async function lookFor(step: Step, reader: Reader, window: () => Window): Promise<Look> {
	const record = await reader.record();
	if (record.ok) return { ...findStep(step, record.value, window()), isRead: true };
	const { reason, cause, httpStatus, errorCode } = record.failure;
	// To what isn't there nothing can have been done. COC refuses with 400, or 200; others may repeat it.
	const isRefusal = httpStatus === 400 || httpStatus === 200;
	if (errorCode === NO_SUCH_TICKET && isRefusal) {
		return { shows: 'tooLate', seen: reason, isRead: true };
	}
	const isForGood = cause === 'credential-invalid' || (httpStatus === 403 && errorCode !== null);
	return { shows: 'unclear', seen: reason, final: isForGood, isRead: false };
}
