// A lost write whose operator isn't known (v2 acts as the caller): kind, text and time decide.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type { HistoryEntry } from '../../nodes/coc/history.ts';
import type * as source from '../../nodes/coc/findWrite.ts';
import type { Trace } from '../../nodes/coc/trace.ts';
import {
	entryOf,
	knownOf,
	ME,
	recordOf,
	SINCE,
	STATUS,
	traceOf,
	type StatusName,
} from './records.cts';

const { findWrite } = built<typeof source>('nodes/coc/findWrite');

type Shows = source.Finding['shows'];
interface Row {
	what: string;
	name: StatusName;
	entries: HistoryEntry[];
	known?: Partial<source.KnownWrites>;
	shows: Shows;
}

const SOLUTION = 'Renewed the certificate of the payment gateway';
const COMMENT = 'Payments are back now';
const OLD = -60_000;
const solved = entryOf('solution', OLD, { comment: 'Restarted' });

function table(trace: Trace, rows: Row[]) {
	test.each(rows)('$what, it is $name: $shows', ({ name, entries, known, shows }) => {
		const record = recordOf(STATUS[name], ...entries);
		expect(findWrite(trace, record, knownOf(known)).shows).toBe(shows);
	});
}

describe('a verification by whoever it is', () => {
	const said = (comment: string | null, after: number | null = 50) =>
		entryOf('verification', after, { comment });

	table(traceOf('verification', { result: true, operator: null, text: COMMENT }), [
		{ what: 'our text', name: 'completed', entries: [solved, said(COMMENT)], shows: 'applied' },
		{
			what: 'our text in COC’s spelling, by nobody that could be read',
			name: 'completed',
			entries: [{ ...said(' Payments&nbsp;are back now'), operator: null }],
			shows: 'applied',
		},
		{ what: 'another result', name: 'accepted', entries: [said(COMMENT)], shows: 'unclear' },
		{ what: 'no text', name: 'completed', entries: [said(null)], shows: 'unclear' },
		{ what: 'an empty text', name: 'completed', entries: [said('')], shows: 'unclear' },
		{ what: 'no text', name: 'waiting', entries: [said(null)], shows: 'unclear' },
		{ what: 'another text', name: 'completed', entries: [said('Fine')], shows: 'unclear' },
		{
			what: 'a text that was cut',
			name: 'completed',
			entries: [said('Payments')],
			shows: 'unclear',
		},
		{
			what: 'our text twice',
			name: 'completed',
			entries: [said(COMMENT), said(COMMENT, 60)],
			shows: 'unclear',
		},
		{ what: 'no time', name: 'completed', entries: [said(COMMENT, null)], shows: 'unclear' },
		{
			what: 'our text under a key nobody knows',
			name: 'completed',
			entries: [entryOf('unknown', 50, { comment: COMMENT })],
			shows: 'unclear',
		},
		{
			what: 'our text in a remark',
			name: 'waiting',
			entries: [solved, entryOf('remark', 50, { comment: COMMENT })],
			shows: 'absent',
		},
		{ what: 'no entry', name: 'waiting', entries: [solved], shows: 'absent' },
		{ what: 'an old one', name: 'waiting', entries: [said('Fine', OLD)], shows: 'absent' },
		{
			what: 'an old one in other words that led there',
			name: 'completed',
			entries: [said('Fine', OLD)],
			shows: 'tooLate',
		},
		{
			what: 'an old one in our words, by a clock that may be behind',
			name: 'completed',
			entries: [said(COMMENT, OLD)],
			shows: 'unclear',
		},
		{ what: 'no entry', name: 'completed', entries: [solved], shows: 'unclear' },
		{
			what: 'that of an earlier item of the run',
			name: 'completed',
			entries: [said(COMMENT)],
			known: { recorded: [COMMENT] },
			shows: 'tooLate',
		},
		{
			what: 'our text, perhaps of an earlier item of the run',
			name: 'completed',
			entries: [said(COMMENT)],
			known: { maybeRecorded: true },
			shows: 'unclear',
		},
		{
			what: 'our text, without COC’s clock',
			name: 'completed',
			entries: [said(COMMENT)],
			known: { since: null },
			shows: 'unclear',
		},
		{
			what: 'our text, newer than all that was there before',
			name: 'completed',
			entries: [solved, said(COMMENT)],
			known: { since: null, before: { entries: [solved], complete: true } },
			shows: 'applied',
		},
	]);
});

describe('a solution by whoever it is', () => {
	const told = (comment: string | null) => entryOf('solution', 50, { comment });

	table(traceOf('solution', { operator: null, text: SOLUTION }), [
		{ what: 'our text', name: 'waiting', entries: [told(SOLUTION)], shows: 'applied' },
		{ what: 'no text', name: 'waiting', entries: [told(null)], shows: 'unclear' },
		{
			what: 'our text among others',
			name: 'waiting',
			entries: [told(`A: ${SOLUTION}`)],
			shows: 'unclear',
		},
		{ what: 'another text', name: 'waiting', entries: [told('Replaced a disk')], shows: 'unclear' },
		{ what: 'no entry', name: 'accepted', entries: [], shows: 'absent' },
		{ what: 'an old one', name: 'waiting', entries: [solved], shows: 'tooLate' },
		{ what: 'no entry', name: 'waiting', entries: [], shows: 'unclear' },
	]);
});

describe('an acceptance by whoever it is', () => {
	// It has no text, so that nothing tells it from somebody else's.
	table(traceOf('acceptance', { operator: null }), [
		{ what: 'an entry', name: 'accepted', entries: [entryOf('acceptance', 50)], shows: 'unclear' },
		{
			what: 'an entry with an empty text',
			name: 'accepted',
			entries: [entryOf('acceptance', 50, { comment: '' })],
			shows: 'unclear',
		},
		{ what: 'no entry', name: 'triggered', entries: [], shows: 'absent' },
		{
			what: 'an old entry',
			name: 'accepted',
			entries: [entryOf('acceptance', OLD)],
			shows: 'tooLate',
		},
	]);
});

test('an operator that is known is never taken for one that could not be read', () => {
	for (const kind of ['acceptance', 'solution', 'verification'] as const) {
		const entry = entryOf(kind, 50, { operator: null, comment: COMMENT });
		const trace = traceOf(kind, {
			text: COMMENT,
			...(kind === 'verification' && { result: true }),
		});
		for (const status of Object.values(STATUS)) {
			expect(findWrite(trace, recordOf(status, entry), knownOf()).shows).toBe('unclear');
		}
	}
});

describe('entries of earlier items of the run', () => {
	const trace = traceOf('verification', { result: false, text: COMMENT });
	const said = (comment: string, after = 50) =>
		entryOf('verification', after, { operator: ME, comment });

	table(trace, [
		{
			what: 'theirs and ours, in the same words',
			name: 'accepted',
			entries: [said(COMMENT), said(COMMENT, 90)],
			known: { recorded: [COMMENT] },
			shows: 'applied',
		},
		{
			what: 'theirs and ours, in other words',
			name: 'accepted',
			entries: [said('First look'), said(COMMENT, 90)],
			known: { recorded: ['First look'] },
			shows: 'applied',
		},
		{
			what: 'theirs only, twice the same words',
			name: 'waiting',
			entries: [said(COMMENT), said(COMMENT, 90)],
			known: { recorded: [COMMENT, COMMENT] },
			shows: 'absent',
		},
		{
			what: 'one more than are known to be theirs',
			name: 'accepted',
			entries: [said(COMMENT), said(COMMENT, 70), said(COMMENT, 90)],
			known: { recorded: [COMMENT] },
			shows: 'unclear',
		},
		{
			what: 'theirs led there',
			name: 'accepted',
			entries: [said('First look')],
			known: { recorded: ['First look'] },
			shows: 'tooLate',
		},
		{
			what: 'theirs does not count for another person’s',
			name: 'waiting',
			entries: [{ ...said(COMMENT), operator: 'other' }],
			known: { recorded: [COMMENT] },
			shows: 'unclear',
		},
		{
			what: 'one that may be theirs',
			name: 'accepted',
			entries: [said(COMMENT)],
			known: { maybeRecorded: true },
			shows: 'unclear',
		},
		{
			what: 'none, though one of theirs may come',
			name: 'waiting',
			entries: [],
			known: { maybeRecorded: true, since: SINCE },
			shows: 'absent',
		},
	]);
});
