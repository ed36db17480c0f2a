import type { Row } from '../events/state';

/**
 * What COC's clock shows, as far as its answers say. n8n's own never replaces it: where it is ahead of
 * COC's, it would hide what happens in between. All times in ms since 1970.
 */

/**
 * So many tickets prove a time. One of a few may be wrong, and taking COC's clock for later than it is
 * loses events; taking it for earlier only costs some reads.
 */
export const WITNESSES = 10;

/** A `Date` that so many tickets have outrun by so much isn't COC's time: a proxy's, for example. */
const WRONG_BY_MS = 60 * 60_000;

/**
 * COC's clock, or a time that it has passed already.
 *
 * @param date the answer's own time; null without a valid one
 * @param updates the update times of different tickets, as shown until then
 * @param passed a time that it is known to have passed
 */
export function clockOf(date: number | null, updates: number[], passed: number): number {
	const shown = reached(updates);
	const isWrong = date === null || (shown !== null && shown - date > WRONG_BY_MS);
	return Math.max(passed, (isWrong ? shown : date) ?? passed);
}

/**
 * From when on a trigger that is switched on now counts what happens; null when nothing shows
 * the time. Without COC's clock that may be long ago: harmless, since what is there by now is read.
 *
 * @param newest the tickets that were updated last, whatever the filters
 */
export function startOf(date: number | null, newest: Row[]): number | null {
	const updates = updatesOf(newest);
	if (date !== null) return clockOf(date, updates, 0);
	const times = newest
		.filter(({ flaw }) => flaw === undefined)
		.map(({ createdAt, updatedAt, isUndated }) =>
			isUndated === true ? createdAt : Math.min(createdAt, updatedAt),
		);
	return reached(updates) ?? (times.length === 0 ? null : Math.min(...times));
}

/** The update times that rows show, in ms since 1970. */
export function updatesOf(rows: Iterable<Row>): number[] {
	return [...rows]
		.filter(({ flaw, isUndated }) => flaw === undefined && isUndated !== true)
		.map(({ updatedAt }) => updatedAt);
}

/** The latest time that enough tickets have reached; null when there are fewer. */
function reached(updates: number[]): number | null {
	return [...updates].sort((a, b) => b - a)[WITNESSES - 1] ?? null;
}
