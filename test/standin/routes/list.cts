import { parameterError, success } from '../answers.cts';
import { anything, checked, flag, integer, optional, text } from '../check.cts';
import { listOf, texts } from '../listing/filters.cts';
import { selected } from '../listing/select.cts';
import { sorted } from '../listing/sort.cts';
import { labelsV2 } from './labels.cts';
import type { Quirks } from '../quirks.cts';
import type { Route } from './route.cts';
import { fieldsV2, ticketV2, timesV2 } from './ticketV2.cts';

/** Grouping and counting aren't described closely enough to be followed: unknown here. */
const shape = {
	page: optional(integer(1, 1_000_000)),
	per_page: optional(integer(1, 200)),
	contain_all: optional(flag),
	contain_total: optional(flag),
	contain_sub_ticket: optional(flag),
	ticket_types: optional(texts),
	fields: optional(texts),
	string_filters: optional(listOf(20)),
	int_filters: optional(listOf(20)),
	sort_filter: optional(anything),
	condition: optional(text(10_000, 0)),
};

const readable = [...fieldsV2, 'enum_data_list'];

/** POST /v2/incidents/list */
export const list: Route = {
	method: 'POST',
	path: '/v2/incidents/list',
	permission: 'coc:ticket:list',
	answer({ body }, { tickets, directory, quirks }) {
		const wanted = checked(body, shape, 'body');
		const { contain_total = true, sort_filter } = wanted;
		const unknown = wanted.fields?.find((field) => !readable.includes(field));
		if (unknown) throw parameterError(`The field[fields] value[${unknown}] is unknown.`);

		const incidents = wanted.ticket_types?.includes('incident') ?? true;
		const rows = incidents ? tickets.listed(quirks.listLagMs).map(ticketV2) : [];
		const found = selected(rows, wanted, { all: fieldsV2, numbers: timesV2 });
		const ordered = sorted(found, sort_filter, ['create_time', 'update_time']);
		const shown = pageOf(ordered, wanted, quirks)
			.map((row) => picked({ ...row, enum_data_list: labelsV2(row, directory) }, wanted.fields))
			.map(quirks.row);
		return success({ tickets: shown, ...(contain_total && { total: quirks.total(found.length) }) });
	},
};

function pageOf<T>(
	rows: T[],
	{ page: wanted = 1, per_page = 10 }: { page?: number | undefined; per_page?: number | undefined },
	{ ignoresPage, repeatsLastPage, mostPerPage, countsPagesAsAsked }: Quirks,
): T[] {
	const given = Math.min(per_page, mostPerPage);
	const size = countsPagesAsAsked ? per_page : given;
	const last = Math.max(1, Math.ceil(rows.length / size));
	const page = ignoresPage ? 1 : repeatsLastPage ? Math.min(wanted, last) : wanted;
	return rows.slice((page - 1) * size, (page - 1) * size + given);
}

function picked(ticket: Record<string, unknown>, fields = readable): Record<string, unknown> {
	return Object.fromEntries(fields.map((field) => [field, ticket[field]]));
}
