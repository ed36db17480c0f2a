import { unreadFailure, type Failure, type Read } from '../errors/failure';

/** What a server ignored of a request. */
export type Fault = 'page' | 'filter' | 'sorting';

/** One answer of a list that is read in parts, as far as the list's end is concerned. */
export interface Answered {
	/** How many were passed over by the number of the page; 0 begins another stretch of the list. */
	offset: number;
	/** What came, each by what makes it this one. */
	keys: string[];
	/** How many there are, by the service's word; null without one. */
	total: number | null;
	fault: Fault | null;
}

/** What a list that is read on later knows of the parts before. */
export interface Earlier {
	/** Keys that may come again. */
	keys: string[];
	/** How many others came. */
	others: number;
	/** Most that came at once. */
	widest: number;
}

/** Decides where a list ends. */
export interface End {
	/** For each key whether it comes for the first time. They count as having come from then on. */
	take(keys: string[]): boolean[];
	/**
	 * Whether an answer is the last one; the failure says why the list can't be read to its end.
	 *
	 * @param bringsNew whether one of its keys came for the first time
	 */
	judge(answered: Answered, bringsNew: boolean): Read<boolean>;
	/** Whether one of them has not come yet. */
	hasNew(keys: string[]): boolean;
	/** @param keys those that may come again */
	earlier(keys: string[]): Earlier;
}

/**
 * Where a list ends that is read in parts. A part that is shorter than asked for proves nothing,
 * since a server may give fewer at a time. It is the last one when the server's total says so, or
 * when the part after it brings nothing new. A list that can't be read to its end is a failure.
 *
 * @param perPage how many are asked for at once
 */
export function createEnd(perPage: number, before: Earlier = NOTHING): End {
	const all = new Set(before.keys);
	const { others } = before;
	let { widest } = before;
	let stretch = newStretch();
	let firstTotal: number | null = null;
	/** Whether the total was ever more than what came with it, so that it isn't merely its number. */
	let isTotal = false;
	let repeats = 0;

	/** Whether the total says that this part is the last one. */
	function isReached({ keys, total, offset }: Answered): boolean {
		const given = keys.length;
		if (total === null || total === 0 || total !== offset + given) return false;
		const countsMore = isTotal || offset > 0 || (given < perPage && given % ROUND !== 0);
		return countsMore && stretch.keys.size >= total;
	}

	/** How many there are by the total, if that is more than came; null otherwise. */
	function claimed(): number | null {
		const { total, keys } = stretch;
		const here = keys.size;
		const outside = all.size + others - here;
		if (total === null || total <= here) return null;
		if (firstTotal !== null && total + outside <= firstTotal) return total + outside;
		// It may be that of the whole list always, and not of the stretch.
		return total > here + outside ? total : null;
	}

	/** Whether a part that brings nothing new proves that there is nothing more. */
	function isProof({ keys: { length: given }, fault }: Answered): boolean {
		if (given === 0) return true;
		// A server that ignores the filter may give the same for ever.
		return fault !== 'filter' && (given < widest || (fault === null && given < perPage));
	}

	function isLast(answered: Answered, bringsNew: boolean): boolean {
		if (answered.keys.length < perPage && isReached(answered)) return true;
		return !bringsNew && (isProof(answered) || isReached(answered));
	}

	return {
		take: (keys) =>
			keys.map((key) => {
				const { size } = all;
				return all.add(key).size > size;
			}),
		judge(answered, bringsNew) {
			const { keys, total, offset } = answered;
			if (offset === 0) stretch = newStretch();
			keys.forEach((key) => stretch.keys.add(key));
			if (total !== null) {
				stretch.total = Math.min(stretch.total ?? total, total);
				firstTotal ??= total;
				isTotal ||= total > offset + keys.length;
			}
			const ends = isLast(answered, bringsNew);
			widest = Math.max(widest, keys.length);
			repeats = bringsNew ? 0 : repeats + 1;
			const wanted = ends ? claimed() : null;
			if (wanted !== null) return { ok: false, failure: short(wanted, all.size + others) };
			if (!ends && repeats > 1) return { ok: false, failure: ENDLESS };
			return { ok: true, value: ends };
		},
		hasNew: (keys) => keys.some((key) => !all.has(key)),
		earlier: (keys) => ({ keys: [...keys], others: all.size + others - keys.length, widest }),
	};
}

interface Stretch {
	keys: Set<string>;
	/** The smallest that was given: some may leave meanwhile. */
	total: number | null;
}

const newStretch = (): Stretch => ({ keys: new Set(), total: null });

const NOTHING: Earlier = { keys: [], others: 0, widest: 0 };

/**
 * Servers give ten at a time, or a multiple of it: a total that says no more than that may be the
 * number on the page.
 */
const ROUND = 10;

const NARROW = 'Narrow the list by its filters, and report this.';

/** Why a list has no end. */
export const ENDLESS = unreadFailure(
	'COC gave the same incidents again and again, so that not all of them could be read',
	NARROW,
);

function short(total: number, came: number): Failure {
	const reason = `COC says that there are ${total} incidents, but gave only ${came} of them`;
	return unreadFailure(reason, NARROW);
}
