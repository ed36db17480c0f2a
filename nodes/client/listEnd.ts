import { unreadFailure, type Failure } from '../errors/failure';

/** One answer of a list that is read in parts, as far as the list's end is concerned. */
export interface Part {
	/** How many were passed over by the number of the page. */
	offset: number;
	/** What came, each by what makes it this one. */
	keys: string[];
	/** How many came, those included that are left out of `keys`. */
	given: number;
	/** How many there are, by the service's word; null without one. */
	total: number | null;
	/** Whether they came in the order that was asked for. */
	isSorted: boolean;
	/** Whether none lies outside of what was asked for. */
	isWithin: boolean;
	/** Whether another stretch of the list is asked for than by the part before. */
	isNewStretch: boolean;
}

export interface PartVerdict {
	/** For each key whether it came for the first time. */
	isNew: boolean[];
	isLast: boolean;
	/** Why the list can't be read to its end. */
	failure: Failure | null;
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

/** Tells where a list ends. */
export interface End {
	judge(part: Part): PartVerdict;
	/** For each key whether it comes for the first time. They count as having come from then on. */
	take(keys: string[]): boolean[];
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
	let { others, widest } = before;
	let stretch = newStretch();
	/** What the part before brought. */
	let latest: string[] = [];
	let firstTotal: number | null = null;
	/** Whether the total was ever more than what came with it, so that it isn't merely its number. */
	let isTotal = false;
	let repeats = 0;

	/** Whether the total says that this part is the last one. */
	function isReached({ given, total, offset }: Part): boolean {
		if (total === null || total === 0 || total !== offset + given) return false;
		const countsMore = isTotal || offset > 0 || (given < perPage && given % ROUND !== 0);
		return countsMore && stretch.keys.size + stretch.others >= total;
	}

	/** How many there are by the total, if that is more than came; null otherwise. */
	function claimed(): number | null {
		const { total, keys } = stretch;
		const here = keys.size + stretch.others;
		const outside = all.size + others - here;
		if (total === null || total <= here) return null;
		if (firstTotal !== null && total + outside <= firstTotal) return total + outside;
		// It may be that of the whole list always, and not of the stretch.
		return total > here + outside ? total : null;
	}

	/** Whether a part that brings nothing new proves that there is nothing more. */
	function isProof({ given, isSorted, isWithin }: Part): boolean {
		if (given === 0) return true;
		// Whoever ignores what is asked may give the same for ever.
		return isWithin && (given < widest || (isSorted && given < perPage));
	}

	function isLast(part: Part, bringsNew: boolean): boolean {
		if (part.given < perPage && isReached(part)) return true;
		return !bringsNew && (isProof(part) || isReached(part));
	}

	function take(keys: string[]): boolean[] {
		return keys.map((key) => {
			const { size } = all;
			return all.add(key).size > size;
		});
	}

	return {
		take,
		hasNew: (keys) => keys.some((key) => !all.has(key)),
		judge(part) {
			const { keys, given, total, offset, isNewStretch } = part;
			// What is passed over at its beginning is what the part before brought.
			if (isNewStretch) stretch = newStretch(offset > 0 ? latest : []);
			latest = keys;
			const leftOut = given - keys.length;
			const isNew = take(keys);
			keys.forEach((key) => stretch.keys.add(key));
			stretch.others += leftOut;
			others += leftOut;
			if (total !== null) {
				stretch.total = Math.min(stretch.total ?? total, total);
				firstTotal ??= total;
				isTotal ||= total > offset + given;
			}
			const bringsNew = isNew.includes(true);
			const ends = isLast(part, bringsNew);
			widest = Math.max(widest, given);
			repeats = bringsNew ? 0 : repeats + 1;
			if (ends) {
				const wanted = claimed();
				const failure = wanted === null ? null : short(wanted, all.size + others);
				return { isNew, isLast: true, failure };
			}
			return { isNew, isLast: false, failure: repeats > 1 ? ENDLESS : null };
		},
		earlier: (keys) => ({ keys, others: all.size + others - keys.length, widest }),
	};
}

interface Stretch {
	keys: Set<string>;
	others: number;
	/** The smallest that was told: some may leave meanwhile. */
	total: number | null;
}

const newStretch = (keys: string[] = []): Stretch => ({
	...{ others: 0, total: null },
	keys: new Set(keys),
});

const NOTHING: Earlier = { keys: [], others: 0, widest: 0 };

/**
 * Servers give ten at a time, or a multiple of it: a total that says no more than that may be the
 * number on the page.
 */
const ROUND = 10;

const NARROW = 'Narrow the list by its filters, and report this.';

const ENDLESS = unreadFailure(
	'COC gave the same incidents again and again, so that not all of them could be read',
	NARROW,
);

function short(total: number, came: number): Failure {
	const reason = `COC says that there are ${total} incidents, but gave only ${came} of them`;
	return unreadFailure(reason, NARROW);
}
