import type { IExecuteFunctions } from 'n8n-workflow';
import type { Settled } from './settled';

/**
 * n8n's *Retry On Fail* runs the whole node again, with all its items, in the same process. What
 * was applied, or may have been, must not be sent a second time: it is remembered for the run.
 *
 * A run is known by its execute data, the same object in every try. An AI agent hands its own to
 * all its tool calls, hence the item's json as second key: it is one object for the tries of a
 * call and another one for the next call. Weak keys: the memory ends with the run.
 */
const runs = new WeakMap<object, WeakMap<object, Map<number, Settled>>>();

/** The memory of this node run. */
export function memoryOf(context: IExecuteFunctions) {
	const run = context.getExecuteData() as object | undefined;
	const items = context.getInputData();
	let memory = run && runs.get(run);
	if (run && !memory) {
		memory = new WeakMap();
		runs.set(run, memory);
	}
	return {
		/** How the item ended in an earlier try, if it must not be sent again. */
		recall(itemIndex: number): Settled | undefined {
			const json = items[itemIndex]?.json;
			return json && memory?.get(json)?.get(itemIndex);
		},

		remember(itemIndex: number, settled: Settled): void {
			const json = items[itemIndex]?.json;
			if (!json || !memory) return;
			if (settled.outcome !== 'applied' && settled.outcome !== 'unknown') return;
			const byIndex = memory.get(json) ?? new Map<number, Settled>();
			memory.set(json, byIndex.set(itemIndex, settled));
		},
	};
}
