import type { INodeListSearchItems } from 'n8n-workflow';
import { openClient } from '../../client/client';
import { realClock } from '../../client/clock';
import { incidentPages, type Selection } from '../../client/incidentPages';
import { listedStatus } from '../../client/listedStatus';
import type { Mark } from '../../client/pagesByTime';
import { readCoc, type ReadCoc } from '../../client/read';
import { newItemBudget } from '../../client/retryLoop';
import { listedLabel, type ListedIncident, type ListFilter } from '../../coc/calls/listIncidents';
import { isGatewayCode } from '../../coc/classify';
import { LEVELS } from '../../coc/enumerations';
import { asNonEmptyText } from '../../coc/json';
import { STATUS_LABELS } from '../../coc/statuses';
import { ticketNumber } from '../../coc/url';
import type { Failure, Read } from '../../errors/failure';
import { pool } from '../../run/pool';
import { incidentOperation } from '../operations/operations';
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
	"Or choose 'By Number' and enter the number.",
	async ({ session, setting, text, from }) => {
		const awaits = incidentOperation(setting('operation'))?.awaits;
		const speed = { concurrency: CONCURRENCY, requestsPerSecond: null };
		const client = openClient(session, speed, realClock);
		const endsAt = client.clock.now() + TOTAL_MS;
		const read: ReadCoc = async (call, refusedHint) =>
			await readCoc(client, { ...newItemBudget(), endsAt }, call, TIMEOUT_MS, refusedHint);
		const items: INodeListSearchItems[] = [];
		const leftOut: LeftOut[] = [];
		let mark = readMark(from);
		// A page may hold none that wait: then the next one is looked at as well.
		for await (const page of incidentPages(read, client, selectionOf(text), mark)) {
			if (!page.ok) return page;
			const incidents = page.value.rows.filter((incident) => matches(incident, text));
			const looked = await withStatus(read, incidents, awaits);
			if (!looked.ok) return looked;
			items.push(...looked.value.shown.map((incident) => itemOf(incident, awaits)));
			leftOut.push(...looked.value.leftOut);
			mark = page.value.next;
			const failure = allFailed(looked.value);
			if (failure !== null && items.length === 0 && from === null) return { ok: false, failure };
			if (items.length >= ENOUGH || client.clock.now() >= endsAt) break;
		}
		const next = mark && JSON.stringify(mark);
		return { ok: true, value: { items, next, leftOut: describe(leftOut) } };
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

/** An incident that the list can't show; the failure says why, where COC said so. */
interface LeftOut {
	number: string | null;
	failure: Failure | null;
}

interface Looked {
	shown: ListedIncident[];
	leftOut: LeftOut[];
	/** How many could be read, whatever their status. */
	readable: number;
}

/** Those in a status; v2 doesn't show it, so that each one's detail is read. */
async function withStatus(
	read: ReadCoc,
	listed: ListedIncident[],
	wanted: string | undefined,
): Promise<Read<Looked>> {
	const incidents = listed.filter((incident) => numberOf(incident) !== null);
	const leftOut = listed
		.filter((incident) => numberOf(incident) === null)
		.map((): LeftOut => ({ number: null, failure: null }));
	if (wanted === undefined) {
		return { ok: true, value: { shown: incidents, leftOut, readable: incidents.length } };
	}
	const statuses = await readStatuses(read, incidents);
	if (!statuses.ok) return statuses;
	const shown: ListedIncident[] = [];
	for (const [index, incident] of incidents.entries()) {
		const status = statuses.value[index]!;
		if (!status.ok) leftOut.push({ number: numberOf(incident), failure: status.failure });
		else if (status.value === wanted) shown.push(incident);
	}
	const readable = statuses.value.filter(({ ok }) => ok).length;
	return { ok: true, value: { shown, leftOut, readable } };
}

/** The status of each, or why that one can't be read; fails where none could be. */
async function readStatuses(
	read: ReadCoc,
	incidents: ListedIncident[],
): Promise<Read<Array<Read<string | null>>>> {
	const statuses: Array<Read<string | null>> = [];
	let failure: Failure | undefined;
	await pool(
		incidents.length,
		CONCURRENCY,
		() => ({ key: null }),
		async (index) => {
			if (failure) return;
			const status = await listedStatus(read, numberOf(incidents[index]!));
			statuses[index] = status;
			if (!status.ok && !isOfOne(status.failure)) failure ??= status.failure;
		},
	);
	return failure ? { ok: false, failure } : { ok: true, value: statuses };
}

/** Whether the answer may concern this ticket alone; anything else concerns all of them. */
function isOfOne({ httpStatus, errorCode }: Failure): boolean {
	if (httpStatus === 400 || httpStatus === 403) return true;
	// Without a code somebody else has answered, and the gateway's codes concern what is behind it.
	if (httpStatus === null || errorCode === null || isGatewayCode(errorCode)) return false;
	return httpStatus <= 299 || httpStatus === 500;
}

/** Why there is nothing to choose from, when no ticket of a page could be read. */
function allFailed({ readable, leftOut }: Looked): Failure | null {
	return readable > 0 ? null : reasonFor(leftOut);
}

function reasonFor(leftOut: LeftOut[]): Failure | null {
	return leftOut.find(({ failure }) => failure !== null)?.failure ?? null;
}

const NAMED = 3;

function describe(leftOut: LeftOut[]): string {
	if (leftOut.length === 0) return '';
	const numbers = leftOut.flatMap(({ number }) => (number === null ? [] : [number]));
	const first = reasonFor(leftOut);
	const more = numbers.length > NAMED ? ` and ${numbers.length - NAMED} more` : '';
	const named = numbers.slice(0, NAMED).join(', ') + more;
	const nameless = leftOut.length - numbers.length;
	return `Not shown: ${[
		...(first ? [`${named}, since ${first.reason}`] : []),
		...(nameless > 0 ? [`${nameless} without a number`] : []),
	].join('; ')}`;
}

function itemOf(incident: ListedIncident, status: string | undefined): INodeListSearchItems {
	const number = numberOf(incident) ?? '';
	const title = asNonEmptyText(incident.title);
	const level = asNonEmptyText(incident.level_id);
	const inWords = listedLabel(incident, 'level_id') ?? LEVELS.get(level ?? '') ?? level;
	// The editor cuts off what is too long: the same words on each line are best cut first.
	const parts =
		status === undefined
			? [number, inWords, flowOf(incident), title]
			: [number, inWords, title, STATUS_LABELS.get(status) ?? status];
	return { name: parts.filter((part) => part !== null).join(' · '), value: number };
}

/** The process status in v2's own words; its values aren't published. */
function flowOf(incident: ListedIncident): string | null {
	return listedLabel(incident, 'work_flow_status') ?? asNonEmptyText(incident.work_flow_status);
}

function numberOf({ ticket_id: number }: ListedIncident): string | null {
	return ticketNumber(number);
}
