import type { ReadCoc } from '../client/read';
import { readWarRooms } from '../client/warRoomPages';
import type { ListedWarRoom } from '../coc/calls/listWarRooms';
import { timeOf } from '../coc/json';
import { isClosedWarRoom, OPEN_WAR_ROOM, simplifyWarRoom } from '../coc/simplifyWarRoom';
import { inputFailure, type Failure } from '../errors/failure';
import type { TicketWrites } from './earlierTries';
import { written, type Done } from './itemResult';
import { ofIncident } from './warRoomProof';

/**
 * The item of an incident that has an open war room: the newest. Null where there is none, and a
 * failure where there may be one.
 *
 * @param listed all of the incident's war rooms
 * @param writes what this run did for the incident
 */
export async function openWarRoomOf(
	ticket: string,
	listed: ListedWarRoom[],
	writes: TicketWrites,
	readCoc: ReadCoc,
	addHint: (sentence: string) => void,
): Promise<Done | Failure | null> {
	// COC itself says which are open, where there is any.
	const query = { ...ofIncident(ticket), status: OPEN_WAR_ROOM };
	const found = listed.length === 0 ? null : await readWarRooms(readCoc, query);
	if (found && !found.ok) return found.failure;
	const open = (found?.value ?? []).filter(({ row }) => !isClosedWarRoom(row)).sort(newestFirst);
	const [newest] = open;
	if (newest) {
		if (open.length > 1) {
			addHint(`${ticket} has ${open.length} open war rooms; the one created last comes out.`);
		}
		return written({ ...simplifyWarRoom(newest.row), ticket }, 'existing');
	}
	const numbers = new Set(listed.map(({ number }) => number));
	const own = writes.recorded.find((number) => !numbers.has(number));
	if (own !== undefined) return written({ warRoom: own, ticket }, 'existing');
	return writes.maybeRecorded ? MAY_BE_OPEN : null;
}

function newestFirst(one: ListedWarRoom, other: ListedWarRoom): number {
	return (timeOf(other.row.create_time) ?? 0) - (timeOf(one.row.create_time) ?? 0);
}

const MAY_BE_OPEN = inputFailure(
	'an earlier item of this run may have created one, whose outcome is unknown',
	"Look for it in COC. To call the people again, set 'If One Is Open' to 'Create Another'.",
);
