import type { INodeListSearchItems } from 'n8n-workflow';
import { IAM_ACTION } from '../../shared/contract/codes';
import { LEVELS } from '../../shared/contract/enumerations';
import type { Failure } from '../../shared/contract/explain';
import { STATUS_LABELS } from '../../shared/contract/incident';
import { wordsOf } from '../../shared/contract/json';
import {
	listedLabel,
	listIncidents,
	readIncidents,
	type ListedIncident,
	type ListFilter,
} from '../../shared/contract/listIncidents';
import { newEffort, type Effort } from '../../shared/http/call';
import { openTraffic, type Traffic } from '../../shared/http/traffic';
import { inLanes } from '../../shared/items/lanes';
import { listedStatus } from '../../shared/items/listedStatus';
import { readFromCoc, type Read, type Reading } from '../../shared/items/reader';
import type { Ask } from '../../shared/items/reading';
import { realClock } from '../../shared/retry/clock';
import { operationNamed } from '../operations';
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
		const { awaits } = operationNamed(setting('operation'));
		const speed = { concurrency: CONCURRENCY, requestsPerSecond: null };
		const traffic = openTraffic(session, speed, realClock);
		const endsAt = traffic.clock.now() + TOTAL_MS;
		const items: INodeListSearchItems[] = [];
		let place: Place | null = readPlace(from);
		// A page may hold none that wait: then the next one is looked at as well.
		while (place !== null && items.length < ENOUGH && traffic.clock.now() < endsAt) {
			const page: Read<Page> = await readPage(traffic, endsAt, place, text);
			if (!page.ok) return page;
			const waiting = await withStatus(traffic, endsAt, page.value.incidents, awaits);
			if (!waiting.ok) return waiting;
			items.push(...waiting.value.map((incident) => itemOf(incident, awaits)));
			place = page.value.next;
		}
		return { ok: true, items, next: place && writePlace(place) };
	},
);

/** Where a page begins. Bounds in ms keep it where it is while incidents are being created. */
interface Place {
	page: number;
	/** The newest incident of the first page; none of the list is newer. */
	newest: string | null;
	/** The oldest one of the page before. */
	oldest: string | null;
}

interface Page {
	incidents: ListedIncident[];
	next: Place | null;
}

function readPlace(token: string | null): Place {
	const [, page, newest, oldest] = /^(\d+)-(\d*)-(\d*)$/.exec(token ?? '') ?? [];
	return { page: Number(page ?? 1), newest: newest || null, oldest: oldest || null };
}

function writePlace({ page, newest, oldest }: Place): string {
	return `${page}-${newest ?? ''}-${oldest ?? ''}`;
}

async function readPage(
	traffic: Traffic,
	endsAt: number,
	{ page, newest, oldest }: Place,
	text: string,
): Promise<Read<Page>> {
	const call = listIncidents({
		page,
		perPage: PER_PAGE,
		...filtersFor(text, newest),
		sort: { field: 'create_time', direction: 'desc' },
	});
	const read = await readUntil(traffic, endsAt, {
		call,
		what: 'list',
		iamAction: IAM_ACTION.listIncidents,
		take: readIncidents,
	});
	if (!read.ok) return read;
	const incidents = read.value;
	const times = incidents.map(createdAt);
	// A server that ignores the page gives the first one for ever.
	const repeats = oldest !== null && Number(times[0] ?? 0) > Number(oldest);
	const next = {
		page: page + 1,
		newest: newest ?? times[0] ?? null,
		oldest: times.at(-1) ?? null,
	};
	return {
		ok: true,
		value: {
			incidents: repeats ? [] : incidents.filter((incident) => matches(incident, text)),
			next: repeats || incidents.length < PER_PAGE ? null : next,
		},
	};
}

function filtersFor(text: string, newest: string | null) {
	const bound: ListFilter[] =
		newest === null
			? []
			: [{ name: 'create_time_end', field: 'create_time', operator: '<=', values: [newest] }];
	if (text === '') return { filters: bound };
	// Whether COC tells upper from lower case isn't known.
	const spellings = new Set([
		text,
		text.toLowerCase(),
		text.toUpperCase(),
		text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
	]);
	const containing = [...spellings].flatMap((spelling, index): ListFilter[] => [
		{ name: `title_${index}`, field: 'title', operator: 'like', values: [spelling] },
		{ name: `ticket_${index}`, field: 'ticket_id', operator: 'like', values: [spelling] },
	]);
	const anyOf = `( ${containing.map(({ name }) => name).join(' | ')} )`;
	return {
		filters: [...containing, ...bound],
		condition: [anyOf, ...bound.map(({ name }) => name)].join(' & '),
	};
}

/** A server may ignore the filters. */
function matches(incident: ListedIncident, text: string): boolean {
	return occurs(text, numberOf(incident), wordsOf(incident.title) ?? '');
}

/** Those in a status; v2 doesn't say it, so that each one's detail is read. */
async function withStatus(
	traffic: Traffic,
	endsAt: number,
	incidents: ListedIncident[],
	wanted: string | undefined,
): Promise<Read<ListedIncident[]>> {
	if (wanted === undefined) return { ok: true, value: incidents };
	const ask: Ask = async (reading) => await readUntil(traffic, endsAt, reading);
	const statuses: Array<string | null> = [];
	let failure: Failure | undefined;
	await inLanes(
		incidents.length,
		CONCURRENCY,
		() => ({ lane: null }),
		async (index) => {
			if (failure) return;
			const read = await listedStatus(ask, numberOf(incidents[index]!));
			if (read.ok) statuses[index] = read.value;
			else failure ??= read.failure;
		},
	);
	if (failure) return { ok: false, failure };
	return { ok: true, value: incidents.filter((_, index) => statuses[index] === wanted) };
}

async function readUntil<T>(
	traffic: Traffic,
	endsAt: number,
	reading: Reading<T>,
): Promise<Read<T>> {
	const effort: Effort = { ...newEffort(), endsAt };
	return await readFromCoc(traffic, effort, reading, TIMEOUT_MS);
}

function itemOf(incident: ListedIncident, status: string | undefined): INodeListSearchItems {
	const number = numberOf(incident);
	const title = wordsOf(incident.title);
	const level = wordsOf(incident.level_id);
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
	return listedLabel(incident, 'work_flow_status') ?? wordsOf(incident.work_flow_status);
}

function numberOf({ ticket_id: number }: ListedIncident): string {
	return wordsOf(number) ?? '';
}

function createdAt({ create_time: time }: ListedIncident): string {
	return /^\d+$/.exec(wordsOf(time) ?? '')?.[0] ?? '';
}
