import type { CocClient } from '../client/client';
import { incidentPages } from '../client/incidentPages';
import { listedStatus } from '../client/listedStatus';
import type { ReadCoc } from '../client/read';
import { MOST_PER_PAGE, type ListedIncident, type ListPage } from '../coc/calls/listIncidents';
import { timeOf } from '../coc/json';
import { ticketNumber } from '../coc/url';
import type { Read } from '../errors/failure';
import type { FilterJson } from '../fields/filterJson';
import type { WantedIncidents } from '../fields/filters';

interface Listing extends WantedIncidents {
	/** Null for all. */
	limit: number | null;
	sort: ListPage['sort'];
	filterJson: FilterJson;
}

/** Details that are asked for together; how many are read at once is up to the whole run. */
const DETAILS = 10;

/** An incident of the list, with its status where that was read. */
export interface FoundIncident {
	incident: ListedIncident;
	status: string | null;
}

/** The incidents that are wanted, in their order. */
export async function listed(
	readAtOnce: ReadCoc,
	client: CocClient,
	{ limit, sort, filters, statuses, filterJson }: Listing,
): Promise<Read<FoundIncident[]>> {
	const { string_filters = [], condition = '', ...others } = filterJson;
	const most = limit ?? Infinity;
	const readInTurn: ReadCoc = async (call, hint) =>
		await client.manyReads.run(() => readAtOnce(call, hint));
	const readCoc = statuses === null ? readAtOnce : readInTurn;
	const pages = incidentPages(readCoc, client, {
		perPage: statuses === null ? Math.min(most, MOST_PER_PAGE) : MOST_PER_PAGE,
		// An incident that is updated meanwhile would move within the list, and get lost.
		sort: limit === null ? { ...sort, field: 'create_time' } : sort,
		filters,
		more: { filters: string_filters, condition },
		others,
		refusedHint: "Check 'Filters' and 'Filter (JSON)'.",
	});
	const found: FoundIncident[] = [];
	for await (const page of pages) {
		if (!page.ok) return page;
		const { rows: incidents } = page.value;
		for (let at = 0; at < incidents.length && found.length < most; at += DETAILS) {
			const some = await withStatus(readCoc, incidents.slice(at, at + DETAILS), statuses);
			if (!some.ok) return some;
			found.push(...some.value);
		}
		if (found.length >= most) break;
	}
	if (limit === null && sort.field === 'update_time') found.sort(byUpdate(sort.direction));
	return { ok: true, value: found.slice(0, most) };
}

/** Those in one of the statuses; the list doesn't show them, so that each one's detail is read. */
async function withStatus(
	readCoc: ReadCoc,
	incidents: ListedIncident[],
	wanted: string[] | null,
): Promise<Read<FoundIncident[]>> {
	if (wanted === null) {
		return { ok: true, value: incidents.map((incident) => ({ incident, status: null })) };
	}
	const statuses = await Promise.all(
		incidents.map(
			async (incident) => await listedStatus(readCoc, ticketNumber(incident.ticket_id)),
		),
	);
	const found: FoundIncident[] = [];
	for (const [index, status] of statuses.entries()) {
		if (!status.ok) return status;
		const incident = incidents[index]!;
		const { value } = status;
		if (value !== null && wanted.includes(value)) found.push({ incident, status: value });
	}
	return { ok: true, value: found };
}

function byUpdate(direction: 'asc' | 'desc') {
	const at = ({ incident }: FoundIncident) => timeOf(incident.update_time) ?? 0;
	return (a: FoundIncident, b: FoundIncident) =>
		direction === 'asc' ? at(a) - at(b) : at(b) - at(a);
}
