/**
 * Works on the items 0 … count - 1, at most `width` at once, begun in order. Items of the same lane
 * never overlap and keep their order; those that wait for their lane take no place.
 *
 * @param prepare called once an item's turn may come; `lane` is null for an item of its own
 */
export async function inLanes<T extends { lane: string | null }>(
	count: number,
	width: number,
	prepare: (itemIndex: number) => T,
	work: (itemIndex: number, prepared: T) => Promise<void>,
): Promise<void> {
	const lanes = new Map<string, Array<{ itemIndex: number; prepared: T }>>();
	let next = 0;

	async function worker(): Promise<void> {
		while (next < count) {
			const itemIndex = next++;
			const prepared = prepare(itemIndex);
			const { lane } = prepared;
			const waiting = lane === null ? undefined : lanes.get(lane);
			if (waiting) waiting.push({ itemIndex, prepared });
			else if (lane === null) await work(itemIndex, prepared);
			else await alongLane(lane, itemIndex, prepared);
		}
	}

	async function alongLane(lane: string, itemIndex: number, prepared: T): Promise<void> {
		const queue = [{ itemIndex, prepared }];
		lanes.set(lane, queue);
		// It grows while it is worked off.
		for (let at = 0; at < queue.length; at++) {
			const item = queue[at]!;
			await work(item.itemIndex, item.prepared);
		}
		lanes.delete(lane);
	}

	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
