import { cleanText } from '../contract/answer';
import type { Settled } from './settled';

type Outcome = Settled['outcome'];

/** How the items of a run ended, for the one message of *Stop* mode. */
export interface Outcomes {
	/** Those without one were never begun. */
	ofItems: Array<Outcome | undefined>;
	/** Tickets to look at, not all of them when they are many. */
	unknownTickets: string[];
}

/** Most tickets named, and most ranges of item numbers for an outcome; all that are unknown. */
const MOST_TICKETS = 20;
const MOST_RANGES = 20;

export function note({ ofItems, unknownTickets }: Outcomes, itemIndex: number, settled: Settled) {
	ofItems[itemIndex] = settled.outcome;
	if (settled.outcome !== 'unknown' || unknownTickets.length >= MOST_TICKETS) return;
	const ticket = cleanText(settled.ticket);
	if (ticket !== null) unknownTickets.push(ticket);
}

/** In the order of what a reader has to look after. */
const NAMES: ReadonlyArray<[Outcome, string]> = [
	['unknown', 'unknown'],
	['refused', 'refused'],
	['applied', 'applied'],
	['recovered', 'recovered (applied)'],
	['alreadyVerified', 'already verified'],
	['dryRun', 'dry run'],
	['read', 'read'],
	['notRead', 'not read'],
	['notSent', 'never sent'],
];

/** What *Stop* mode owes the reader: how every item ended. */
export function describeOutcomes({ ofItems, unknownTickets }: Outcomes): {
	/** "2 applied, 1 refused, 7 never sent" */
	summary: string;
	/** "applied: items 0, 1; refused: item 2; never sent: items 3–9", bounded in length. */
	list: string;
} {
	const groups = NAMES.map(([outcome, name]) => ({ name, ...rangesOf(ofItems, outcome) }));
	const some = groups.filter(({ count }) => count > 0);
	const list = some.map(({ name, count, ranges, isWhole }) => {
		const named = ranges.join(', ');
		const more = isWhole ? '' : ' …';
		return `${name}: ${count === 1 ? 'item' : 'items'} ${named}${more}`;
	});
	if (unknownTickets.length > 0) list.push(`to check: ${unknownTickets.join(', ')}`);
	return {
		summary: some.map(({ name, count }) => `${count} ${name}`).join(', '),
		list: list.join('; '),
	};
}

function rangesOf(ofItems: ReadonlyArray<Outcome | undefined>, outcome: Outcome) {
	const most = outcome === 'unknown' ? ofItems.length : MOST_RANGES;
	const ranges: string[] = [];
	let isWhole = true;
	let count = 0;
	let from: number | null = null;
	for (let index = 0; index <= ofItems.length; index++) {
		const belongs = index < ofItems.length && (ofItems[index] ?? 'notSent') === outcome;
		if (belongs) {
			count++;
			from ??= index;
		} else if (from !== null) {
			if (ranges.length < most) ranges.push(rangeOf(from, index - 1));
			else isWhole = false;
			from = null;
		}
	}
	return { count, ranges, isWhole };
}

function rangeOf(from: number, to: number): string {
	if (from === to) return String(from);
	return to === from + 1 ? `${from}, ${to}` : `${from}–${to}`;
}
