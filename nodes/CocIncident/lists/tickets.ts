import type { INodeListSearchItems } from 'n8n-workflow';
import { openClient } from '../../client/client';
import { realClock } from '../../client/clock';
import { incidentPages, type Selection } from '../../client/incidentPages';
import type { Mark } from '../../client/pagesByTime';
import { readCoc, type ReadCoc } from '../../client/read';
import { newItemBudget } from '../../client/retryLoop';
import type { ListFilter } from '../../coc/calls/listIncidents';
import { operationOf } from '../operations/operations';
import { entryOf, listedTicket, type ListedTicket } from './listedTicket';
import { createManyStatuses, FIRST_STATUS_PAGE, type StatusPage } from './manyStatuses';
import {
	describeHidden,
	likelyTickets,
	possibleTickets,
	reasonFor,
	TOGETHER,
	type HiddenTicket,
} from './possibleTickets';
import { listSearch, occurs } from './search';
import { ticketsFor } from './ticketsFor';

const CONCURRENCY = 10;
/** As many as fill the list, so that scrolling asks for more. */
const ENOUGH = 20;
/** What was found by then is shown; the editor goes on with the page's token. In ms. */
const FIRST_MS = 3000;
/** No further page or try is begun after this time, even when nothing was found: a user is waiting. */
const TOTAL_MS = 20_000;
const TIMEOUT_MS = 15_000;

/** Where a list goes on. */
interface Place {
	/** Those of the pages read so far that were not looked at yet. */
	waiting: ListedTicket[];
	/** Where the next page begins; null when there is none. */
	mark: Mark | 'beginning' | null;
	/** Of the list that has the statuses; null when it doesn't help. */
	statusPage: StatusPage | null;
}

/** Incidents, newest first; for an operation that is possible on some only, those. */
export const searchTickets = listSearch(
	'incidents',
	"Or choose 'By ID' and enter the number.",
	async ({ session, setting, text, from }) => {
		const wanted = ticketsFor(operationOf(setting('resource'), setting('operation')));
		const speed = { concurrency: CONCURRENCY, requestsPerSecond: null };
		const client = openClient(session, speed, realClock);
		const begun = client.clock.now();
		const endsAt = begun + TOTAL_MS;
		const read: ReadCoc = async (call, refusedHint) =>
			await readCoc(client, { ...newItemBudget(), endsAt }, call, TIMEOUT_MS, refusedHint);
		const items: INodeListSearchItems[] = [];
		const leftOut: HiddenTicket[] = [];
		const isEnough = () => {
			const spent = client.clock.now() - begun;
			return items.length >= ENOUGH || spent >= (items.length > 0 ? FIRST_MS : TOTAL_MS);
		};
		const place = placeIn(from);
		const statuses = createManyStatuses(read, place.statusPage, TOGETHER);
		let { waiting, mark } = place;
		let canRead = from !== null;
		const start = mark === 'beginning' ? null : mark;
		const pages = incidentPages(read, client, selectionOf(text, wanted !== null), start);
		for (;;) {
			while (waiting.length > 0 && !isEnough()) {
				const some = waiting.splice(0, wanted ? TOGETHER : waiting.length);
				const looked = await possibleTickets(read, some, wanted);
				if (!looked.ok) return looked;
				const { shown, leftOut: hidden } = looked.value;
				items.push(...shown.map((ticket) => entryOf(ticket, wanted)));
				leftOut.push(...hidden);
				canRead ||= hidden.length < some.length;
			}
			const failure = canRead ? null : reasonFor(leftOut);
			if (failure !== null) return { ok: false, failure };
			if (mark === null || isEnough()) break;
			const part = await pages.next();
			if (part.done) {
				mark = null;
				continue;
			}
			const page = part.value;
			if (!page.ok) return page;
			mark = page.value.next;
			const rows = page.value.rows.map(listedTicket);
			const listed = rows.filter((ticket) => ticket !== null);
			const matching = listed.filter((ticket) => matches(ticket, text));
			waiting = await likelyTickets(statuses, matching, wanted);
			canRead ||= waiting.length < matching.length;
			const nameless = { number: null, failure: null };
			leftOut.push(...Array<HiddenTicket>(rows.length - listed.length).fill(nameless));
		}
		const isOver = waiting.length === 0 && mark === null;
		const next = isOver ? null : JSON.stringify({ waiting, mark, statusPage: statuses.next });
		return { ok: true, value: { items, next, leftOut: describeHidden(leftOut) } };
	},
);

/** The place in a token that was handed out; the beginning for what is none. */
function placeIn(token: string | null): Place {
	try {
		const place = JSON.parse(token ?? 'null') as Partial<Place> | null;
		const { waiting, mark, statusPage = null } = place ?? {};
		const isMark = mark === null || (typeof mark === 'object' && Array.isArray(mark.earlier?.keys));
		if (Array.isArray(waiting) && isMark) return { waiting, mark, statusPage };
	} catch {
		// Anything else is none.
	}
	return { waiting: [], mark: 'beginning', statusPage: FIRST_STATUS_PAGE };
}

/** @param looks whether the list is searched for those that fit, for which a big page is best */
function selectionOf(text: string, looks: boolean): Selection {
	const sort = { field: 'create_time', direction: 'desc' } as const;
	return {
		...{ perPage: looks ? 100 : 50, sort, filters: [] },
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
function matches({ number, title }: ListedTicket, text: string): boolean {
	return occurs(text, number, title ?? '');
}
