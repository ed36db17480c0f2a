import { asNonEmptyText, type JsonRecord } from './json';

/** A page of what a service lists for the editor. */
export interface Page<T> {
	entries: T[];
	/** IDs of all that stand on the page, those included that are no entries. */
	ids: string[];
	/** How many came without an ID, by which they could be chosen. */
	withoutId: number;
	/** Where the next page begins; null at the end. */
	next: string | null;
	/** Whether there must be more: the service says so, or gives as many as it was asked for. */
	saysMore: boolean;
}

/**
 * What stands on a page.
 *
 * @param idOf an entry's ID as the service sent it
 * @param entryOf null for what is no entry
 */
export function pageOf<T>(
	records: JsonRecord[],
	idOf: (record: JsonRecord) => unknown,
	entryOf: (record: JsonRecord, id: string) => T | null,
): Pick<Page<T>, 'entries' | 'ids' | 'withoutId'> {
	const identified = records.flatMap((record) => {
		const id = asNonEmptyText(idOf(record));
		return id === null ? [] : [{ id, entry: entryOf(record, id) }];
	});
	return {
		entries: identified.flatMap(({ entry }) => (entry === null ? [] : [entry])),
		ids: identified.map(({ id }) => id),
		withoutId: records.length - identified.length,
	};
}
