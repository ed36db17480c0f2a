import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import type { Answer } from '../coc/answer';
import { cleanText } from '../coc/cleanText';
import type { Failure } from '../errors/failure';

type Outcome = ItemResult['outcome'];

/** How the items of a run ended, for the one error of *Stop* mode. */
export interface Summary {
	/** Of each of an item's results; those without one were never begun. */
	ofItems: Array<Outcome[] | undefined>;
	/** What the first items of each outcome that changed something, or may have, are about. */
	named: Partial<Record<Outcome, string[]>>;
}

/** Most ranges of items, and most names, that are given for an outcome. */
const MOST = 20;

/** All items of this one are given: somebody has to check them. */
const ALL_GIVEN: Outcome = 'unknown';

const NAMED: ReadonlySet<Outcome> = new Set<Outcome>(['unknown', 'applied', 'recovered']);

/**
 * Counts how an item ended. Where it has several results, each is named.
 *
 * @param key what a result is about in its data
 */
export function addResults(
	summary: Summary,
	itemIndex: number,
	results: ItemResult[],
	key: string,
): void {
	summary.ofItems[itemIndex] = results.map(({ outcome }) => outcome);
	for (const result of results) {
		const { outcome } = result;
		if (!NAMED.has(outcome) && results.length === 1) continue;
		const named = (summary.named[outcome] ??= []);
		for (const name of namesOf(result, key)) {
			if (named.length < MOST) named.push(cleanText(name) ?? '');
		}
	}
}

/** What a result is about; a list is about as many as it holds. */
export function namesOf(result: ItemResult, key: string): string[] {
	const all = isDone(result) ? [result.json].flat().map((json) => json[key]) : [result.subject];
	return all.filter((name) => typeof name === 'string');
}

/** In the order of what a reader has to check first. */
const NAMES: ReadonlyArray<[Outcome, string]> = [
	['unknown', 'unknown'],
	['refused', 'refused'],
	['applied', 'applied'],
	['recovered', 'recovered (applied)'],
	['alreadyVerified', 'already verified'],
	['existing', 'already there'],
	['dryRun', 'dry run'],
	['read', 'read'],
	['notRead', 'not read'],
	['notSent', 'never sent'],
];

/**
 * How every item of a run in *Stop* mode ended, bounded in length. "1 refused (item 2),
 * 2 applied (items 0, 1: IM1, IM2), 7 never sent (items 3–9)"
 */
export function describeSummary(summary: Summary): string {
	return NAMES.map(([outcome, name]) => {
		const { count, items, ranges } = rangesOf(summary.ofItems, outcome);
		if (count === 0) return null;
		const given = some(ranges, outcome === ALL_GIVEN ? ranges.length : MOST);
		const names = summary.named[outcome] ?? [];
		const named = names.length === 0 ? '' : `: ${some(names, MOST, count)}`;
		return `${count} ${name} (${items === 1 ? 'item' : 'items'} ${given}${named})`;
	})
		.filter((group) => group !== null)
		.join(', ');
}

function some(texts: string[], most: number, total = texts.length): string {
	const more = total > Math.min(most, texts.length) ? ' …' : '';
	return texts.slice(0, most).join(', ') + more;
}

function rangesOf(ofItems: ReadonlyArray<Outcome[] | undefined>, outcome: Outcome) {
	const ranges: string[] = [];
	let [count, items] = [0, 0];
	let from: number | null = null;
	for (let index = 0; index <= ofItems.length; index++) {
		const results = index < ofItems.length ? (ofItems[index] ?? NEVER_BEGUN) : [];
		const { length } = results.filter((one) => one === outcome);
		if (length > 0) {
			count += length;
			items++;
			from ??= index;
		} else if (from !== null) {
			ranges.push(rangeOf(from, index - 1));
			from = null;
		}
	}
	return { count, items, ranges };
}

const NEVER_BEGUN: Outcome[] = ['notSent'];

function rangeOf(from: number, to: number): string {
	if (from === to) return String(from);
	return to === from + 1 ? `${from}, ${to}` : `${from}–${to}`;
}

/** How an item ended: in exactly one outcome, or in one for each of what it is about. */
export type ItemResult = Done | Failed;

export interface Done {
	/**
	 * `applied` is COC's answer, `recovered` its record after the answer was lost. Before a write,
	 * `alreadyVerified` and `existing` are its record, and `dryRun` means that none was wanted. A read
	 * is `read`.
	 */
	outcome: 'applied' | 'recovered' | 'alreadyVerified' | 'existing' | 'dryRun' | 'read';
	/** The output item's data; a list gives any number of items. */
	json: IDataObject | IDataObject[];
	/** Files of the output item. */
	binary?: IBinaryKeyData;
}

export interface Failed extends Failure {
	/** What the item is about, exactly as entered, so that it can be found; null for nothing. */
	subject: string | null;
}

/** How a write ended that needs nothing more, with COC's answer where there is one. */
export function written(
	shown: IDataObject,
	outcome: Done['outcome'],
	answer: Answer | null = null,
): Done {
	const response = answer && (answer.envelope as IDataObject | null);
	return { outcome, json: { ...withOutcome(shown, outcome), response } };
}

/**
 * The data of a write's output item: how it ended stands where a table shows it without scrolling, after
 * what the item is about.
 */
export function withOutcome(
	shown: IDataObject,
	outcome: Done['outcome'],
	more: IDataObject = {},
): IDataObject {
	const [about] = Object.keys(shown) as [string];
	return { [about]: shown[about], outcome, ...more, ...shown };
}

export function isDone(result: Done | Failure): result is Done {
	return 'json' in result;
}
