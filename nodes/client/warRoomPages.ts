import type { ReadCall } from '../coc/call';
import { listWarRooms, type ListedWarRoom, type WarRoomQuery } from '../coc/calls/listWarRooms';
import { unreadFailure, type Read } from '../errors/failure';

const WAR_ROOMS_PER_PAGE = 100;

/** How often a page may bring nothing new: others that are created meanwhile move them on. */
const MOST_ALIKE = 3;

/**
 * War rooms in COC's order, each once. A page that is shorter than asked for proves nothing: the list
 * ends with an empty one.
 *
 * @param most how many are wanted
 */
export async function readWarRooms(
	read: <T>(call: ReadCall<T>) => Promise<Read<T>>,
	query: WarRoomQuery,
	most = Infinity,
): Promise<Read<ListedWarRoom[]>> {
	const rooms = new Map<string, ListedWarRoom>();
	const perPage = Math.min(most, WAR_ROOMS_PER_PAGE);
	let alike = 0;
	for (let offset = 0; rooms.size < most; ) {
		const page = await read(listWarRooms(query, perPage, offset));
		if (!page.ok) return page;
		if (page.value.length === 0) break;
		offset += page.value.length;
		const before = rooms.size;
		for (const room of page.value) rooms.set(keyOfWarRoom(room), room);
		alike = rooms.size === before ? alike + 1 : 0;
		if (alike === MOST_ALIKE) return { ok: false, failure: ENDLESS_WAR_ROOMS };
	}
	return { ok: true, value: [...rooms.values()].slice(0, most) };
}

/** What makes it this one. */
export function keyOfWarRoom({ number, row }: ListedWarRoom): string {
	return number ?? JSON.stringify(row);
}

const ENDLESS_WAR_ROOMS = unreadFailure(
	'COC gave the same war rooms again and again, so that not all of them could be read',
	'Narrow the list by its filters, and report this.',
);
