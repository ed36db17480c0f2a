import { IAM_ACTION } from '../contract/codes';
import { inputFailure } from '../contract/explain';
import { timeOf, wordsOf } from '../contract/json';
import {
	listIncidents,
	readIncidents,
	type ListedIncident,
	type ListFilter,
	type ListPage,
} from '../contract/listIncidents';
import type { Traffic } from '../http/traffic';
import type { Read } from './reader';
import type { Ask } from './reading';

export type Selection = Pick<ListPage, 'perPage' | 'sort' | 'others'> & {
	/** The node's own filters; those on the time that is sorted by may be narrowed. */
	filters: ListFilter[];
	/** The user's own, and how they are combined. */
	more: { filters: object[]; condition: string };
};

/**
 * Incidents page by page, each of them once. The next page is asked for by the time at which the
 * one before ended, not by its number alone: an incident that leaves the selection meanwhile would
 * draw others from a page to come onto one that was read. What is created meanwhile comes first, or
 * after the end.
 */
export async function* pagesOf(
	ask: Ask,
	traffic: Traffic,
	selection: Selection,
): AsyncGenerator<Read<ListedIncident[]>> {
	const seen = new Set<string>();
	let place: Place = { page: 1, from: null, until: null };
	for (let repeats = 0; ; ) {
		const read = await ask({
			call: listIncidents(pageAt(place, selection)),
			what: 'list',
			iamAction: IAM_ACTION.listIncidents,
			take: readIncidents,
			refusedHint: "Check 'Filters' and 'Filter (JSON)'.",
		});
		if (!read.ok) return yield read;
		const fresh = read.value.filter((incident) => {
			const { size } = seen;
			return seen.add(idOf(incident)).size > size;
		});
		yield { ok: true, value: fresh };
		if (read.value.length < selection.perPage) return;
		repeats = fresh.length > 0 ? 0 : repeats + 1;
		// A server that ignores what it is asked would give the same page for ever.
		if (repeats > 1) return yield { ok: false, failure: ENDLESS };
		place = next(place, selection, read.value, traffic);
	}
}

/** Where a page begins. */
interface Place {
	page: number;
	/** The time, in ms, of the last incident that is known. */
	from: number | null;
	/** When the list was begun, in ms by COC's clock: one that is read upwards would never end. */
	until: number | null;
}

function next(
	{ page, from, until }: Place,
	{ sort: { field, direction } }: Selection,
	incidents: ListedIncident[],
	{ clock, clockOffset }: Traffic,
): Place {
	const begun = clockOffset === null ? null : clock.now() + clockOffset + 1000;
	const end = until ?? begun;
	const times = incidents.map((incident) => timeOf(incident[field]));
	const [first, last] = [times[0] ?? null, times.at(-1) ?? null];
	const sign = direction === 'asc' ? 1 : -1;
	const isSorted = times.every(
		(time, index) => time !== null && (index === 0 || sign * (time - (times[index - 1] ?? 0)) >= 0),
	);
	// With more incidents of one moment than a page holds, only their number leads on.
	const leadsOn = isSorted && last !== first && last !== from;
	return leadsOn ? { page: 1, from: last, until: end } : { page: page + 1, from, until: end };
}

function pageAt({ page, from, until }: Place, selection: Selection): ListPage {
	const { perPage, sort, more, others } = selection;
	const { field, direction } = sort;
	const filters = new Map(selection.filters.map((filter) => [filter.name, filter]));
	const bound = (name: string, operator: '>=' | '<=', time: number | null) => {
		const present = filters.get(name);
		if (time === null) return;
		const tighter = operator === '<=' ? Math.min : Math.max;
		const value = present ? tighter(time, Number(present.values[0])) : time;
		filters.set(name, { name, field, operator, values: [String(value)] });
	};
	if (direction === 'desc') bound(`${field}_end`, '<=', from);
	else {
		bound(`${field}_start`, '>=', from);
		bound(`${field}_end`, '<=', until);
	}
	const own = [...filters.values()];
	const condition = [`( ${more.condition} )`, ...filters.keys()].join(' & ');
	return {
		page,
		perPage,
		sort,
		filters: [...own, ...(more.filters as ListFilter[])],
		...(more.condition.trim() !== '' && { condition }),
		...(others && { others }),
	};
}

function idOf(incident: ListedIncident): string {
	return wordsOf(incident.ticket_id) ?? JSON.stringify(incident);
}

const ENDLESS = {
	...inputFailure(
		'COC gave the same incidents again and again, so that not all of them could be read',
		"Narrow the list by 'Filters', so that one page of 200 holds it.",
	),
	outcome: 'notRead',
	origin: 'service',
} as const;
