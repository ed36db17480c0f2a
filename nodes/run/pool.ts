import { sleep } from 'n8n-workflow';

/**
 * Works on the items 0 … count - 1, at most `width` at once, begun in order. Items of the same key
 * never overlap and keep their order; those that wait for their key take no place.
 *
 * @param prepare called once an item's turn may come; its key is null for an item of its own
 */
export async function pool<T extends { key: string | null }>(
	count: number,
	width: number,
	prepare: (itemIndex: number) => T,
	work: (itemIndex: number, prepared: T) => Promise<void>,
): Promise<void> {
	const breathe = createBreather();
	const queues = new Map<string, Array<{ itemIndex: number; prepared: T }>>();
	let next = 0;

	async function worker(): Promise<void> {
		while (next < count) {
			await breathe();
			if (next >= count) return;
			const itemIndex = next++;
			const prepared = prepare(itemIndex);
			const { key } = prepared;
			const waiting = key === null ? undefined : queues.get(key);
			if (waiting) waiting.push({ itemIndex, prepared });
			else if (key === null) await work(itemIndex, prepared);
			else await oneByOne(key, itemIndex, prepared);
		}
	}

	async function oneByOne(key: string, itemIndex: number, prepared: T): Promise<void> {
		const queue = [{ itemIndex, prepared }];
		queues.set(key, queue);
		// It grows meanwhile.
		for (let at = 0; at < queue.length; at++) {
			await breathe();
			const item = queue[at]!;
			await work(item.itemIndex, item.prepared);
		}
		queues.delete(key);
	}

	await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}

/** Longest time without a turn of Node's event loop, in ms. */
const LONGEST_TURN_MS = 50;

/** Yields after a long turn: items that wait for nothing would block the event loop. */
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
