import type { Read } from '../../shared/items/reader';

/** A page of what is listed, and where the next one begins; null at the end. */
export interface Page<T> {
	entries: T[];
	next: string | null;
}

/** What is read at once, so that all of it can be sorted and searched: a user is waiting. */
const MOST = { pages: 25, ms: 20_000 };

/** Reads pages to the end, or as many as are read at once: then `next` tells where to go on. */
export async function readPages<T>(
	from: string | null,
	readPage: (from: string | null) => Promise<Read<Page<T>>>,
): Promise<Read<Page<T>>> {
	const entries: T[] = [];
	let next = from;
	const endsAt = Date.now() + MOST.ms;
	for (let page = 1; page <= MOST.pages && Date.now() < endsAt; page++) {
		const read = await readPage(next);
		if (!read.ok) return read;
		entries.push(...read.value.entries);
		// A service that doesn't go on would give the same page for ever.
		next = read.value.next === next ? null : read.value.next;
		if (next === null) break;
	}
	return { ok: true, value: { entries, next } };
}
