import type { Part } from '../client/pagesByTime';
import type { Failure, Read } from '../errors/failure';
import { pool } from '../run/pool';
import { clockOf, updatesOf } from './cocClock';
import { updatesFrom, type Listed, type Query } from './rows';
import {
	countsFrom,
	isPending,
	listFrom,
	needsHistory,
	next,
	type Keep,
	type Row,
	type Seen,
	type State,
	type TicketEvent,
} from '../events/state';

/** What a sync reads. */
export interface Source<Detail extends TicketDetail> {
	list(query: Query): Promise<Read<Listed>>;
	/** Null when the ticket isn't there any more or not yet, or is left out. */
	detail(ticket: string): Promise<Read<Detail | null>>;
	/** Whether the history shows a step since then that may have led to the status. */
	hasMoved(ticket: string, since: number, status: string): Promise<Read<boolean>>;
}

/** What a ticket's detail shows. */
export type TicketDetail = Pick<Seen, 'status' | 'handledAt'>;

export interface Limits {
	perPage: number;
	/** After how many tickets the time is checked: a whole page may take too long. */
	perSlice: number;
	/** Most tickets read at once. */
	concurrency: number;
	/** How many tickets are kept. */
	keep?: Keep;
	/** Whether it is time to leave the rest to the next sync. */
	isOver(): boolean;
}

export interface SyncResult<Detail> {
	emit: Array<TicketEvent & { detail: Detail }>;
	state: State;
}

/**
 * Reads everything that changed since the last sync, the oldest first. What it found counts only when
 * all of it could be read.
 */
export async function sync<Detail extends TicketDetail>(
	source: Source<Detail>,
	state: State,
	{ perPage, perSlice, concurrency, isOver, keep }: Limits,
	/** Whether one of the chosen events depends on a status being new. */
	wantsMoves: (status: string) => boolean,
): Promise<Read<SyncResult<Detail>>> {
	const result: SyncResult<Detail> = { emit: [], state };
	let isFurther = false;
	const updates = new Map<string, Row>();
	const pages = updatesFrom(listFrom(state), perPage, async (query) => await source.list(query));
	for await (const page of pages) {
		if (!page.ok) return page;
		for (const row of page.value.rows) updates.set(row.ticket, row);
		const now = clockOf(page.value.now, updatesOf(updates.values()), result.state.cursor);
		for (const { rows, pending, isLast } of slicesOf(page.value, result.state, perSlice)) {
			const before = result.state;
			const read = await readAll(source, before, pending, concurrency, wantsMoves);
			if (!read.ok) return read;
			const upTo = rows.at(-1)?.updatedAt ?? null;
			const { seen, details } = read.value;
			const { emit, state: after } = next(before, { now, seen, upTo, isLast }, keep);
			result.emit.push(...emit.map((event) => ({ ...event, detail: details.get(event.ticket)! })));
			result.state = after;
			// Otherwise the next sync might have to do the same again, and the one after it.
			isFurther ||= after.cursor > state.cursor || pending.some((row) => !isPending(after, row));
			if (isFurther && !isLast && isOver()) return { ok: true, value: result };
		}
	}
	return { ok: true, value: result };
}

interface Slice {
	rows: Row[];
	pending: Row[];
	isLast: boolean;
}

/**
 * A page in parts with so many pending tickets each. One may end amid tickets of the same update time:
 * the list is always read again from that time on, and the others of them are pending still.
 */
function slicesOf({ rows, next: place }: Part<Row>, state: State, perSlice: number): Slice[] {
	const isLast = place === null;
	let slice: Slice = { rows: [], pending: [], isLast };
	const slices = [slice];
	for (const row of rows) {
		const isOne = row.flaw === undefined && isPending(state, row);
		if (isOne && slice.pending.length === perSlice) {
			slice.isLast = false;
			slices.push((slice = { rows: [], pending: [], isLast }));
		}
		slice.rows.push(row);
		if (isOne) slice.pending.push(row);
	}
	return slices;
}

/** Most reads of a ticket that keeps changing while it is read. */
const MOST_READS_OF_TICKET = 3;

async function readAll<Detail extends TicketDetail>(
	source: Source<Detail>,
	state: State,
	rows: Row[],
	concurrency: number,
	wantsMoves: (status: string) => boolean,
): Promise<Read<{ seen: Seen[]; details: Map<string, Detail> }>> {
	const seen = new Array<Seen | undefined>(rows.length);
	const details = new Map<string, Detail>();
	let failure: Failure | undefined;

	async function readOne(row: Row): Promise<Read<Seen | undefined>> {
		let detail = await source.detail(row.ticket);
		for (let reads = 1; ; reads++) {
			if (!detail.ok) return detail;
			if (detail.value === null) return { ok: true, value: undefined };
			const { status, handledAt } = detail.value;
			details.set(row.ticket, detail.value);
			const shown = { ...row, status, handledAt };
			if (!needsHistory(state, shown) || !wantsMoves(status)) {
				return { ok: true, value: { ...shown, moved: null } };
			}
			const moved = await source.hasMoved(row.ticket, countsFrom(state), status);
			if (!moved.ok) return moved;
			// The step may have been taken after the detail was read, which then shows the time before it.
			const again = moved.value ? await source.detail(row.ticket) : detail;
			if (!again.ok) return again;
			if (again.value?.status === status || reads === MOST_READS_OF_TICKET) {
				return { ok: true, value: { ...shown, moved: moved.value } };
			}
			detail = again;
		}
	}

	await pool(
		rows.length,
		concurrency,
		() => ({ key: null }),
		async (index) => {
			if (failure) return;
			const read = await readOne(rows[index]!);
			if (read.ok) seen[index] = read.value;
			else failure ??= read.failure;
		},
	);
	if (failure) return { ok: false, failure };
	return { ok: true, value: { seen: seen.filter((one) => one !== undefined), details } };
}
