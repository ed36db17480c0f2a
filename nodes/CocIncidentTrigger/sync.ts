import type { Failure } from '../errors/failure';
import { inLanes } from '../run/pool';
import type { Read } from '../client/read';
import { clockOf, updatesOf } from './cocClock';
import {
	countsFrom,
	isPending,
	listFrom,
	needsHistory,
	next,
	type Happening,
	type Keep,
	type Memory,
	type Row,
	type Seen,
} from './state';
import { pagesFrom, type Listed, type PageOfRows, type Query } from './rowPages';

/** What a round reads. */
export interface Source<Detail extends Told> {
	list(query: Query): Promise<Read<Listed>>;
	/** Null when the ticket isn't there any more or not yet, or is left out. */
	detail(ticket: string): Promise<Read<Detail | null>>;
	/** Whether the history shows a step since then that may have led to the status. */
	hasMoved(ticket: string, since: number, status: string): Promise<Read<boolean>>;
}

/** What a ticket's detail tells. */
export type Told = Pick<Seen, 'status' | 'handledAt'>;

export interface Limits {
	perPage: number;
	/** After how many tickets that were read it is looked whether the time is over: a whole page may take too long. */
	perSlice: number;
	/** Most tickets read at once. */
	concurrency: number;
	/** How many tickets are remembered. */
	keep?: Keep;
	/** Whether it is time to leave the rest to the next round. */
	isOver(): boolean;
}

export interface Round<Detail> {
	emit: Array<Happening & { detail: Detail }>;
	memory: Memory;
}

/**
 * One look at everything that changed since the last one, the oldest first. What it found counts
 * only when all of it could be read.
 */
export async function lookAround<Detail extends Told>(
	source: Source<Detail>,
	memory: Memory,
	{ perPage, perSlice, concurrency, isOver, keep }: Limits,
	/** Whether anyone wants to know if a status is new. */
	wantsMoves: (status: string) => boolean,
): Promise<Read<Round<Detail>>> {
	const round: Round<Detail> = { emit: [], memory };
	let isFurther = false;
	const updates = new Map<string, Row>();
	const pages = pagesFrom(listFrom(memory), perPage, async (query) => await source.list(query));
	for await (const page of pages) {
		if (!page.ok) return page;
		for (const row of page.value.rows) updates.set(row.ticket, row);
		const now = clockOf(page.value.now, updatesOf(updates.values()), round.memory.mark);
		for (const { rows, pending, isLast } of slicesOf(page.value, round.memory, perSlice)) {
			const before = round.memory;
			const read = await readAll(source, before, pending, concurrency, wantsMoves);
			if (!read.ok) return read;
			const upTo = rows.at(-1)?.updatedAt ?? null;
			const { seen, details } = read.value;
			const { emit, memory: after } = next(before, { now, seen, upTo, isLast }, keep);
			round.emit.push(
				...emit.map((happening) => ({ ...happening, detail: details.get(happening.ticket)! })),
			);
			round.memory = after;
			// Else the next round might have to do the same again, and the one after it.
			isFurther ||= after.mark > memory.mark || pending.some((row) => !isPending(after, row));
			if (isFurther && !isLast && isOver()) return { ok: true, value: round };
		}
	}
	return { ok: true, value: round };
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
function slicesOf({ rows, isLast }: PageOfRows, memory: Memory, perSlice: number): Slice[] {
	let slice: Slice = { rows: [], pending: [], isLast };
	const slices = [slice];
	for (const row of rows) {
		const isOne = row.flaw === undefined && isPending(memory, row);
		if (isOne && slice.pending.length === perSlice) {
			slice.isLast = false;
			slices.push((slice = { rows: [], pending: [], isLast }));
		}
		slice.rows.push(row);
		if (isOne) slice.pending.push(row);
	}
	return slices;
}

/** Looks at a ticket that keeps changing while it is looked at. */
const MOST_LOOKS = 3;

async function readAll<Detail extends Told>(
	source: Source<Detail>,
	memory: Memory,
	rows: Row[],
	concurrency: number,
	wantsMoves: (status: string) => boolean,
): Promise<Read<{ seen: Seen[]; details: Map<string, Detail> }>> {
	const seen = new Array<Seen | undefined>(rows.length);
	const details = new Map<string, Detail>();
	let failure: Failure | undefined;

	async function readOne(row: Row): Promise<Read<Seen | undefined>> {
		let detail = await source.detail(row.ticket);
		for (let look = 1; ; look++) {
			if (!detail.ok) return detail;
			if (detail.value === null) return { ok: true, value: undefined };
			const { status, handledAt } = detail.value;
			details.set(row.ticket, detail.value);
			const told = { ...row, status, handledAt };
			if (!needsHistory(memory, told) || !wantsMoves(status)) {
				return { ok: true, value: { ...told, moved: null } };
			}
			const moved = await source.hasMoved(row.ticket, countsFrom(memory), status);
			if (!moved.ok) return moved;
			// The step may have been taken after the detail was read, which then tells of before it.
			const again = moved.value ? await source.detail(row.ticket) : detail;
			if (!again.ok) return again;
			if (again.value?.status === status || look === MOST_LOOKS) {
				return { ok: true, value: { ...told, moved: moved.value } };
			}
			detail = again;
		}
	}

	await inLanes(
		rows.length,
		concurrency,
		() => ({ lane: null }),
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
