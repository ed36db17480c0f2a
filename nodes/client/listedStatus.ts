import { statusOf } from '../coc/calls/showCocIncidentDetail';
import { NO_SUCH_TICKET } from '../coc/classify';
import { unreadFailure, type Read } from '../errors/failure';
import type { ReadCoc } from './read';

/**
 * The status of an incident in a list; the list itself doesn't show it.
 *
 * @param ticket null for one that is listed without its number
 * @returns null for one that was deleted meanwhile
 */
export async function listedStatus(
	read: ReadCoc,
	ticket: string | null,
): Promise<Read<string | null>> {
	if (ticket === null) return { ok: false, failure: NUMBERLESS };
	const call = statusOf(ticket);
	const status = await read(call);
	if (status.ok) return status;
	if (status.failure.errorCode === NO_SUCH_TICKET) return { ok: true, value: null };
	const reason = `the status of ${ticket} could not be read (IAM action ${call.iamAction}): ${status.failure.reason}`;
	return { ok: false, failure: { ...status.failure, reason } };
}

const NUMBERLESS = unreadFailure(
	'COC lists an incident without its number, so that its status could not be read',
	'Narrow the list, so that it is not among them, and report this.',
);
