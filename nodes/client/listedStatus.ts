import { IAM_ACTION, NO_SUCH_TICKET } from '../coc/codes';
import { unreadFailure } from '../errors/failure';
import { statusOf, type Read } from './read';
import type { Ask } from '../run/readItem';

/**
 * The status of an incident that a list holds; the list itself doesn't tell it.
 *
 * @param ticket null for one that the list gives without its number
 * @returns null for one that is gone meanwhile
 */
export async function listedStatus(ask: Ask, ticket: string | null): Promise<Read<string | null>> {
	if (ticket === null) return { ok: false, failure: NUMBERLESS };
	const read = await ask(statusOf(ticket));
	if (read.ok) return read;
	if (read.failure.errorCode === NO_SUCH_TICKET) return { ok: true, value: null };
	const reason = `the status of ${ticket} could not be read (IAM action ${IAM_ACTION.showIncident}): ${read.failure.reason}`;
	return { ok: false, failure: { ...read.failure, reason } };
}

const NUMBERLESS = unreadFailure(
	'COC lists an incident without its number, so that its status could not be read',
	'Narrow the list, so that it is not among them, and report this.',
);
