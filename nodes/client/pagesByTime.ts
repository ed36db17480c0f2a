import type { Read } from '../errors/failure';
import { createEnd, type Answered, type Earlier, type End } from './listEnd';
import { broken, faultIn, ordered, timesFrom, type Fetched, type TimeList } from './timeList';

/** Rows that came for the first time. */
export interface Part<T> extends Fetched<T> {
	/** Where the list is read on when it is left after new rows; null when this is the last part. */
	next: Mark | null;
}

/** Where a list that was left is read on. */
export interface Mark {
	/** The time from which on, in the list's direction, rows are asked for; null for all. */
	bound: number | null;
	/** Absent where pages are found by time. */
	walk?: Walk;
	/** Absent at the beginning. */
	earlier?: Earlier;
}

/** Pages that are found by number. */
interface Walk {
	/** The one time of their rows; null for the whole rest of the list. */
	moment: number | null;
	/** The one that was read last, from 1 on. A walk that was left goes to the end again, and back. */
	page: number;
	/**
	 * How many are asked for: as many as came on the first page, since a server that gives fewer than
	 * it is asked for may count its pages either way.
	 */
	size: number;
}

/**
 * Reads a list page by page, each row once. Rows come, change and leave meanwhile, so that pages by
 * number would leave gaps: each page begins at the time where the one before ended. Numbers are used
 * where one time fills a page, or where the list isn't in the order of its times.
 *
 * @param mark where to begin; null for the beginning
 */
export async function* pagesByTime<T>(
	list: TimeList<T>,
	mark: Mark | null = null,
): AsyncGenerator<Read<Part<T>>, void, void> {
	const end = createEnd(list.perPage, mark?.earlier);
	let place: Mark | null = mark ?? { bound: null };
	while (place !== null) {
		if (place.walk) {
			place = yield* walked(list, end, place, { ...place.walk });
			continue;
		}
		const read = await partSince(list, end, place.bound);
		yield read;
		place = read.ok ? read.value.next : null;
	}
}

/** The next part, whose place is found by time. */
async function partSince<T>(
	list: TimeList<T>,
	end: End,
	bound: number | null,
): Promise<Read<Part<T>>> {
	const { perPage, strict, timeOf } = list;
	const read = await pageSince(list, bound, 1, perPage);
	if (!read.ok) return read;
	const { rows, now, keys, fault } = read.value;
	const fresh = freshOf(list, end, rows);
	const judged = end.judge(read.value, fresh.length > 0);
	if (!judged.ok) return broken(list, judged.failure);
	const last = rows.length === 0 ? bound : timeOf(rows.at(-1)!);
	const isOfOneTime = rows.every((row) => timeOf(row) === last);
	const isFull = rows.length >= perPage;
	let isLast = judged.value;
	if (!isLast && !isFull && (isOfOneTime || fault !== null)) {
		const ended = await isEnd(list, end, fault === null ? last : bound, rows.length);
		if (!ended.ok) return ended;
		isLast = ended.value;
	}
	const part = { now, rows: strict ? ordered(list, fresh, bound) : fresh };
	if (isLast) return { ok: true, value: { ...part, next: null } };
	if (strict && fault !== null) return broken(list, fault);
	const isOrdered = strict ? !rows.every(strict.isUndated) : fault === null;
	const earlier = end.earlier(keys);
	// A full page of a later time is asked for once more, as the first one of that time.
	if (isOrdered && (!isOfOneTime || (isFull && last !== bound))) {
		return { ok: true, value: { ...part, next: { bound: last, earlier } } };
	}
	const walk = { moment: isOrdered ? last : null, page: 1, size: rows.length };
	if (!strict || isOrdered) return { ok: true, value: { ...part, next: { bound, walk, earlier } } };
	// In one part, since no time tells how far a smaller one goes, nor which rows came before.
	const rest = new Map(rows.map((row) => [list.keyOf(row), row]));
	for await (const more of pagesByNumber(list, bound, walk, keys)) {
		if (!more.ok) return more;
		for (const row of more.value.rows) rest.set(list.keyOf(row), row);
	}
	const all = ordered(list, [...rest.values()], bound);
	return { ok: true, value: { rows: all, now, next: null } };
}

async function pageSince<T>(
	list: TimeList<T>,
	bound: number | null,
	page: number,
	perPage: number,
): Promise<Read<Fetched<T> & Answered>> {
	const read = await list.fetch({ ...timesFrom(list, bound), page, perPage });
	if (!read.ok) return read;
	const { rows, now, total = null } = read.value;
	const answered = { offset: (page - 1) * perPage, keys: rows.map(list.keyOf), total };
	return { ok: true, value: { ...answered, rows, now, fault: faultIn(list, bound, rows) } };
}

/**
 * Whether nothing stands behind a page that is shorter than asked for. What stands there isn't taken
 * from this answer: it may have moved up meanwhile, and others with it over the edge of the page.
 */
async function isEnd<T>(
	list: TimeList<T>,
	end: End,
	bound: number | null,
	perPage: number,
): Promise<Read<boolean>> {
	const read = await pageSince(list, bound, 2, perPage);
	if (!read.ok) return read;
	if (end.hasNew(read.value.keys)) return { ok: true, value: false };
	const judged = end.judge(read.value, false);
	return judged.ok ? judged : broken(list, judged.failure);
}

/** The parts of a walk; returns where the list is read on behind them, null at its end. */
async function* walked<T>(
	list: TimeList<T>,
	end: End,
	{ bound, earlier }: Mark,
	walk: Walk,
): AsyncGenerator<Read<Part<T>>, Mark | null, void> {
	const { moment } = walk;
	const met = [...(earlier?.keys ?? [])];
	let total: number | null = null;
	for await (const read of pagesByNumber(list, bound, walk, met.slice(0, walk.size))) {
		if (!read.ok) {
			yield read;
			return null;
		}
		const rows = freshOf(list, end, read.value.rows);
		met.push(...rows.map(list.keyOf));
		total = read.value.total ?? null;
		const next = { bound, walk: { ...walk }, earlier: end.earlier(met) };
		yield { ok: true, value: { ...read.value, rows, next } };
	}
	if (moment !== null) return { bound: moment + list.sign, earlier: end.earlier([]) };
	const judged = end.judge({ keys: [], offset: 0, total, fault: null }, false);
	const last: Part<T> = { rows: [], now: null, next: null };
	yield judged.ok ? { ok: true, value: last } : broken(list, judged.failure);
	return null;
}

/** How often a page in a row may give what the one before gave: late rows push others onto it. */
const MOST_REPEATS = 3;

/**
 * Pages by number, to the end and back: rows that leave let those behind them move up, over the edge
 * of a page that was read. On the way back they are met.
 *
 * @param first the keys of the first page
 */
async function* pagesByNumber<T>(
	list: TimeList<T>,
	bound: number | null,
	walk: Walk,
	first: string[],
): AsyncGenerator<Read<Fetched<T>>, void, void> {
	const { moment, size: perPage } = walk;
	const times = moment === null ? timesFrom(list, bound) : { from: moment, to: moment };
	const begin = first.join();
	let before = begin;
	let isIgnored = true;
	let repeats = 0;
	while (repeats < MOST_REPEATS) {
		const read = await list.fetch({ ...times, page: ++walk.page, perPage });
		yield read;
		if (!read.ok) return;
		const { rows } = read.value;
		if (rows.length === 0) break;
		const all = rows.map(list.keyOf).join();
		isIgnored &&= all === begin;
		// A server that ignores the number gives the same page for ever, another one its last.
		repeats = all === before ? repeats + 1 : 0;
		before = all;
	}
	if (isIgnored && repeats === MOST_REPEATS) return yield broken(list, 'page');
	while (--walk.page >= 1) {
		const read = await list.fetch({ ...times, page: walk.page, perPage });
		yield read;
		if (!read.ok) return;
	}
}

function freshOf<T>({ keyOf }: TimeList<T>, end: End, rows: T[]): T[] {
	const isNew = end.take(rows.map(keyOf));
	return rows.filter((_, index) => isNew[index]);
}
