/** Whether what the items say of themselves is what COC's own record says. */
import type { Entry } from './entries.cts';
import { groupBy } from './groupBy.cts';
import type { PlannedItem } from './plan.cts';

/** An item and how its run says that it ended. */
export interface Judged extends PlannedItem {
	run: string;
	/** Its place in the run's input. */
	index: number;
	/** Undefined when the run says nothing of it. */
	outcome: string | undefined;
	/** What a failed item says. */
	error?: string;
	details?: { ticket?: unknown; hint?: unknown };
}

export type Fault =
	/** Recorded more often than items can account for. */
	| 'doubled'
	/** Recorded, though the item says that nothing happened. */
	| 'lost'
	/** Not recorded, though the item says so. */
	| 'falselyClaimed'
	/** Recorded in another order than that of the items. */
	| 'outOfOrder'
	/** Recorded, but no item asked for it. */
	| 'foreign'
	| 'withoutOutcome'
	/** Unknown, but without saying what is known. */
	| 'unlabelled';

export interface Violation {
	fault: Fault;
	ticket: string;
	items: Judged[];
	entries: Entry[];
}

const CLAIMS = ['applied', 'recovered'];
/** Only these leave room for an entry without asking for one. */
const OPEN = ['unknown'];

/**
 * Judges all items of a ticket together. `entries` are those of the record that other people
 * haven't made.
 */
export function judge(items: Judged[], entriesOf: (ticket: string) => Entry[]): Violation[] {
	const byTicket = groupBy(items, ({ ticket }) => ticket.trim());
	return [...byTicket].flatMap(([ticket, own]) => judgeTicket(ticket, own, entriesOf(ticket)));
}

function judgeTicket(ticket: string, items: Judged[], entries: Entry[]): Violation[] {
	const found: Violation[] = [];
	const add = (fault: Fault, who: Judged[], times = 1) => {
		for (let time = 0; time < times; time++) found.push({ fault, ticket, items: who, entries });
	};
	const wanted = groupBy(items, ({ leaves }) => keyOf(leaves));
	const recorded = groupBy(entries, keyOf);
	for (const key of new Set([...wanted.keys(), ...recorded.keys()])) {
		const own = wanted.get(key) ?? [];
		const count = (outcomes: string[]) =>
			own.filter(({ outcome = '' }) => outcomes.includes(outcome)).length;
		const claimed = count(CLAIMS);
		const open = count(OPEN);
		const there = recorded.get(key)?.length ?? 0;
		if (own.length === 0) {
			add('foreign', items, there);
			continue;
		}
		add('falselyClaimed', own, Math.max(0, claimed - there));
		const excess = Math.max(0, there - claimed - open);
		const lost = Math.min(excess, own.length - claimed - open);
		add('lost', own, lost);
		add('doubled', own, excess - lost);
	}
	const claims = items.filter(({ outcome = '' }) => CLAIMS.includes(outcome));
	if (!found.length && !isInOrder(claims, entries)) add('outOfOrder', claims);
	for (const item of items) {
		const { outcome } = item;
		if (outcome === undefined) add('withoutOutcome', [item]);
		if (outcome === 'unknown' && !isLabelled(item)) add('unlabelled', [item]);
	}
	return found;
}

/** What distinguishes an entry from others. */
function keyOf({ operation, operator, result, comment }: Entry): string {
	return JSON.stringify([operation, operator, result, comment]);
}

/** Whether the claims can be found in the record one after the other. */
function isInOrder(claims: Judged[], entries: Entry[]): boolean {
	const keys = entries.map(keyOf);
	let at = 0;
	for (const { leaves } of claims) {
		at = keys.indexOf(keyOf(leaves), at) + 1;
		if (at === 0) return false;
	}
	return true;
}

/** Says which ticket, what happened, and what to do. */
function isLabelled({ ticket, error = '', details }: Judged): boolean {
	const { hint } = details ?? {};
	return (
		details?.ticket === ticket &&
		error.includes(ticket.trim()) &&
		typeof hint === 'string' &&
		/\S/.test(hint) &&
		error.includes(hint)
	);
}
