import type { INodeListSearchItems } from 'n8n-workflow';
import { openClient } from '../../client/client';
import { realClock } from '../../client/clock';
import { incidentPages, type Selection } from '../../client/incidentPages';
import type { Mark } from '../../client/pagesByTime';
import { readCoc, type ReadCoc } from '../../client/read';
import { newItemBudget } from '../../client/retryLoop';
import { listedLabel, type ListedIncident, type ListFilter } from '../../coc/calls/listIncidents';
import { LEVELS } from '../../coc/enumerations';
import { asNonEmptyText } from '../../coc/json';
import { STATUS_LABELS } from '../../coc/statuses';
import { incidentOperation } from '../operations/operations';
import {
	allFailed,
	describeHidden,
	numberOf,
	possibleTickets,
	type HiddenTicket,
	type Shown,
} from './possibleTickets';
import { listSearch, occurs } from './search';

const PER_PAGE = 50;
const CONCURRENCY = 10;
/** As many as fill the list, so that scrolling asks for more. */
const ENOUGH = 20;
/** No further page or try is begun after this time: a user is waiting. In ms. */
const TOTAL_MS = 20_000;
const TIMEOUT_MS = 15_000;

/** Incidents, newest first; for an operation that needs a certain status, those that have it. */
export const searchTickets = listSearch(
	'incidents',
	"Or choose 'By ID' and enter the number.",
	async ({ session, setting, text, from }) => {
		const operation = incidentOperation(setting('operation'));
		const speed = { concurrency: CONCURRENCY, requestsPerSecond: null };
		const client = openClient(session, speed, realClock);
		const endsAt = client.clock.now() + TOTAL_MS;
		const read: ReadCoc = async (call, refusedHint) =>
			await readCoc(client, { ...newItemBudget(), endsAt }, call, TIMEOUT_MS, refusedHint);
		const items: INodeListSearchItems[] = [];
		const leftOut: HiddenTicket[] = [];
		let mark = readMark(from);
		// A page may hold none that wait: then the next one is looked at as well.
		for await (const page of incidentPages(read, client, selectionOf(text), mark)) {
			if (!page.ok) return page;
			const incidents = page.value.rows.filter((incident) => matches(incident, text));
			const looked = await possibleTickets(read, incidents, operation);
			if (!looked.ok) return looked;
			items.push(...looked.value.shown.map(itemOf));
			leftOut.push(...looked.value.leftOut);
			mark = page.value.next;
			const failure = allFailed(looked.value);
			if (failure !== null && items.length === 0 && from === null) return { ok: false, failure };
			if (items.length >= ENOUGH || client.clock.now() >= endsAt) break;
		}
		const next = mark && JSON.stringify(mark);
		return { ok: true, value: { items, next, leftOut: describeHidden(leftOut) } };
	},
);

/** The place in a token that was handed out; null for the beginning, and for what is none. */
function readMark(token: string | null): Mark | null {
	try {
		const mark = JSON.parse(token ?? 'null') as Partial<Mark> | null;
		const isMark = Array.isArray(mark?.earlier?.keys) && mark.bound !== undefined;
		return isMark ? (mark as Mark) : null;
	} catch {
		return null;
	}
}

function selectionOf(text: string): Selection {
	const sort = { field: 'create_time', direction: 'desc' } as const;
	return {
		...{ perPage: PER_PAGE, sort, filters: [] },
		more: text === '' ? { filters: [], condition: '' } : containing(text),
		refusedHint: '',
	};
}

/** Whether COC's filter is case-sensitive isn't known. */
function containing(text: string): Selection['more'] {
	const spellings = new Set([
		text,
		text.toLowerCase(),
		text.toUpperCase(),
		text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
	]);
	const filters = [...spellings].flatMap((spelling, index): ListFilter[] => [
		{ name: `title_${index}`, field: 'title', operator: 'like', values: [spelling] },
		{ name: `ticket_${index}`, field: 'ticket_id', operator: 'like', values: [spelling] },
	]);
	return { filters, condition: filters.map(({ name }) => name).join(' | ') };
}

/** A server may ignore the filters. */
function matches(incident: ListedIncident, text: string): boolean {
	return occurs(text, numberOf(incident) ?? '', asNonEmptyText(incident.title) ?? '');
}

function itemOf({ incident, status }: Shown): INodeListSearchItems {
	const number = numberOf(incident) ?? '';
	const title = asNonEmptyText(incident.title);
	const level = asNonEmptyText(incident.level_id);
	const inWords = listedLabel(incident, 'level_id') ?? LEVELS.get(level ?? '') ?? level;
	// The editor cuts off what is too long: the same words on each line are best cut first.
	const parts =
		status === null
			? [number, inWords, flowOf(incident), title]
			: [number, inWords, title, STATUS_LABELS.get(status) ?? status];
	return { name: parts.filter((part) => part !== null).join(' · '), value: number };
}

/** The process status in v2's own words; its values aren't published. */
function flowOf(incident: ListedIncident): string | null {
	return listedLabel(incident, 'work_flow_status') ?? asNonEmptyText(incident.work_flow_status);
}
