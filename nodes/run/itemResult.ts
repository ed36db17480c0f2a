import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import type { Failure } from '../errors/failure';

type Outcome = ItemResult['outcome'];

/** How the items of a run ended, for the one message of *Stop* mode. */
export interface Summary {
	/** Those without one were never begun. */
	ofItems: Array<Outcome | undefined>;
	/** The first tickets of each outcome that changed something, or may have. */
	tickets: Partial<Record<Outcome, string[]>>;
}

/** Most ranges of items and most tickets named for an outcome. */
const MOST = { inMessage: 5, inDescription: 20 } as const;

/** All of these are named in the description: somebody has to check them. */
const ALL_NAMED: Outcome = 'unknown';

const WITH_TICKETS: ReadonlySet<Outcome> = new Set<Outcome>(['unknown', 'applied', 'recovered']);

/** Counts how an item ended. */
export function addResult(
	{ ofItems, tickets }: Summary,
	itemIndex: number,
	result: ItemResult,
): void {
	const { outcome } = result;
	ofItems[itemIndex] = outcome;
	if (!WITH_TICKETS.has(outcome)) return;
	const named = (tickets[outcome] ??= []);
	if (named.length >= MOST.inDescription) return;
	const ticket = isDone(result) ? (result.json as { ticket?: unknown }).ticket : result.subject;
	if (typeof ticket === 'string') named.push(cleanText(ticket) ?? '');
}

/** In the order of what a reader has to check first. */
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
 * How every item of a run in *Stop* mode ended, bounded in length. "1 refused (item 2),
 * 2 applied (items 0, 1: IM1, IM2), 7 never sent (items 3–9)"
 */
export function describeSummary(summary: Summary): { message: string; description: string } {
	const groups = NAMES.map(([outcome, name]) => ({
		name,
		outcome,
		...rangesOf(summary.ofItems, outcome),
		tickets: summary.tickets[outcome] ?? [],
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

/** How an item ended: each in exactly one outcome. */
export type ItemResult = Done | Failed;

export interface Done {
	/**
	 * `applied` is COC's answer, `recovered` its record after the answer was lost. Before a write,
	 * `alreadyVerified` is its record, and `dryRun` means that none was wanted. A read is `read`.
	 */
	outcome: 'applied' | 'recovered' | 'alreadyVerified' | 'dryRun' | 'read';
	/** The output item's data; a list gives any number of items. */
	json: IDataObject | IDataObject[];
	/** Files of the output item. */
	binary?: IBinaryKeyData;
}

export interface Failed extends Failure {
	/** What the item is about, exactly as entered, so that it can be found; null for nothing. */
	subject: string | null;
}

/** The data of a write's output item: how it ended stands where a table shows it without scrolling. */
export function withOutcome(
	{ ticket, ...shown }: IDataObject,
	outcome: Done['outcome'],
	more: IDataObject = {},
): IDataObject {
	return { ticket, outcome, ...more, ...shown };
}

export function isDone(result: Done | Failure): result is Done {
	return 'json' in result;
}
