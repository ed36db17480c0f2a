// A lost remark, held against COC's record. Nothing but the history shows it, and a repeat doubles it.
import { describe, expect, test } from '@jest/globals';
import type * as source from '../../nodes/coc/findWrite.ts';
import { built } from '../support/built.cts';
import { mine, OLD, table, theirs } from './proofTable.cts';
import { knownOf, OTHER, recordOf, STATUS, traceOf, type StatusName } from './records.cts';

const { findWrite } = built<typeof source>('nodes/coc/findWrite');

const TEXT = 'The provider is informed, case 4711';
const soon = 50;
const trace = traceOf('remark', { text: TEXT });
const NAMES: StatusName[] = ['draft', 'triggered', 'rejected', 'accepted', 'waiting', 'completed'];

describe.each(NAMES)('a remark on a ticket that is %s', (name) => {
	table(trace, [
		['our text', name, [mine('remark', soon, TEXT)], 'applied', {}, name],
		['no entry, all as before', name, [], 'absent', {}, name],
	]);
});

describe('a remark', () => {
	table(trace, [
		['our text in COC’s spelling', 'accepted', [mine('remark', soon, `${TEXT}<br>`)], 'applied'],
		[
			'our text, and other ones of others',
			'accepted',
			[mine('remark', soon, TEXT), theirs('remark', 60, { comment: 'Me too' })],
			'applied',
		],
		[
			'our text, and an old one',
			'accepted',
			[mine('remark', soon, TEXT), mine('remark', OLD, TEXT)],
			'applied',
		],
		[
			'our text, and somebody else did more',
			'accepted',
			[mine('remark', soon, TEXT), theirs('handover', 60)],
			'applied',
			{ assignee: OTHER },
		],
		[
			'our text, a level changed since',
			'accepted',
			[mine('remark', soon, TEXT)],
			'applied',
			{ level: 'level_10' },
		],
		[
			'our text, solved since',
			'waiting',
			[mine('remark', soon, TEXT), theirs('solution', 60)],
			'applied',
		],
		[
			'our text twice',
			'accepted',
			[mine('remark', soon, TEXT), mine('remark', 60, TEXT)],
			'unclear',
		],
		['our text, nobody knows when', 'accepted', [mine('remark', null, TEXT)], 'unclear'],
		['our text under a key nobody knows', 'accepted', [mine('unknown', soon, TEXT)], 'unclear'],
		[
			'our text in somebody else’s',
			'accepted',
			[theirs('remark', soon, { comment: TEXT })],
			'unclear',
		],
		['no entry, but the ticket was changed', 'accepted', [], 'unclear', { level: 'level_10' }],
		[
			'a text of ours that was cut',
			'accepted',
			[mine('remark', soon, 'The provider is')],
			'unclear',
		],
		['another text of ours', 'accepted', [mine('remark', soon, 'Looking')], 'unclear'],
		['an old one of ours', 'accepted', [mine('remark', OLD, TEXT)], 'absent'],
		[
			'somebody else’s in other words',
			'accepted',
			[theirs('remark', soon, { comment: 'Me too' })],
			'absent',
		],
		['our text in a step that is no remark', 'accepted', [mine('handover', soon, TEXT)], 'absent'],
	]);
});

describe('remarks of earlier items of the run', () => {
	test.each<[string, string[], string[], source.Finding['shows']]>([
		['theirs and ours, in the same words', [TEXT, TEXT], [TEXT], 'applied'],
		['theirs and ours, in other words', ['Looking', TEXT], ['Looking'], 'applied'],
		['only theirs', [TEXT], [TEXT], 'absent'],
		['only theirs, in other words', ['Looking'], ['Looking'], 'absent'],
		['one more than are known', [TEXT, TEXT, TEXT], [TEXT], 'unclear'],
	])('%s', (_what, texts, recorded, shows) => {
		const entries = texts.map((text, index) => mine('remark', soon + index, text));
		const found = findWrite(trace, recordOf(STATUS.accepted, ...entries), knownOf({ recorded }));
		expect(found.shows).toBe(shows);
	});

	test('one that may be among them is nobody’s', () => {
		const found = recordOf(STATUS.accepted, mine('remark', soon, TEXT));
		expect(findWrite(trace, found, knownOf({ maybeRecorded: true })).shows).toBe('unclear');
	});
});
