import type { ReadCoc } from '../../client/read';
import { listSimpleTickets, MOST_SIMPLE_TICKETS } from '../../coc/calls/listIncidentSimpleTickets';

/** The page of the list of all tickets that is read next, and which way it goes on from there. */
export interface StatusPage {
	page: number;
	step: 1 | -1;
}

export interface ManyStatuses {
	/** Statuses by the tickets' numbers; a ticket that isn't among them is unknown. */
	of(numbers: string[]): Promise<ReadonlyMap<string, string>>;
	/** Where it is read on; null when it doesn't help. */
	next: StatusPage | null;
}

export const FIRST_STATUS_PAGE: StatusPage = { page: 1, step: 1 };

/**
 * Statuses for few requests: from the list of all tickets, page by page as they are asked for, as long
 * as that helps. In which order it is isn't documented: where its first page doesn't help, it is read
 * from its end.
 *
 * @param few how many may stay unknown: to read these by themselves takes no longer
 */
export function createManyStatuses(
	read: ReadCoc,
	next: StatusPage | null,
	few: number,
): ManyStatuses {
	const known = new Map<string, string>();
	const statuses: ManyStatuses = { of: statusesOf, next };

	async function statusesOf(numbers: string[]): Promise<ReadonlyMap<string, string>> {
		const unknown = () => numbers.filter((number) => !known.has(number)).length;
		while (unknown() > few && statuses.next !== null) {
			const before = unknown();
			const { page, step } = statuses.next;
			const last = await readPage(page);
			const helped = unknown() < before;
			const isWrongEnd = page === 1 && step === 1 && last > 1 && !helped;
			const following: StatusPage = isWrongEnd
				? { page: last, step: -1 }
				: { page: page + step, step };
			const isThere = following.page >= 1 && following.page <= last;
			statuses.next = isThere ? following : null;
			if (!helped && !isWrongEnd) break;
		}
		return known;
	}

	/** Gives the number of the last page; 0 for one that can't be read. */
	async function readPage(page: number): Promise<number> {
		const tickets = await read(listSimpleTickets(page));
		if (!tickets.ok) return 0;
		for (const [number, status] of tickets.value.statuses) known.set(number, status);
		return Math.ceil((tickets.value.total ?? 0) / MOST_SIMPLE_TICKETS);
	}

	return statuses;
}
