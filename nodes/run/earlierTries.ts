import type { IExecuteFunctions } from 'n8n-workflow';
import { createLedger, type Ledger } from './ownWrites';
import type { Settled } from './itemResult';

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
	settled: WeakMap<object, Map<number, Settled>>;
	ledger: Ledger;
}

/** What may have reached COC; all else is tried again. */
const REMEMBERED: ReadonlySet<Settled['outcome']> = new Set<Settled['outcome']>([
	'applied',
	'recovered',
	'unknown',
]);

export interface Memory {
	/** How the item ended in an earlier try, if it must not be sent again. */
	recall(itemIndex: number): Settled | undefined;
	remember(itemIndex: number, settled: Settled): void;
	/** The run's writes, those of earlier tries included. */
	ledger: Ledger;
}

/** The memory of this node run. */
export function memoryOf(context: IExecuteFunctions): Memory {
	const run = context.getExecuteData() as object | undefined;
	// Without further tries there is nothing to remember for.
	if (!run || context.getNode().retryOnFail !== true) {
		return { recall: () => undefined, remember: () => undefined, ledger: createLedger() };
	}
	const items = context.getInputData();
	const tries = runs.get(run) ?? { settled: new WeakMap(), ledger: createLedger() };
	runs.set(run, tries);
	return {
		recall(itemIndex) {
			const json = items[itemIndex]?.json;
			return json && tries.settled.get(json)?.get(itemIndex);
		},

		remember(itemIndex, settled) {
			const json = items[itemIndex]?.json;
			if (!json || !REMEMBERED.has(settled.outcome)) return;
			const byIndex = tries.settled.get(json) ?? new Map<number, Settled>();
			tries.settled.set(json, byIndex.set(itemIndex, settled));
		},

		ledger: tries.ledger,
	};
}
