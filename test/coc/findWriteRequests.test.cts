// A lost action that leaves a ticket with its handler, held against COC's record: a row each for what
// proves it, what proves that it was not done, and what proves nothing.
import { describe } from '@jest/globals';
import { mine, OLD, table, theirs } from './proofTable.cts';
import { OTHER, traceOf } from './records.cts';

const TEXT = 'The spare part arrives on Monday';
const soon = 50;

describe.each(['pauseRequest', 'levelRequest', 'approval', 'refusal'] as const)('%s', (kind) => {
	table(traceOf(kind, { text: TEXT }), [
		['our text', 'accepted', [mine(kind, soon, TEXT)], 'applied'],
		['our text, in COC’s spelling', 'accepted', [mine(kind, soon, `${TEXT} &nbsp;`)], 'applied'],
		[
			'our text, solved since',
			'waiting',
			[mine(kind, soon, TEXT), theirs('solution', 90)],
			'applied',
		],
		['our text, verified since', 'completed', [mine(kind, soon, TEXT)], 'applied'],
		[
			'our text, and a remark',
			'accepted',
			[mine(kind, soon, TEXT), mine('remark', 60, TEXT)],
			'applied',
		],
		[
			'our text, and an old one',
			'accepted',
			[mine(kind, soon, TEXT), mine(kind, OLD, TEXT)],
			'applied',
		],
		['another text of ours', 'accepted', [mine(kind, soon, 'Fine')], 'unclear'],
		['a text of ours that was cut', 'accepted', [mine(kind, soon, 'The spare')], 'unclear'],
		[
			'somebody else’s in our words',
			'accepted',
			[theirs(kind, soon, { comment: TEXT })],
			'unclear',
		],
		['somebody else’s without a text', 'accepted', [theirs(kind, soon)], 'unclear'],
		['ours twice', 'accepted', [mine(kind, soon, TEXT), mine(kind, 60, TEXT)], 'unclear'],
		['ours, nobody knows when', 'accepted', [mine(kind, null, TEXT)], 'unclear'],
		['ours under a key nobody knows', 'accepted', [mine('unknown', soon, TEXT)], 'unclear'],
		['ours, but nobody has accepted it', 'triggered', [mine(kind, soon, TEXT)], 'unclear'],
		['no entry, all as before', 'accepted', [], 'absent'],
		['an old one of ours', 'accepted', [mine(kind, OLD, TEXT)], 'absent'],
		['an old one of somebody else', 'accepted', [theirs(kind, OLD)], 'absent'],
		['a remark of ours in the same words', 'accepted', [mine('remark', soon, TEXT)], 'absent'],
		['no entry, but another level', 'accepted', [], 'unclear', { level: 'level_10' }],
		['no entry, but somebody else has it', 'accepted', [], 'unclear', { assignee: OTHER }],
		['no entry, but a shift has it', 'accepted', [], 'unclear', { shift: 'scene/role' }],
		['no entry, it is solved', 'waiting', [], 'unclear'],
		['no entry, in a status nobody knows', 'paused', [], 'unclear'],
		['no entry, it was never accepted', 'triggered', [], 'tooLate'],
	]);
});

describe('a change of level', () => {
	const level = 'level_10';
	const trace = traceOf('levelRequest', { text: TEXT, leads: { level } });
	const ours = mine('levelRequest', soon, TEXT);
	const mute = mine('levelRequest', soon);
	table(trace, [
		['our text, the level is the wanted one', 'accepted', [ours], 'applied', { level }],
		['our text, it waits for approval', 'accepted', [ours], 'applied'],
		[
			'no text kept, the level is the wanted one, its task is used up',
			'accepted',
			[mute],
			'applied',
			{ level, isTaskOffered: false },
		],
		[
			'no text kept, its task still waits',
			'accepted',
			[mute],
			'unclear',
			{ level, isTaskOffered: true },
		],
		['no text kept, the level is as before', 'accepted', [mute], 'unclear'],
		['no entry, the level is the wanted one', 'accepted', [], 'unclear', { level }],
		['no entry, nobody knows the level', 'accepted', [], 'unclear', { level: null }],
	]);
});

describe('an answer that the history may name like another step', () => {
	table(traceOf('approval', { text: TEXT }), [
		[
			'the second approver’s, named as a closing',
			'accepted',
			[mine('agreement', soon, TEXT)],
			'applied',
		],
		[
			'somebody else’s, named so',
			'accepted',
			[theirs('agreement', soon, { comment: TEXT })],
			'unclear',
		],
	]);
	table(traceOf('refusal', { text: TEXT }), [
		['ours, named as a rejection', 'accepted', [mine('rejection', soon, TEXT)], 'applied'],
		['another decision of ours', 'accepted', [mine('approval', soon, TEXT)], 'absent'],
	]);
});

describe('a resumption, which has no text', () => {
	table(traceOf('resumption'), [
		[
			'ours, and its task is used up',
			'accepted',
			[mine('resumption', soon)],
			'applied',
			{ isTaskOffered: false },
		],
		[
			'ours, but its task still waits',
			'accepted',
			[mine('resumption', soon)],
			'unclear',
			{ isTaskOffered: true },
		],
		[
			'ours, solved since',
			'waiting',
			[mine('resumption', soon), theirs('solution', 90)],
			'applied',
			{ isTaskOffered: false },
		],
		['somebody else’s', 'accepted', [theirs('resumption', soon)], 'unclear'],
		['ours twice', 'accepted', [mine('resumption', soon), mine('resumption', 60)], 'unclear'],
		['ours, nobody knows when', 'accepted', [mine('resumption', null)], 'unclear'],
		['no entry, all as before', 'accepted', [], 'absent'],
		[
			'an old one of ours, paused since',
			'accepted',
			[mine('resumption', 2 * OLD), mine('pauseRequest', OLD)],
			'absent',
		],
		['no entry, in a status nobody knows', 'paused', [], 'unclear'],
	]);
	table(traceOf('resumption', { operator: null }), [
		['by whoever it is: an entry is anybody’s', 'accepted', [mine('resumption', soon)], 'unclear'],
		['by whoever it is: no entry', 'accepted', [], 'absent'],
	]);
});

describe.each(['pauseRequest', 'levelRequest', 'approval', 'refusal', 'remark'] as const)(
	'%s by a user whose ID isn’t known: kind, text and time',
	(kind) => {
		const said = (comment: string | null, after: number | null = soon) =>
			theirs(kind, after, { comment });
		table(traceOf(kind, { operator: null, text: TEXT }), [
			['our text', 'accepted', [said(TEXT)], 'applied'],
			[
				'our text by nobody that could be read',
				'accepted',
				[{ ...said(TEXT), operator: null }],
				'applied',
			],
			['our text among others', 'accepted', [said(`A: ${TEXT}`)], 'unclear'],
			['another text', 'accepted', [said('Fine')], 'unclear'],
			['no text', 'accepted', [said(null)], 'unclear'],
			['our text twice', 'accepted', [said(TEXT), said(TEXT, 60)], 'unclear'],
			['our text, nobody knows when', 'accepted', [said(TEXT, null)], 'unclear'],
			['our text long ago', 'accepted', [said(TEXT, OLD)], 'absent'],
			['no entry, all as before', 'accepted', [], 'absent'],
		]);
	},
);
