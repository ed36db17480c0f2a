// Entries of a history that prove less than they seem to: a lost write must not be taken for done.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type { HistoryEntry, TicketRecord } from '../../nodes/coc/history.ts';
import type * as source from '../../nodes/coc/findWrite.ts';
import type { Trace } from '../../nodes/coc/trace.ts';
import { entryOf, knownOf, ME, OTHER, recordOf, STATUS, traceOf } from './records.cts';

const { findWrite } = built<typeof source>('nodes/coc/findWrite');

const mine = (kind: HistoryEntry['kind'], comment: string | null, after = 50) =>
	entryOf(kind, after, { operator: ME, comment });
const shows = (
	trace: Trace,
	record: TicketRecord,
	known: Partial<source.KnownWrites> = {},
): source.Finding['shows'] => findWrite(trace, record, knownOf(known)).shows;
const { accepted, triggered, paused } = STATUS;

describe('a remark', () => {
	test.each([
		['of ours that holds its text among others', 'Disk 1', 'Disk 10 is replaced'],
		['of ours without a text', 'Disk 1', null],
		['of ours with an empty text', 'Disk 1', ''],
	])('is not proven by another one %s', (_what, text, comment) => {
		expect(shows(traceOf('remark', { text }), recordOf(accepted, mine('remark', comment)))).toBe(
			'unclear',
		);
	});

	test('is proven by its text in a status that nobody knows', () => {
		const found = recordOf(paused, mine('remark', 'Disk 1'));
		expect(shows(traceOf('remark', { text: 'Disk 1' }), found)).toBe('applied');
	});

	test('of an earlier item is not taken for a longer one of this item', () => {
		const trace = traceOf('remark', { text: 'Disk 10 is replaced' });
		const found = recordOf(
			accepted,
			mine('remark', 'Disk 10 is replaced', 90),
			mine('remark', 'Disk 1'),
		);
		expect(shows(trace, found, { recorded: ['Disk 1'] })).toBe('applied');
	});
});

describe.each(['approval', 'refusal', 'pauseRequest'] as const)('%s', (kind) => {
	test('is not proven by an entry of ours without a text: it may be another one of ours', () => {
		const found = recordOf(accepted, mine(kind, null));
		expect(shows(traceOf(kind, { text: 'Fine until Monday' }), found)).toBe('unclear');
	});

	test('is not proven by an entry of ours with our text inside of another one', () => {
		const found = recordOf(accepted, mine(kind, 'Not fine: ask again'));
		expect(shows(traceOf(kind, { text: 'fine' }), found)).toBe('unclear');
	});

	test('is proven by its text in a status that is new to the node, and as it was before', () => {
		const found = recordOf(paused, mine(kind, 'Fine until Monday'));
		expect(shows(traceOf(kind, { text: 'Fine until Monday' }), found, { stateBefore: found })).toBe(
			'applied',
		);
	});
});

describe('a forwarding', () => {
	const trace = traceOf('handover', { text: 'Please look', leads: { assignee: OTHER } });
	const stateBefore = {
		status: accepted,
		level: 'level_30',
		assignee: ME,
		shift: null,
		solvedAt: null,
	};

	test('is not proven absent when the status is another one than before', () => {
		expect(shows(trace, recordOf(triggered), { stateBefore })).toBe('unclear');
	});

	test('is not proven by a target that had the ticket before, without our text', () => {
		const before = { ...stateBefore, assignee: OTHER };
		const found = { ...recordOf(accepted, mine('handover', null)), assignee: OTHER };
		expect(shows(trace, found, { stateBefore: before })).toBe('unclear');
	});
});

test('an entry of ours from right before the first send is no proof', () => {
	// The newest entry that was there before is the measure, not a clock (contract, section 3).
	const earlier = mine('remark', 'Disk 1', -700);
	const before = { entries: [earlier], complete: true };
	const found = recordOf(accepted, earlier);
	expect(shows(traceOf('remark', { text: 'Disk 1' }), found, { before })).not.toBe('applied');
});
