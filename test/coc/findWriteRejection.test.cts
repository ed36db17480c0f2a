// A lost rejection, reopening or closing, held against COC's record: a row each for what proves it,
// what proves that it was not done, and what proves nothing.
import { describe } from '@jest/globals';
import { mine, OLD, table, theirs } from './proofTable.cts';
import { OTHER, traceOf } from './records.cts';

const TEXT = 'Not ours: the payment service belongs to the shop team';
const soon = 50;

describe('a rejection', () => {
	table(traceOf('rejection', { text: TEXT }), [
		['our text', 'rejected', [mine('rejection', soon, TEXT)], 'applied'],
		['no text kept: its status shows it', 'rejected', [mine('rejection', soon)], 'applied'],
		[
			'our text, closed since',
			'completed',
			[mine('rejection', soon, TEXT), theirs('agreement', 90)],
			'applied',
		],
		['ours, but it waits as before', 'triggered', [mine('rejection', soon, TEXT)], 'unclear'],
		['another text of ours', 'rejected', [mine('rejection', soon, 'A duplicate')], 'unclear'],
		[
			'somebody else’s in other words',
			'rejected',
			[theirs('rejection', soon, { comment: 'No' })],
			'tooLate',
		],
		[
			'somebody else’s in our words',
			'rejected',
			[theirs('rejection', soon, { comment: TEXT })],
			'unclear',
		],
		[
			'ours twice',
			'rejected',
			[mine('rejection', soon, TEXT), mine('rejection', 60, TEXT)],
			'unclear',
		],
		['ours, nobody knows when', 'rejected', [mine('rejection', null, TEXT)], 'unclear'],
		['no entry', 'rejected', [], 'unclear'],
		['no entry, all as before', 'triggered', [], 'absent', {}, 'triggered'],
		['no entry, but another level', 'triggered', [], 'unclear', { level: 'level_10' }, 'triggered'],
		[
			'reopened after an old one of ours',
			'triggered',
			[mine('rejection', 2 * OLD, TEXT), theirs('reopening', OLD)],
			'absent',
			{},
			'triggered',
		],
		[
			'somebody else’s, reopened since',
			'triggered',
			[theirs('rejection', soon), theirs('reopening', 90)],
			'unclear',
			{},
			'triggered',
		],
		['no entry, it was accepted', 'accepted', [theirs('acceptance', soon)], 'tooLate'],
		['somebody else had rejected it', 'rejected', [theirs('rejection', OLD)], 'tooLate'],
	]);
});

describe('a reopening, which has no text', () => {
	const rejected = theirs('rejection', OLD);
	table(traceOf('reopening'), [
		['ours', 'triggered', [rejected, mine('reopening', soon)], 'applied'],
		[
			'ours, with words of COC',
			'triggered',
			[rejected, mine('reopening', soon, 'Resubmitted.')],
			'applied',
		],
		[
			'ours, accepted since',
			'accepted',
			[rejected, mine('reopening', soon), theirs('acceptance', 90)],
			'applied',
		],
		['somebody else’s', 'triggered', [rejected, theirs('reopening', soon)], 'unclear'],
		[
			'ours twice',
			'triggered',
			[rejected, mine('reopening', soon), mine('reopening', 60)],
			'unclear',
		],
		['ours, nobody knows when', 'triggered', [mine('reopening', null)], 'unclear'],
		['no entry, it waits again', 'triggered', [rejected], 'unclear'],
		['no entry, all as before', 'rejected', [rejected], 'absent', {}, 'rejected'],
		[
			'an old one of ours',
			'rejected',
			[mine('reopening', 2 * OLD), rejected],
			'absent',
			{},
			'rejected',
		],
		[
			'no entry, but somebody else has it',
			'rejected',
			[rejected],
			'unclear',
			{ assignee: OTHER },
			'rejected',
		],
		[
			'somebody else’s, rejected since',
			'rejected',
			[theirs('reopening', soon), theirs('rejection', 90)],
			'unclear',
			{},
			'rejected',
		],
		['no entry, it was closed', 'completed', [rejected, theirs('agreement', soon)], 'unclear'],
	]);
});

describe('a closing, which has no text', () => {
	const rejected = theirs('rejection', 2 * OLD);
	table(traceOf('agreement'), [
		['ours', 'completed', [rejected, mine('agreement', soon)], 'applied'],
		[
			'ours, but it isn’t closed',
			'rejected',
			[rejected, mine('agreement', soon)],
			'unclear',
			{},
			'rejected',
		],
		['ours, but it is back', 'accepted', [rejected, mine('agreement', soon)], 'unclear'],
		['somebody else’s', 'completed', [rejected, theirs('agreement', soon)], 'unclear'],
		['somebody else had closed it', 'completed', [rejected, theirs('agreement', OLD)], 'tooLate'],
		['ours, nobody knows when', 'completed', [rejected, mine('agreement', null)], 'unclear'],
		['no entry', 'completed', [rejected], 'unclear'],
		['verified by somebody', 'completed', [rejected, theirs('verification', soon)], 'unclear'],
		['no entry, all as before', 'rejected', [rejected], 'absent', {}, 'rejected'],
		['no entry, but another level', 'rejected', [rejected], 'unclear', { level: null }, 'rejected'],
		['it was reopened', 'triggered', [rejected, theirs('reopening', soon)], 'tooLate'],
	]);
});

describe('by a user whose ID isn’t known: kind, text and time', () => {
	const whoever = { operator: null };
	describe.each(['reopening', 'agreement'] as const)('%s, which has no text', (kind) => {
		const name = kind === 'agreement' ? 'completed' : 'triggered';
		table(traceOf(kind, whoever), [
			['an entry: anybody’s', name, [mine(kind, soon)], 'unclear'],
			['no entry, all as before', 'rejected', [theirs('rejection', OLD)], 'absent', {}, 'rejected'],
		]);
	});
});
