import { createSemaphore } from '../client/rateLimit';

/** Reads by key: of each one is under way and one waits at most, which all share who come meanwhile. */
export interface SharedReads<T> {
	/** `isOwn` is whether this caller's `read` was made, not that of another. */
	run(key: string, read: () => Promise<T>): Promise<{ value: T; isOwn: boolean }>;
}

/** @param width most reads under way at once */
export function createSharedReads<T>(width: number): SharedReads<T> {
	const places = createSemaphore(width);
	const waiting = new Map<string, Promise<T>>();
	const last = new Map<string, Promise<unknown>>();

	async function inTurn(key: string, before: Promise<unknown>, read: () => Promise<T>) {
		await before.catch(() => undefined);
		return await places.run(async () => {
			// From here on it may miss what happens: whoever comes now needs another one.
			waiting.delete(key);
			return await read();
		});
	}

	return {
		async run(key, read) {
			const shared = waiting.get(key);
			if (shared) return { value: await shared, isOwn: false };
			const own = inTurn(key, last.get(key) ?? Promise.resolve(), read);
			waiting.set(key, own);
			last.set(key, own);
			try {
				return { value: await own, isOwn: true };
			} finally {
				if (last.get(key) === own) last.delete(key);
			}
		},
	};
}
