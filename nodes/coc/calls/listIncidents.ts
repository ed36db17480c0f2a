import type { Answer } from '../answer';
import { asRecord, recordsOf, wordsOf } from '../json';
import { MAX_LIST_BYTES } from '../limits';

/** One condition of the list; `field` is a name of the answer, times are in ms as text. */
export interface ListFilter {
	/** By which `condition` refers to it. */
	name: string;
	field: string;
	operator: 'in' | 'like' | 'startwith' | 'endwith' | '=' | '!=' | '>' | '<' | '>=' | '<=';
	values: string[];
}

export interface ListPage {
	/** From 1 on. */
	page: number;
	/** At most 200. */
	perPage: number;
	filters: ListFilter[];
	/** Names of filters joined by `&`, `|` and brackets; all must hold when it is left out. */
	condition?: string;
	sort: { field: 'create_time' | 'update_time'; direction: 'asc' | 'desc' };
	/** Further keys of the body, as the call's page names them. */
	others?: object;
}

/** The v2 call that lists incidents (ListIncidents): `POST /v2/incidents/list`. */
export function listIncidents({ page, perPage, filters, condition, sort, others }: ListPage) {
	const { field, direction } = sort;
	return {
		method: 'POST',
		path: '/v2/incidents/list',
		body: {
			page,
			per_page: perPage,
			ticket_types: ['incident'],
			...(filters.length > 0 && { string_filters: filters }),
			...(condition !== undefined && { condition }),
			sort_filter: { field, operator: direction, values: [field], name: field },
			...others,
		},
		maxBytes: MAX_LIST_BYTES,
	} as const;
}

/** An incident as the list tells of it. */
export type ListedIncident = Record<string, unknown>;

/** `data.tickets[]`; null when the answer isn't such a list. */
export function readIncidents({ envelope, success }: Answer): ListedIncident[] | null {
	return success ? recordsOf(asRecord(envelope?.data)?.tickets) : null;
}

/**
 * `data.total`: how many incidents the filters let through, on all pages. The call's page shows no
 * answer; its sister lists have it. Null when the answer doesn't say.
 */
export function readTotal({ envelope }: Answer): number | null {
	const total = wordsOf(asRecord(envelope?.data)?.total) ?? '';
	return /^\d{1,9}$/.test(total) ? Number(total) : null;
}

/** What a coded field means in English, by the answer's own labels; null when they don't say. */
export function listedLabel(incident: ListedIncident, field: string): string | null {
	const value = wordsOf(incident[field]);
	if (value === null) return null;
	const label = recordsOf(incident.enum_data_list)?.find(
		({ prop_id, biz_id }) => prop_id === field && wordsOf(biz_id) === value,
	);
	return wordsOf(label?.name_en);
}
