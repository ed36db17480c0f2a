import type { Answer } from '../answer';
import type { ReadCall } from '../call';
import { asNonEmptyText, asRecord, recordsOf, type JsonRecord } from '../json';
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
	/** At most `MOST_PER_PAGE`. */
	perPage: number;
	filters: ListFilter[];
	/** Names of filters joined by `&`, `|` and brackets; all must hold when it is left out. */
	condition?: string;
	sort: { field: 'create_time' | 'update_time'; direction: 'asc' | 'desc' };
	/** Further keys of the body, as the call's page names them. */
	others?: object;
}

/** Most incidents on a page. */
export const MOST_PER_PAGE = 200;

/** The v2 call that lists incidents (ListIncidents): `POST /v2/incidents/list`. */
export function listIncidents<T>(
	{ page, perPage, filters, condition, sort, others }: ListPage,
	take: ReadCall<T>['take'],
): ReadCall<T> {
	const { field, direction } = sort;
	return {
		what: 'list',
		iamAction: LIST_ACTION,
		request: {
			method: 'POST',
			path: '/v2/incidents/list',
			json: {
				page,
				per_page: perPage,
				ticket_types: ['incident'],
				...(filters.length > 0 && { string_filters: filters }),
				...(condition !== undefined && { condition }),
				sort_filter: { field, operator: direction, values: [field], name: field },
				...others,
			},
			maxBytes: MAX_LIST_BYTES,
		},
		take,
	};
}

/** Filters for times from one to another, both included, in ms; each may be absent. */
export function timeFilters(
	field: ListPage['sort']['field'],
	{ from, to }: { from?: number; to?: number },
): ListFilter[] {
	const bounds = [
		{ name: `${field}_start`, operator: '>=', time: from },
		{ name: `${field}_end`, operator: '<=', time: to },
	] as const;
	return bounds.flatMap(({ name, operator, time }) =>
		time === undefined ? [] : [{ name, field, operator, values: [String(time)] }],
	);
}

/** IAM action of the call. */
export const LIST_ACTION = 'coc:ticket:list';

/** An incident as the list shows it. */
export type ListedIncident = JsonRecord;

/** `data.tickets[]`; null when the answer isn't such a list. */
export function readIncidents({ envelope, success }: Answer): ListedIncident[] | null {
	return success ? recordsOf(asRecord(envelope?.data)?.tickets) : null;
}

/**
 * `data.total`: how many incidents pass the filters, on all pages. The call's page shows no answer;
 * its sister lists have it. Null when the answer doesn't say.
 */
export function readTotal({ envelope }: Answer): number | null {
	const total = asNonEmptyText(asRecord(envelope?.data)?.total) ?? '';
	return /^\d{1,9}$/.test(total) ? Number(total) : null;
}

/** A keyed field's label in English, from the answer's own labels; null without one. */
export function listedLabel(incident: ListedIncident, field: string): string | null {
	const value = asNonEmptyText(incident[field]);
	if (value === null) return null;
	const label = recordsOf(incident.enum_data_list)?.find(
		({ prop_id, biz_id }) => prop_id === field && asNonEmptyText(biz_id) === value,
	);
	return asNonEmptyText(label?.name_en);
}
