// A lost write, held against COC's record: it was applied, it was not and may be sent again, it came
// too late, or nobody can say. A row each for every kind of step.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type { HistoryEntry } from '../../nodes/coc/history.ts';
import type * as source from '../../nodes/coc/findWrite.ts';
import type { Trace } from '../../nodes/coc/trace.ts';
import { entryOf, knownOf, ME, recordOf, STATUS, traceOf, type StatusName } from './records.cts';

const { findWrite } = built<typeof source>('nodes/coc/findWrite');

type Shows = source.Finding['shows'];
/** What is told, the ticket's status, its history in any order, and what that shows. */
type Row = [what: string, name: StatusName, entries: HistoryEntry[], shows: Shows];

const SOLUTION = 'Renewed the certificate of the payment gateway';
const COMMENT = 'Payments are back now';
const OLD = -60_000;
const theirs = entryOf;
const mine = (kind: HistoryEntry['kind'], after: number | null, comment: string | null = null) =>
	entryOf(kind, after, { operator: ME, comment });

function table(trace: Trace, rows: Row[]) {
	const cases = rows.map(([what, name, entries, shows]) => ({ what, name, entries, shows }));
	test.each(cases)('$what, it is $name: $shows', ({ name, entries, shows }) => {
		const status = STATUS[name];
		const unread = { ...recordOf(status), history: { entries, complete: false } };
		for (const order of [entries, [...entries].reverse()]) {
			expect(findWrite(trace, recordOf(status, ...order), knownOf()).shows).toBe(shows);
		}
		// What can't be read may be ours, or another one's.
		expect(findWrite(trace, unread, knownOf()).shows).toBe('unclear');
	});
}

describe('an acceptance', () => {
	table(traceOf('acceptance'), [
		['our entry', 'accepted', [mine('acceptance', 50)], 'applied'],
		['our entry, with words of COC', 'accepted', [mine('acceptance', 50, 'Accepted.')], 'applied'],
		['solved since', 'waiting', [mine('acceptance', 50), theirs('solution', 90)], 'applied'],
		['verified since', 'completed', [mine('acceptance', 50)], 'applied'],
		['as the clock of the answers runs ahead', 'accepted', [mine('acceptance', -1000)], 'applied'],
		['no entry', 'triggered', [], 'absent'],
		['a remark of ours', 'triggered', [mine('remark', 50, 'Looking')], 'absent'],
		['handed over before', 'triggered', [theirs('handover', OLD)], 'absent'],
		['an old entry of ours', 'triggered', [mine('acceptance', OLD)], 'absent'],
		['somebody else had accepted it', 'accepted', [theirs('acceptance', OLD)], 'tooLate'],
		['nobody else did', 'accepted', [], 'unclear'],
		['somebody else did meanwhile', 'accepted', [theirs('acceptance', 50)], 'unclear'],
		['the same, it came back', 'triggered', [theirs('acceptance', 50)], 'unclear'],
		['somebody did, nobody knows when', 'triggered', [theirs('acceptance', null)], 'unclear'],
		['ours, nobody knows when', 'accepted', [mine('acceptance', null)], 'unclear'],
		['two of ours', 'accepted', [mine('acceptance', 50), mine('acceptance', 60)], 'unclear'],
		['ours, but it is back', 'triggered', [mine('acceptance', 50)], 'unclear'],
		['ours, but it was rejected', 'rejected', [mine('acceptance', 50)], 'unclear'],
		['ours, in a status nobody knows', 'paused', [mine('acceptance', 50)], 'unclear'],
		['a key of ours that nobody knows', 'triggered', [mine('unknown', 50)], 'unclear'],
		['no entry, in a status nobody knows', 'paused', [], 'unclear'],
		['no entry', 'draft', [], 'tooLate'],
		['no entry', 'rejected', [theirs('handover', 50)], 'tooLate'],
		['handed over and not back', 'accepted', [theirs('handover', OLD)], 'unclear'],
	]);
});

describe('a solution', () => {
	table(traceOf('solution', { text: SOLUTION }), [
		['our entry', 'waiting', [mine('solution', 50, SOLUTION)], 'applied'],
		['our entry, its text not kept', 'waiting', [mine('solution', 50)], 'applied'],
		['our entry, an empty text', 'waiting', [mine('solution', 50, '')], 'applied'],
		[
			'our entry, with its cause',
			'waiting',
			[mine('solution', 50, `Disk. ${SOLUTION}`)],
			'applied',
		],
		['verified since', 'completed', [mine('solution', 50, SOLUTION)], 'applied'],
		['no entry', 'accepted', [theirs('acceptance', OLD)], 'absent'],
		[
			'our old one, sent back',
			'accepted',
			[mine('solution', 2 * OLD, SOLUTION), theirs('verification', OLD)],
			'absent',
		],
		['somebody else had solved it', 'waiting', [theirs('solution', OLD)], 'tooLate'],
		['no entry', 'triggered', [theirs('handover', 50)], 'tooLate'],
		['no entry', 'rejected', [theirs('handover', 50)], 'tooLate'],
		['closed after a rejection', 'completed', [theirs('agreement', 50)], 'unclear'],
		['nobody else solved it', 'waiting', [theirs('acceptance', OLD)], 'unclear'],
		['another text of ours', 'waiting', [mine('solution', 50, 'Replaced a disk')], 'unclear'],
		['a text of ours that was cut', 'waiting', [mine('solution', 50, 'Renewed the')], 'unclear'],
		['somebody else’s without a text', 'waiting', [theirs('solution', 50)], 'unclear'],
		[
			'somebody else’s in our words',
			'waiting',
			[theirs('solution', 50, { comment: SOLUTION })],
			'unclear',
		],
		[
			'somebody else’s, sent back since',
			'accepted',
			[theirs('solution', 50, { comment: 'Replaced a disk' }), theirs('verification', 90)],
			'unclear',
		],
		['ours, but it is back', 'accepted', [mine('solution', 50, SOLUTION)], 'unclear'],
		['verified without a solution', 'completed', [theirs('verification', 50)], 'unclear'],
		['ours under a key nobody knows', 'waiting', [mine('unknown', 50, SOLUTION)], 'unclear'],
	]);
});

describe.each([
	['Resolved', true],
	['Unresolved', false],
])('a verification as %s', (_label, result) => {
	const when = (resolved: Shows, unresolved: Shows) => (result ? resolved : unresolved);
	const ours = mine('verification', 50, COMMENT);
	const another = theirs('verification', 50, { comment: 'Fine' });
	const solved = theirs('solution', OLD);

	table(traceOf('verification', { result, text: COMMENT }), [
		['our entry', 'completed', [solved, ours], when('applied', 'unclear')],
		['our entry', 'accepted', [solved, ours], when('unclear', 'applied')],
		['our entry', 'triggered', [solved, ours], when('unclear', 'applied')],
		['our entry', 'rejected', [solved, ours], when('unclear', 'applied')],
		['our entry', 'paused', [solved, ours], when('unclear', 'applied')],
		['ours, solved again', 'waiting', [ours, theirs('solution', 90)], when('unclear', 'applied')],
		['our entry', 'draft', [ours], 'unclear'],
		['no entry', 'waiting', [solved], 'absent'],
		['our old one', 'waiting', [mine('verification', 2 * OLD, COMMENT), solved], 'absent'],
		['another one', 'completed', [solved, another], 'tooLate'],
		['another one', 'accepted', [solved, another], 'tooLate'],
		['another one, solved again', 'waiting', [another, theirs('solution', 90)], 'unclear'],
		['in our words by another one', 'waiting', [{ ...another, comment: COMMENT }], 'unclear'],
		['in other words of ours', 'waiting', [mine('verification', 50, 'Fine')], 'unclear'],
		['two of ours', 'waiting', [ours, { ...ours, at: ours.at! + 9 }], 'unclear'],
		['ours, nobody knows when', 'completed', [{ ...ours, at: null }], 'unclear'],
		['no entry', 'completed', [solved], when('unclear', 'tooLate')],
		['no entry', 'accepted', [solved], when('tooLate', 'unclear')],
		['no entry', 'triggered', [solved], when('tooLate', 'unclear')],
		['no entry', 'rejected', [solved], when('tooLate', 'unclear')],
		['no entry', 'paused', [solved], 'unclear'],
		[
			'not solved yet',
			'accepted',
			[theirs('acceptance', OLD), theirs('handover', 2 * OLD)],
			when('tooLate', 'unclear'),
		],
		[
			'closed after a rejection',
			'completed',
			[theirs('agreement', OLD)],
			when('unclear', 'tooLate'),
		],
	]);
});
