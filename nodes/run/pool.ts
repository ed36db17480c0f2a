import { sleep } from 'n8n-workflow';

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
	const breathe = createBreather();
	const lanes = new Map<string, Array<{ itemIndex: number; prepared: T }>>();
	let next = 0;

	async function worker(): Promise<void> {
		while (next < count) {
			await breathe();
			if (next >= count) return;
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
			await breathe();
			const item = queue[at]!;
			await work(item.itemIndex, item.prepared);
		}
		lanes.delete(lane);
	}

	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}

/** Longest time without a turn of Node's event loop, in ms. */
const LONGEST_TURN_MS = 50;

/**
 * Lets others in after a long turn: items that wait for nothing would block the event loop, and with
 * it everything else in n8n's process.
 */
export function createBreather(): () => Promise<void> {
	let began = Date.now();
	let pause: Promise<void> | undefined;
	const isLong = () => Math.abs(Date.now() - began) > LONGEST_TURN_MS;
	return async () => {
		while (pause || isLong()) {
			pause ??= takeTurn().then(() => {
				began = Date.now();
				pause = undefined;
			});
			await pause;
		}
	};
}

/** After a long turn Node takes the first timer for due at once: only the second one lets others in. */
async function takeTurn(): Promise<void> {
	await sleep(0);
	await sleep(0);
}
