import { readWarRooms } from '../../../client/warRoomPages';
import { LIST_WAR_ROOMS } from '../../../coc/calls/listWarRooms';
import { simplifyWarRoom, WAR_ROOM_FIELDS } from '../../../coc/simplifyWarRoom';
import { limit } from '../../../fields/limit';
import { readOptions } from '../../../fields/options';
import { isOfLastDays, warRoomFilters } from '../../../fields/warRoomFilters';
import { reading } from '../../../run/readItem';

const CHECK = "Check 'Filters'.";

/** Lists war rooms (`POST /v1/external/warrooms/list`). */
export const getWarRooms = reading({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many war rooms',
		description: 'List war rooms, such as those of a ticket',
	},
	fields: { limit, filters: warRoomFilters, options: readOptions },
	words: {
		about: () => 'the list of war rooms',
		done: 'read',
		iamAction: LIST_WAR_ROOMS,
		refusedHint: CHECK,
	},
	output: { id: 'warRoom', names: WAR_ROOM_FIELDS, simplify: simplifyWarRoom },
	async read({ limit: most, filters }, readCoc, { addHint }) {
		const read: typeof readCoc = async (call) => await readCoc(call, CHECK);
		const found = await readWarRooms(read, filters, most ?? Infinity);
		if (!found.ok) return found;
		const rows = found.value.map(({ row }) => row);
		// Why a list may be empty.
		if (rows.length === 0 && isOfLastDays(filters)) addHint(LAST_DAYS);
		return { ok: true, value: rows };
	},
});

const LAST_DAYS =
	"None of the last 30 days fits. For older ones add the filter 'Triggered After', or name the ticket.";
