import type { Failure, Read } from '../errors/failure';
import { ENDLESS, type Fault } from './listEnd';

/** First and last time of the rows that are asked for, both included, in ms since 1970. */
export interface Times {
	from?: number;
	to?: number;
}

/** One request of a list. */
export interface TimeQuery extends Times {
	/** From 1 on. */
	page: number;
	/** How many at most. */
	perPage: number;
}

/** One answer of a list. */
export interface Fetched<T> {
	rows: T[];
	/** How many there are, by COC's word; null or absent without one. */
	total?: number | null;
	/** COC's clock at the answer; null when it isn't known. */
	now: number | null;
}

/** A list that is sorted by a time of its rows. */
export interface TimeList<T> {
	/** 1 for the oldest first, -1 for the newest first. */
	sign: 1 | -1;
	perPage: number;
	/** The same for a row that comes again. */
	keyOf(row: T): string;
	/** Null when the row shows no time. */
	timeOf(row: T): number | null;
	fetch(query: TimeQuery): Promise<Read<Fetched<T>>>;
	/** For a reader that relies on the order; others get the rest of a list without one by number. */
	strict?: Strict<T>;
}

export interface Strict<T> {
	/** Whether the time is only that of the row's place. A page of such rows is no fault. */
	isUndated(row: T): boolean;
	/** The failure of a list that is out of order, or that can't be read to its end. */
	failureOf(broken: Fault | Failure): Failure;
}

/** The times of the rows from a bound on, in the list's direction. */
export function timesFrom<T>({ sign }: TimeList<T>, bound: number | null): Times {
	if (bound === null) return {};
	return sign === 1 ? { from: bound } : { to: bound };
}

/** What the server ignored; a row without a time counts as out of order. */
export function faultIn<T>(list: TimeList<T>, bound: number | null, rows: T[]): Fault | null {
	const times = rows.map(list.timeOf);
	const isBefore = (time: number | null, other: number | null) =>
		time !== null && other !== null && list.sign * (time - other) < 0;
	if (times.some((time) => isBefore(time, bound))) return 'filter';
	const isSorted = times.every(
		(time, index) => time !== null && !isBefore(time, times[index - 1] ?? null),
	);
	return isSorted ? null : 'sorting';
}

/** The rows from a bound on, sorted: a list of one part can do without filter and sorting. */
export function ordered<T>(list: TimeList<T>, rows: T[], bound: number | null): T[] {
	const place = (row: T) => list.sign * (list.timeOf(row) ?? 0);
	const begin = bound === null ? -Infinity : list.sign * bound;
	return rows.filter((row) => place(row) >= begin).sort((a, b) => place(a) - place(b));
}

/** A list that can't be read on. */
export function broken<T>(
	{ strict }: TimeList<T>,
	fault: Fault | Failure,
): { ok: false; failure: Failure } {
	const failure = typeof fault === 'string' ? ENDLESS : fault;
	return { ok: false, failure: strict ? strict.failureOf(fault) : failure };
}
