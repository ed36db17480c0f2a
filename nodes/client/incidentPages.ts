import type { Answer } from '../coc/answer';
import {
	listIncidents,
	readIncidents,
	readTotal,
	type ListedIncident,
	type ListFilter,
	type ListPage,
} from '../coc/calls/listIncidents';
import { asNonEmptyText, timeOf } from '../coc/json';
import type { Read } from '../errors/failure';
import type { CocClient } from './client';
import { createEnd, type Earlier } from './listEnd';
import type { ReadCoc } from './read';

export type Selection = Pick<ListPage, 'perPage' | 'sort' | 'others'> & {
	/** The node's own filters; those on the time that is sorted by may be narrowed. */
	filters: ListFilter[];
	/** The user's own, and how they are combined. */
	more: { filters: object[]; condition: string };
	/** What to check when COC refuses. */
	refusedHint: string;
};

/** Incidents that came for the first time, and where to read on; null at the end. */
export interface Incidents {
	incidents: ListedIncident[];
	next: Mark | null;
}

/** Where a list that was left is read on. */
export interface Mark {
	place: Place;
	earlier: Earlier;
}

/**
 * Incidents page by page, each of them once. The next page is asked for by the time at which the
 * one before ended, not by its number alone: an incident that leaves the selection meanwhile would
 * draw others from a page to come onto one that was read. What is created meanwhile comes first, or
 * after the end.
 *
 * @param from where it was left; null for the beginning
 */
export async function* incidentPages(
	readCoc: ReadCoc,
	client: CocClient,
	selection: Selection,
	from: Mark | null = null,
): AsyncGenerator<Read<Incidents>> {
	const { perPage, refusedHint } = selection;
	const end = createEnd(perPage, from?.earlier);
	let place: Place = from?.place ?? { page: 1, size: perPage, from: null, until: null };
	let isNewStretch = true;
	for (;;) {
		const read = await readCoc(listIncidents(pageAt(place, selection), takePage), refusedHint);
		if (!read.ok) return yield read;
		const { incidents, total } = read.value;
		const times = timesOf(incidents, place, selection);
		const keys = incidents.map(idOf);
		const { isNew, isLast, failure } = end.judge({
			...{ keys, total, isNewStretch },
			given: incidents.length,
			offset: (place.page - 1) * place.size,
			isSorted: times.isSorted,
			isWithin: times.isWithin,
		});
		if (failure !== null) return yield { ok: false, failure };
		const next = isLast ? null : nextPlace(place, selection, times, client);
		const mark = next && { place: next, earlier: end.earlier(keys) };
		yield { ok: true, value: { incidents: incidents.filter((_, at) => isNew[at]), next: mark } };
		if (next === null) return;
		isNewStretch = next.from !== place.from;
		place = next;
	}
}

/** Where a page begins. */
interface Place {
	/** From 1 on. */
	page: number;
	/** How many are asked for. */
	size: number;
	/** The time, in ms, of the last incident that is known. */
	from: number | null;
	/** When the list was begun, in ms by COC's clock: one that is read upwards would never end. */
	until: number | null;
}

/** What the times of a page say. */
interface Times {
	count: number;
	first: number | null;
	last: number | null;
	isSorted: boolean;
	isWithin: boolean;
}

function timesOf(
	incidents: ListedIncident[],
	{ from }: Place,
	{ sort: { field, direction } }: Selection,
): Times {
	const times = incidents.map((incident) => timeOf(incident[field]));
	const sign = direction === 'asc' ? 1 : -1;
	return {
		count: times.length,
		first: times[0] ?? null,
		last: times.at(-1) ?? null,
		isSorted: times.every(
			(time, index) =>
				time !== null && (index === 0 || sign * (time - (times[index - 1] ?? 0)) >= 0),
		),
		isWithin: times.every((time) => time === null || from === null || sign * (time - from) >= 0),
	};
}

function nextPlace(
	{ page, size, from, until: earlier }: Place,
	{ perPage }: Selection,
	{ count, first, last, isSorted }: Times,
	{ clock, clockOffset }: CocClient,
): Place {
	const begun = clockOffset === null ? null : clock.now() + clockOffset + 1000;
	const until = earlier ?? begun;
	if (isSorted && last !== from) {
		// Those of one moment only come again, as many as a page holds: they are passed over.
		return last === first
			? { page: 2, size: count, from: last, until }
			: { page: 1, size: perPage, from: last, until };
	}
	// With more incidents of one moment than a page holds, only their number leads on. A server that
	// gives fewer than it is asked for may count its pages either way, unless asked for that many.
	const known = (page - 1) * size + count;
	const fit = Math.max(1, count);
	return { page: Math.floor(known / fit) + 1, size: fit, from, until };
}

function takePage(answer: Answer): { incidents: ListedIncident[]; total: number | null } | null {
	const incidents = readIncidents(answer);
	return incidents && { incidents, total: readTotal(answer) };
}

function pageAt({ page, size, from, until }: Place, selection: Selection): ListPage {
	const { sort, more, others } = selection;
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
		perPage: size,
		sort,
		filters: [...own, ...(more.filters as ListFilter[])],
		...(more.condition.trim() !== '' && { condition }),
		...(others && { others }),
	};
}

function idOf(incident: ListedIncident): string {
	return asNonEmptyText(incident.ticket_id) ?? JSON.stringify(incident);
}
