/** A transcript, as the points look at it: read with the product's own eyes. */
import {
	asRecord,
	historyRecords,
	readAnswer,
	readIncidents,
	readStatus,
	recordsOf,
	type Answer,
	type JsonRecord,
} from './product.cts';
import type { About, Exchange, Transcript } from './transcript.cts';

export interface Look extends Exchange {
	read: Answer;
	/** The ticket that the path or the filter names. */
	ticket: string | null;
}

export interface Seen {
	about: About;
	/** Without the reads that the user may not do: they say nothing. */
	all: Look[];
	/** The codes by which these were refused. */
	closed: string[];
	/** Of one probe; a name that ends in `*` stands for all that begin so. */
	of: (probe: string) => Look[];
	last: (probe: string) => Look | null;
}

export function seenIn({ about, exchanges }: Transcript): Seen {
	const looks = exchanges.map((exchange): Look => {
		const { status, headers, body } = exchange.answer;
		const text = body === undefined ? '' : JSON.stringify(body);
		const raw = { url: 'https://coc.example', httpStatus: status, headers, body: text };
		return { ...exchange, read: readAnswer(raw, [], 0), ticket: ticketOf(exchange) };
	});
	const isClosed = ({ request, read }: Look) =>
		read.meaning === 'notPermitted' && !isWrite(request);
	const all = looks.filter((look) => !isClosed(look));
	const of = (probe: string) =>
		all.filter((one) =>
			probe.endsWith('*') ? one.probe.startsWith(probe.slice(0, -1)) : one.probe === probe,
		);
	const closed = [...new Set(looks.filter(isClosed).map(({ read }) => read.code ?? 'HTTP 403'))];
	return { about, all, of, last: (probe) => of(probe).at(-1) ?? null, closed };
}

const isWrite = ({ path }: Exchange['request']) => /\/(?:actions|handle|create)$/.test(path);

export const isSuccess = ({ read }: Look) => read.outcome === 'applied' && read.success;

/** Rows of v2's list. */
export const rowsOf = ({ read }: Look): JsonRecord[] => readIncidents(read) ?? [];

/** Entries of a history. */
export function entriesOf({ read, ticket }: Look): JsonRecord[] {
	return read.success ? (historyRecords(read.envelope, ticket ?? '')?.records ?? []) : [];
}

export const dataOf = ({ read }: Look): JsonRecord | null => asRecord(read.envelope?.data);

/** The data of details, as far as they came. */
export const detailsIn = (looks: Look[]): JsonRecord[] =>
	looks.map(dataOf).filter((data) => data !== null);

/** Nodes of v2's tasks. */
export const nodesOf = ({ read }: Look): JsonRecord[] =>
	read.success ? (recordsOf(read.envelope?.data) ?? []) : [];

/** The status that the ticket showed at the end of a step. */
export function statusAfter(seen: Seen, step: string): string | null {
	const look = seen.last(`story:after:${step}`);
	return look && readStatus(look.read);
}

function ticketOf({ request: { path, body } }: Exchange): string | null {
	const named = /^\/v2\/incidents\/([^/]+)\/|^\/v1\/external\/incident\/(IM\d+)$/.exec(path);
	const [filter] = recordsOf(asRecord(body)?.string_filters) ?? [];
	const [value] = Array.isArray(filter?.values) ? (filter.values as unknown[]) : [];
	const given = named?.[1] ?? named?.[2] ?? value;
	return typeof given === 'string' ? decodeURIComponent(given) : null;
}
