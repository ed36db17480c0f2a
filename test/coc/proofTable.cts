/** A lost action, held against what COC's record may show: a table of what each record proves. */
import { expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/findWrite.ts';
import type { HistoryEntry, TicketRecord } from '../../nodes/coc/history.ts';
import type { Trace } from '../../nodes/coc/trace.ts';
import { entryOf, knownOf, ME, recordOf, STATUS, type StatusName } from './records.cts';

const { findWrite } = built<typeof source>('nodes/coc/findWrite');

/** Long before the first send. */
export const OLD = -60_000;
export const theirs = entryOf;
export const mine = (
	kind: HistoryEntry['kind'],
	after: number | null,
	comment: string | null = null,
): HistoryEntry => entryOf(kind, after, { operator: ME, comment });

/** What is told, the ticket's status, its history in any order, and what that shows. */
type Row = [
	what: string,
	name: StatusName,
	entries: HistoryEntry[],
	shows: source.Finding['shows'],
	/** What of the ticket is otherwise than before the first send, its status aside. */
	now?: Partial<TicketRecord>,
	/** Its status before the first send; `accepted` unless told. */
	before?: StatusName,
];

export function table(trace: Trace, rows: Row[]): void {
	const cases = rows.map(([what, name, entries, shows, now = {}, before = 'accepted']) => {
		return { what, name, entries, shows, now, before };
	});
	test.each(cases)('$what, it is $name: $shows', ({ name, entries, shows, now, before }) => {
		const known = knownOf({ stateBefore: recordOf(STATUS[before]) });
		const found = { ...recordOf(STATUS[name], ...entries), ...now };
		for (const order of [entries, entries.toReversed()]) {
			const history = { entries: order, complete: true };
			expect(findWrite(trace, { ...found, history }, known).shows).toBe(shows);
		}
		// What can't be read may be ours, or another one's.
		const unread = { ...found, history: { entries, complete: false } };
		expect(findWrite(trace, unread, known).shows).toBe('unclear');
	});
}
