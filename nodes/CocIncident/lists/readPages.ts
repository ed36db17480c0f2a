import type { Page } from '../../coc/page';
import { unreadFailure, type Read } from '../../errors/failure';

/** Entries of as many pages as are read at once, and where to go on; null at the end. */
export type Entries<T> = Pick<Page<T>, 'entries' | 'withoutId' | 'next'>;

/** What is read at once, so that all of it can be sorted and searched: a user is waiting. */
const MOST = { pages: 25, ms: 20_000 };

/**
 * Reads pages to the end, or as many as are read at once: then `next` is where to go on. A page
 * that is shorter than asked for isn't the last one: a service may give fewer at a time.
 */
export async function readPages<T>(
	from: string | null,
	readPage: (from: string | null) => Promise<Read<Page<T>>>,
): Promise<Read<Entries<T>>> {
	const entries: T[] = [];
	const seen = new Set<string>();
	let withoutId = 0;
	let next = from;
	const endsAt = Date.now() + MOST.ms;
	for (let page = 1; page <= MOST.pages && Date.now() < endsAt; page++) {
		const read = await readPage(next);
		if (!read.ok) return read;
		const { ids, next: following, saysMore } = read.value;
		const before = seen.size;
		ids.forEach((id) => seen.add(id));
		const goesOn = seen.size > before || (ids.length === 0 && following !== next);
		// A service that doesn't go on would give the same page for ever.
		if (!goesOn && saysMore) return { ok: false, failure: ENDLESS };
		next = goesOn ? following : null;
		if (goesOn || page === 1) {
			entries.push(...read.value.entries);
			withoutId += read.value.withoutId;
		}
		if (next === null) break;
	}
	return { ok: true, value: { entries, withoutId, next } };
}

const ENDLESS = unreadFailure(
	'the same came again and again, so that not all of them could be read',
	'',
);
