/** What a run knows of its own writes to one ticket in one person's name. */
export interface LedgerPage {
	/** When the first of them was sent, in ms since 1970 by this machine's clock. */
	since: number;
	/** By what each of those that were applied is known in COC's record. */
	owned: string[];
	/** Whether one of them may have been applied. */
	uncertain: boolean;
}

/**
 * The writes of a run, so that an entry in COC's history is claimed by one item only: items may
 * repeat a ticket, its operator and the comment.
 */
export interface Ledger {
	/** The ledger of an endpoint: another COC may have tickets of the same number. */
	at(endpoint: string): EndpointLedger;
}

export interface EndpointLedger {
	/** The page of a ticket and a person; opened when the first write is about to be sent. */
	page(ticket: string, actor: string, now: number): LedgerPage;
}

export function createLedger(): Ledger {
	const pages = new Map<string, LedgerPage>();
	return {
		at: (endpoint) => ({
			page(ticket, actor, now) {
				const key = JSON.stringify([endpoint, ticket, actor]);
				let page = pages.get(key);
				if (!page) {
					page = { since: now, owned: [], uncertain: false };
					pages.set(key, page);
				}
				return page;
			},
		}),
	};
}
