import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemResult } from './itemResult';

/**
 * n8n's *Retry On Fail* runs the whole node again, with all its items, in the same process. What
 * was applied, or may have been, must not be sent a second time: it is remembered for the run.
 *
 * A run is known by its execute data, the same object in every try. An AI agent hands its own to
 * all its tool calls, hence the item's json as second key: it is one object for the tries of a
 * call and another one for the next call. Weak keys: the memory ends with the run.
 */
const runs = new WeakMap<object, Tries>();

interface Tries {
	results: WeakMap<object, Map<number, EarlierResults>>;
	ownWrites: OwnWrites;
}

/** What may have reached COC; all else is tried again. */
const REMEMBERED: ReadonlySet<ItemResult['outcome']> = new Set<ItemResult['outcome']>([
	'applied',
	'recovered',
	'unknown',
]);

/** What must not be sent again of an item. */
export interface EarlierResults {
	results: ItemResult[];
	/** Whether that is all of it. */
	isWhole: boolean;
}

export interface EarlierTries {
	/** How the item ended in an earlier try, as far as it must not be sent again. */
	recall(itemIndex: number): EarlierResults | undefined;
	remember(itemIndex: number, results: ItemResult[]): void;
	/** The run's writes, those of earlier tries included. */
	ownWrites: OwnWrites;
}

/** What earlier tries of this node run came to. */
export function earlierTriesOf(context: IExecuteFunctions): EarlierTries {
	const run = context.getExecuteData() as object | undefined;
	// Without further tries there is nothing to remember for.
	if (!run || context.getNode().retryOnFail !== true) {
		return { recall: () => undefined, remember: () => undefined, ownWrites: createOwnWrites() };
	}
	const items = context.getInputData();
	const tries = runs.get(run) ?? { results: new WeakMap(), ownWrites: createOwnWrites() };
	runs.set(run, tries);
	return {
		recall(itemIndex) {
			const json = items[itemIndex]?.json;
			return json && tries.results.get(json)?.get(itemIndex);
		},

		remember(itemIndex, all) {
			const json = items[itemIndex]?.json;
			const results = all.filter(({ outcome }) => REMEMBERED.has(outcome));
			if (!json || results.length === 0) return;
			const byIndex = tries.results.get(json) ?? new Map<number, EarlierResults>();
			const isWhole = results.length === all.length;
			tries.results.set(json, byIndex.set(itemIndex, { results, isWhole }));
		},

		ownWrites: tries.ownWrites,
	};
}

/** The writes of a run to one ticket in one person's name. */
export interface TicketWrites {
	/** When the first of them was sent, in ms since 1970 by this machine's clock. */
	firstSentAt: number;
	/** The texts by which those that were recorded are known in COC's record. */
	recorded: string[];
	/** Whether one of them may have been recorded. */
	maybeRecorded: boolean;
}

/**
 * The writes of a run, so that an entry in COC's history is claimed by one item only: items may
 * repeat a ticket, its operator and the comment.
 */
export interface OwnWrites {
	/**
	 * @param endpoint another COC may have tickets of the same number
	 * @param actor null when unknown
	 * @param now in ms since 1970: the first write is about to be sent
	 */
	of(endpoint: string, ticket: string, actor: string | null, now: number): TicketWrites;
}

export function createOwnWrites(): OwnWrites {
	const all = new Map<string, TicketWrites>();
	return {
		of(endpoint, ticket, actor, now) {
			const key = JSON.stringify([endpoint, ticket, actor]);
			let writes = all.get(key);
			if (!writes) {
				writes = { firstSentAt: now, recorded: [], maybeRecorded: false };
				all.set(key, writes);
			}
			return writes;
		},
	};
}
