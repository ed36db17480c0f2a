import { saidBody, type Answer } from '../answer';
import type { ReadCall } from '../call';
import { asNonEmptyText, asRecord, first, recordsOf, type JsonRecord } from '../json';
import { MAX_LIST_BYTES } from '../limits';

/** Which war rooms are listed, in the call's own words: all of these hold. Times are in ms since 1970. */
export interface WarRoomQuery {
	/** The number of their incident. */
	incident_num?: string | undefined;
	/** COC ignores all else beside these numbers. */
	war_room_nums?: string[] | undefined;
	war_room_num?: string | undefined;
	/** A part of it. */
	title?: string | undefined;
	admin?: string[] | undefined;
	current_users?: string[] | undefined;
	/** Keys of `WAR_ROOM_STATUSES`. */
	status?: string[] | undefined;
	incident_levels?: string[] | undefined;
	notification_level?: string[] | undefined;
	impacted_application_ids?: string[] | undefined;
	region_code_list?: string[] | undefined;
	enterprise_project_ids?: string[] | undefined;
	/** COC takes 30 days ago where it is missing. */
	triggered_start_time?: number | undefined;
	triggered_end_time?: number | undefined;
	occur_start_time?: number | undefined;
	occur_end_time?: number | undefined;
	recover_start_time?: number | undefined;
	recover_end_time?: number | undefined;
}

/** A `triggered_start_time` before all war rooms. */
export const EVER = 1;

/** A war room as the list shows it. */
export interface ListedWarRoom {
	row: JsonRecord;
	number: string | null;
	/** As COC said it, to compare with; never to be put out. The same holds for the administrator. */
	title: string | null;
	administrator: string | null;
}

/** IAM action of the call; its page doesn't name it. */
export const LIST_WAR_ROOMS = 'coc:warroom:list, named by analogy';

/**
 * The call that lists war rooms: `POST /v1/external/warrooms/list`. Without a limit it lists none.
 *
 * @param limit 0–1000
 * @param offset how many of them are passed over
 */
export function listWarRooms(
	query: WarRoomQuery,
	limit: number,
	offset: number,
): ReadCall<ListedWarRoom[]> {
	return {
		what: 'list of war rooms',
		iamAction: LIST_WAR_ROOMS,
		request: {
			method: 'POST',
			path: '/v1/external/warrooms/list',
			json: { ...query, limit, offset },
			maxBytes: MAX_LIST_BYTES,
		},
		take: readListed,
	};
}

function readListed(answer: Answer): ListedWarRoom[] | null {
	const rows = rowsOf(answer.envelope);
	const said = rowsOf(saidBody(answer)) ?? rows;
	return (
		rows &&
		rows.map((row, index) => ({
			row,
			number: asNonEmptyText(row.war_room_num),
			title: asNonEmptyText(said?.[index]?.title),
			administrator: asNonEmptyText(first(said?.[index]?.admin)),
		}))
	);
}

/** `data.list[]`; an empty list may be missing. */
function rowsOf(body: JsonRecord | null): JsonRecord[] | null {
	const data = asRecord(body?.data);
	if (data === null) return null;
	const isNone = (data.list ?? null) === null && data.total === 0;
	return isNone ? [] : recordsOf(data.list);
}
