import {
	listIncidents,
	readIncidents,
	readTotal,
	timeFilters,
	type ListedIncident,
	type ListFilter,
	type ListPage,
} from '../coc/calls/listIncidents';
import { asNonEmptyText, timeOf } from '../coc/json';
import type { Read } from '../errors/failure';
import type { CocClient } from './client';
import { pagesByTime, type Mark, type Part } from './pagesByTime';
import type { ReadCoc } from './read';
import type { Fetched, TimeList, TimeQuery } from './timeList';

export type Selection = Pick<ListPage, 'perPage' | 'sort' | 'others'> & {
	/** The node's own filters; those on the time that is sorted by may be narrowed. */
	filters: ListFilter[];
	/** The user's own, and how they are combined. */
	more: { filters: object[]; condition: string };
	/** What to check when COC refuses. */
	refusedHint: string;
};

/**
 * Incidents page by page, each of them once. What is created meanwhile comes first, or after the end.
 *
 * @param mark where the list was left; null for its beginning
 */
export function incidentPages(
	readCoc: ReadCoc,
	client: CocClient,
	selection: Selection,
	mark: Mark | null = null,
): AsyncGenerator<Read<Part<ListedIncident>>, void, void> {
	const { perPage, refusedHint } = selection;
	const { field, direction } = selection.sort;
	/** When the list was begun, in ms by COC's clock: one that is read upwards would never end. */
	let begun: number | undefined;
	async function fetch(query: TimeQuery): Promise<Read<Fetched<ListedIncident>>> {
		const times = direction === 'asc' && begun !== undefined ? { to: begun, ...query } : query;
		const call = listIncidents(pageAt(times, selection), (answer) => {
			const rows = readIncidents(answer);
			return rows && { rows, total: readTotal(answer), now: answer.serverTime };
		});
		const read = await readCoc(call, refusedHint);
		const { clock, clockOffset } = client;
		if (clockOffset !== null) begun ??= clock.now() + clockOffset + 1000;
		return read;
	}
	const list: TimeList<ListedIncident> = {
		...{ perPage, fetch },
		sign: direction === 'asc' ? 1 : -1,
		keyOf: (incident) => asNonEmptyText(incident.ticket_id) ?? JSON.stringify(incident),
		timeOf: (incident) => timeOf(incident[field]),
	};
	return pagesByTime(list, mark);
}

function pageAt(query: TimeQuery, { filters, sort, more, others }: Selection): ListPage {
	const { page, perPage } = query;
	const own = new Map(filters.map((filter) => [filter.name, filter]));
	for (const bound of timeFilters(sort.field, query)) {
		const tighter = bound.operator === '<=' ? Math.min : Math.max;
		const values = [bound, own.get(bound.name) ?? bound].map(({ values: [time] }) => Number(time));
		own.set(bound.name, { ...bound, values: [String(tighter(...values))] });
	}
	const condition = [`( ${more.condition} )`, ...own.keys()].join(' & ');
	return {
		...{ page, perPage, sort },
		filters: [...own.values(), ...(more.filters as ListFilter[])],
		...(more.condition.trim() !== '' && { condition }),
		...(others && { others }),
	};
}
