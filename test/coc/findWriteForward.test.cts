// A lost forwarding, held against COC's record: a row each for what proves it, what proves that it was
// not done, and what proves nothing.
import { describe } from '@jest/globals';
import { mine, OLD, table, theirs } from './proofTable.cts';
import { ME, OTHER, traceOf } from './records.cts';

const TEXT = 'The network is fine, please look at the database';
const soon = 50;

describe('a forwarding to a person', () => {
	const trace = traceOf('handover', { text: TEXT, leads: { assignee: OTHER } });
	const there = { assignee: OTHER };

	table(trace, [
		['our text, the ticket is there', 'accepted', [mine('handover', soon, TEXT)], 'applied', there],
		[
			'our text, before its acceptance',
			'triggered',
			[mine('handover', soon, TEXT)],
			'applied',
			there,
		],
		[
			'our text, in COC’s spelling',
			'accepted',
			[mine('handover', soon, ` ${TEXT}\r\n`)],
			'applied',
			there,
		],
		[
			'our text, forwarded on since',
			'accepted',
			[mine('handover', soon, TEXT), theirs('handover', 90, { comment: 'On' })],
			'applied',
		],
		[
			'our text, solved since',
			'waiting',
			[mine('handover', soon, TEXT), theirs('solution', 90)],
			'applied',
			there,
		],
		[
			'our text, rejected since',
			'rejected',
			[mine('handover', soon, TEXT), theirs('rejection', 90)],
			'applied',
			there,
		],
		['no text kept, the ticket is there', 'accepted', [mine('handover', soon)], 'applied', there],
		['no text kept, the ticket is elsewhere', 'accepted', [mine('handover', soon)], 'unclear'],
		[
			'our text among others, the ticket is elsewhere',
			'accepted',
			[mine('handover', soon, `A: ${TEXT}`)],
			'unclear',
		],
		[
			'another text of ours, the ticket is there',
			'accepted',
			[mine('handover', soon, 'Yours')],
			'unclear',
			there,
		],
		[
			'a text of ours that was cut',
			'accepted',
			[mine('handover', soon, 'The network is')],
			'unclear',
			there,
		],
		[
			'somebody else’s in our words',
			'accepted',
			[theirs('handover', soon, { comment: TEXT })],
			'unclear',
			there,
		],
		[
			'somebody else’s in other words',
			'accepted',
			[theirs('handover', soon, { comment: 'Ours' })],
			'unclear',
		],
		['somebody else’s without a text', 'accepted', [theirs('handover', soon)], 'unclear'],
		[
			'ours twice',
			'accepted',
			[mine('handover', soon, TEXT), mine('handover', 60, TEXT)],
			'unclear',
			there,
		],
		['ours, nobody knows when', 'accepted', [mine('handover', null, TEXT)], 'unclear', there],
		['ours under a key nobody knows', 'accepted', [mine('unknown', soon, TEXT)], 'unclear', there],
		['no entry, the ticket is there', 'accepted', [], 'unclear', there],
		['no entry, another level', 'accepted', [], 'unclear', { level: 'level_10' }],
		['no entry, with a shift', 'accepted', [], 'unclear', { shift: 'scene/role' }],
		['no entry, it is solved', 'waiting', [], 'unclear'],
		['no entry, all as before', 'accepted', [], 'absent'],
		['no entry, not accepted, all as before', 'triggered', [], 'absent', {}, 'triggered'],
		['an old one of ours', 'accepted', [mine('handover', OLD, TEXT)], 'absent'],
		['an old one of somebody else', 'accepted', [theirs('handover', OLD)], 'absent'],
		['a remark of ours in the same words', 'accepted', [mine('remark', soon, TEXT)], 'absent'],
	]);
});

describe('a forwarding to a shift: the person on it shows nothing', () => {
	table(traceOf('handover', { text: TEXT, leads: {} }), [
		['our text', 'accepted', [mine('handover', soon, TEXT)], 'applied'],
		[
			'our text, somebody has it',
			'accepted',
			[mine('handover', soon, TEXT)],
			'applied',
			{ assignee: OTHER },
		],
		['no entry, somebody has it', 'accepted', [], 'unclear', { assignee: OTHER }],
		['no entry, a shift has it', 'accepted', [], 'unclear', { shift: 'scene/role' }],
		['no entry, all as before', 'accepted', [], 'absent'],
	]);
});

describe('by a user whose ID isn’t known: kind, text and time', () => {
	const whoever = { operator: null };
	table(traceOf('handover', { ...whoever, text: TEXT, leads: { assignee: ME } }), [
		['our text', 'accepted', [theirs('handover', soon, { comment: TEXT })], 'applied'],
		[
			'our text among others',
			'accepted',
			[theirs('handover', soon, { comment: `A: ${TEXT}` })],
			'unclear',
		],
		['no text', 'accepted', [theirs('handover', soon)], 'unclear'],
		[
			'our text twice',
			'accepted',
			[mine('handover', soon, TEXT), mine('handover', 60, TEXT)],
			'unclear',
		],
		['our text long ago', 'accepted', [theirs('handover', OLD, { comment: TEXT })], 'absent'],
		['our text, nobody knows when', 'accepted', [mine('handover', null, TEXT)], 'unclear'],
	]);
});
