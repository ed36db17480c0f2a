import { cleanText } from '../coc/cleanText';
import type { ListFilter } from '../coc/calls/listIncidents';
import { simplifyDetail, statusLabel } from '../coc/simplify';
import { COMPLETED, TO_BE_VERIFIED } from '../coc/statuses';
import type { Read } from '../errors/failure';
import { filterLabel } from '../fields/filters';
import { eventLabel, fits } from '../events/events';
import type { Detail } from '../events/record';
import type { CocSource } from './source';
import type { EventName, TicketEvent } from '../events/state';

type Sampled = TicketEvent & { detail: Detail };

/** A ticket of now as one of the chosen events would give it, or why there is none, in sentences. */
export type Sample = { found: Sampled } | { found: null; reason: string; hint: string };

/** How many tickets are looked at. */
const SAMPLES = 10;

/**
 * A ticket of now, for the editor, which shows nothing where nothing comes: then it is said what had no
 * match, and what would have one. The first of the chosen events counts before the others.
 */
export async function sampleOf(
	source: CocSource,
	events: EventName[],
	filters: ListFilter[],
): Promise<Read<Sample>> {
	const newest = await source.newest(SAMPLES, filters);
	if (!newest.ok) return newest;
	const rows = newest.value.rows.filter(({ flaw }) => flaw === undefined);
	if (rows.length === 0) return await withoutTicket(source, filters, newest.value.rows.length);
	const seen: Array<Omit<Sampled, 'event'>> = [];
	for (const { ticket, updatedAt: at } of rows) {
		const read = await source.detail(ticket);
		if (!read.ok) return read;
		if (read.value === null) continue;
		const { status: newStatus } = read.value;
		const one = { ticket, oldStatus: null, newStatus, at, detail: read.value };
		if (fits(events[0]!, newStatus)) return found({ event: events[0]!, ...one });
		seen.push(one);
	}
	for (const event of events) {
		const one = seen.find(({ newStatus }) => fits(event, newStatus));
		if (one) return found({ event, ...one });
	}
	return seen.length === 0 ? none(UNREADABLE, REPORT) : withoutEvent(events, seen);
}

const found = (one: Sampled) => ({ ok: true as const, value: { found: one } });
const none = (reason: string, hint: string) =>
	({ ok: true, value: { found: null, reason, hint } }) as const;

const UNREADABLE = 'none of the incidents that were updated last could be read';
const REPORT = "n8n's log says why.";

function withoutEvent(events: EventName[], seen: Array<Pick<Sampled, 'newStatus'>>): Read<Sample> {
	const chosen = events.map((event) => `"${eventLabel(event)}"`).join(', ');
	const statuses = [...new Set(seen.map(({ newStatus }) => statusLabel(newStatus) ?? newStatus))];
	const wanted = [TO_BE_VERIFIED, COMPLETED]
		.filter((status) => events.some((event) => fits(event, status)))
		.map((status) => statusLabel(status));
	return none(
		`none of the ${seen.length} incidents that were updated last fits 'Trigger On' (${chosen}): their status is ${cleanText(statuses.join(', '))}`,
		`An incident with the status ${wanted.join(' or ')} would. To see any incident, choose "${eventLabel('statusChanged')}" for the test.`,
	);
}

/** Which of the filters lets nothing through, and what the latest incident has in its place. */
async function withoutTicket(
	source: CocSource,
	filters: ListFilter[],
	flawed: number,
): Promise<Read<Sample>> {
	if (flawed > 0) return none(UNREADABLE, REPORT);
	const latest = await source.newest(1, []);
	if (!latest.ok) return latest;
	const [row] = latest.value.rows;
	if (row === undefined) {
		return none(
			"COC shows no incident at all to the credential's user",
			'Create one, or check which incidents this user may see.',
		);
	}
	const empty: string[] = [];
	for (const filter of filters) {
		const alone = await source.newest(1, [filter]);
		if (!alone.ok) return alone;
		if (alone.value.rows.length === 0) empty.push(filter.name);
	}
	if (empty.length === 0) {
		return none("no incident fits all 'Filters' together, though one fits each", 'Remove one.');
	}
	const labels = empty.map((name) => `'${filterLabel(name)}'`).join(', ');
	const detail = row.flaw === undefined ? await source.detail(row.ticket) : null;
	const data = detail?.ok && detail.value ? simplifyDetail(detail.value.data) : null;
	const has = empty.map((name) => {
		const value = (data as Record<string, unknown> | null)?.[name];
		return `${filterLabel(name)} ${typeof value === 'string' ? `"${value}"` : 'empty'}`;
	});
	return none(
		`no incident fits the filter ${labels}`,
		data === null
			? 'Correct it, or remove it.'
			: `Correct it, or remove it. The latest incident, ${row.ticket}, has ${cleanText(has.join(', '))}.`,
	);
}
