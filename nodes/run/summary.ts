import { cleanText } from '../coc/answer';
import { isDone, type Settled } from './itemResult';

type Outcome = Settled['outcome'];

/** How the items of a run ended, for the one message of *Stop* mode. */
export interface Outcomes {
	/** Those without one were never begun. */
	ofItems: Array<Outcome | undefined>;
	/** The first tickets of each outcome that changed something, or may have. */
	tickets: Partial<Record<Outcome, string[]>>;
}

/** Most ranges of items and most tickets named for an outcome. */
const MOST = { inMessage: 5, inDescription: 20 } as const;

/** All of these are named in the description: they are to be looked after. */
const ALL_NAMED: Outcome = 'unknown';

const WITH_TICKETS: ReadonlySet<Outcome> = new Set<Outcome>(['unknown', 'applied', 'recovered']);

export function note({ ofItems, tickets }: Outcomes, itemIndex: number, settled: Settled): void {
	const { outcome } = settled;
	ofItems[itemIndex] = outcome;
	if (!WITH_TICKETS.has(outcome)) return;
	const named = (tickets[outcome] ??= []);
	if (named.length >= MOST.inDescription) return;
	const ticket = isDone(settled) ? (settled.json as { ticket?: unknown }).ticket : settled.ticket;
	if (typeof ticket === 'string') named.push(cleanText(ticket) ?? '');
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

/**
 * What *Stop* mode owes the reader: how every item ended, bounded in length. "1 refused (item 2),
 * 2 applied (items 0, 1: IM1, IM2), 7 never sent (items 3–9)"
 */
export function describeOutcomes(outcomes: Outcomes): { message: string; description: string } {
	const groups = NAMES.map(([outcome, name]) => ({
		name,
		outcome,
		...rangesOf(outcomes.ofItems, outcome),
		tickets: outcomes.tickets[outcome] ?? [],
	})).filter(({ count }) => count > 0);
	const describe = (most: number, all?: Outcome) =>
		groups
			.map(({ name, outcome, count, ranges, tickets }) => {
				const items = `${count === 1 ? 'item' : 'items'} ${some(ranges, outcome === all ? ranges.length : most)}`;
				const named = tickets.length === 0 ? '' : `: ${some(tickets, most, count)}`;
				return `${count} ${name} (${items}${named})`;
			})
			.join(', ');
	return {
		message: describe(MOST.inMessage),
		description: describe(MOST.inDescription, ALL_NAMED),
	};
}

function some(texts: string[], most: number, total = texts.length): string {
	const more = total > Math.min(most, texts.length) ? ' …' : '';
	return texts.slice(0, most).join(', ') + more;
}

function rangesOf(ofItems: ReadonlyArray<Outcome | undefined>, outcome: Outcome) {
	const ranges: string[] = [];
	let count = 0;
	let from: number | null = null;
	for (let index = 0; index <= ofItems.length; index++) {
		const belongs = index < ofItems.length && (ofItems[index] ?? 'notSent') === outcome;
		if (belongs) {
			count++;
			from ??= index;
		} else if (from !== null) {
			ranges.push(rangeOf(from, index - 1));
			from = null;
		}
	}
	return { count, ranges };
}

function rangeOf(from: number, to: number): string {
	if (from === to) return String(from);
	return to === from + 1 ? `${from}, ${to}` : `${from}–${to}`;
}
