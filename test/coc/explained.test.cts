// Whether other steps explain a ticket's status without ours, whose entry may only be late: where
// they do, ours was not applied; where they don't, nobody can say.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/explained.ts';
import type * as lifecycleSource from '../../nodes/coc/lifecycle.ts';
import { STATUS, STATUS_NAMES, type StatusName } from './records.cts';

const { isExplained } = built<typeof source>('nodes/coc/explained');
const { transitionOf } = built<typeof lifecycleSource>('nodes/coc/lifecycle');

type Kind = lifecycleSource.StepKind;
/** What is told of them, the status, their kinds (newest first), whether they explain it. */
type Row = [what: string, name: StatusName, kinds: Kind[], explained: boolean];

function table(kind: Kind, result: boolean | undefined, rows: Row[]) {
	test.each(rows)('%s: %s after %j: %p', (_what, name, kinds, explained) => {
		expect(isExplained(STATUS[name], kinds, transitionOf(kind, result))).toBe(explained);
	});
}

describe('an acceptance', () => {
	table('acceptance', undefined, [
		['somebody else accepted it', 'accepted', ['acceptance'], true],
		['and before that it was handed over', 'accepted', ['acceptance', 'handover'], true],
		['it was handed over, and ours may have followed', 'accepted', ['handover'], false],
		['the same after an acceptance', 'accepted', ['handover', 'acceptance'], false],
		['it was solved, and may have been accepted by us', 'waiting', ['solution'], false],
		['solved by who had accepted it', 'waiting', ['solution', 'acceptance'], true],
		['solved after a handover, ours may lie between', 'waiting', ['solution', 'handover'], false],
		['all was done by others', 'completed', ['verification', 'solution', 'acceptance'], true],
		[
			'closed after a rejection, whose place nobody knows',
			'completed',
			['agreement', 'handover'],
			false,
		],
		['the newest step leads elsewhere', 'completed', ['acceptance'], false],
		['solved, but its status is older', 'accepted', ['solution', 'acceptance'], false],
	]);
});

describe('a solution', () => {
	table('solution', undefined, [
		['somebody else solved it', 'waiting', ['solution', 'acceptance'], true],
		['a solution is all there is', 'waiting', ['solution'], true],
		['solved again', 'waiting', ['solution', 'verification', 'solution'], true],
		['only accepted: ours may have followed', 'waiting', ['acceptance'], false],
		['sent back: ours may have followed', 'waiting', ['verification', 'solution'], false],
		['handed over: ours may have followed', 'waiting', ['handover', 'acceptance'], false],
		['verified, and may have been solved by us', 'completed', ['verification'], false],
		[
			'verified right after it was accepted: ours is missing',
			'completed',
			['verification', 'acceptance'],
			false,
		],
		[
			'verified twice without a solution between: ours is missing',
			'completed',
			['verification', 'verification'],
			false,
		],
		[
			'verified right after a handover: ours is missing',
			'completed',
			['verification', 'handover'],
			false,
		],
		['verified after another solution', 'completed', ['verification', 'solution'], true],
		[
			'closed after a rejection, whose place nobody knows',
			'completed',
			['agreement', 'handover'],
			false,
		],
	]);
});

describe('a verification as Resolved', () => {
	table('verification', true, [
		['somebody else verified it', 'completed', ['verification', 'solution'], true],
		['a verification is all there is', 'completed', ['verification'], true],
		[
			'closed after a rejection, whose place nobody knows',
			'completed',
			['agreement', 'handover'],
			false,
		],
		['solved: ours may have followed', 'completed', ['solution', 'acceptance'], false],
		['only accepted: a solution is missing, too', 'completed', ['acceptance'], false],
		['handed over: more is missing', 'completed', ['handover'], false],
	]);
});

describe('a verification as Unresolved', () => {
	table('verification', false, [
		['somebody else sent it back', 'accepted', ['verification', 'solution'], true],
		['a verification is all there is', 'accepted', ['verification'], true],
		['the same, rejected as another page has it', 'rejected', ['verification'], true],
		['the same, not accepted as another page has it', 'triggered', ['verification'], true],
		['solved: ours may have followed', 'accepted', ['solution', 'acceptance'], false],
		['accepted: no other verification is there', 'accepted', ['acceptance', 'handover'], false],
		[
			'accepted right after it was solved: ours is missing',
			'accepted',
			['acceptance', 'solution'],
			false,
		],
		['an acceptance is all there is', 'accepted', ['acceptance'], false],
		['handed over while it was worked on', 'accepted', ['handover', 'acceptance'], false],
		[
			'handed over right after it was solved: ours is missing',
			'accepted',
			['handover', 'solution'],
			false,
		],
		['a handover is all there is', 'triggered', ['handover'], false],
		['handed over before it was accepted', 'triggered', ['handover', 'handover'], false],
		[
			'solved twice without one between: ours is missing',
			'waiting',
			['solution', 'solution'],
			false,
		],
	]);
});

describe('for every step', () => {
	const steps = [
		...[transitionOf('acceptance'), transitionOf('solution')],
		...[transitionOf('verification', true), transitionOf('verification', false)],
	];

	test.each(STATUS_NAMES)('nothing at all explains no status: %s', (name) => {
		for (const step of steps) expect(isExplained(STATUS[name], [], step)).toBe(false);
	});

	// The rule said once more in each step's own words, for all short histories.
	const KINDS: Kind[] = [
		...(['acceptance', 'handover', 'rejection'] as const),
		...(['agreement', 'solution', 'verification'] as const),
	];
	const histories = [1, 2, 3].reduce<Kind[][]>(
		(all, length) => [
			...all,
			...all
				.filter((kinds) => kinds.length === length - 1)
				.flatMap((kinds) => KINDS.map((kind) => [...kinds, kind])),
		],
		[[]],
	);

	test.each([
		['acceptance', ([newest]: Kind[]) => /acceptance|solution|verification/.test(newest ?? '')],
		[
			'solution',
			([newest, before]: Kind[]) =>
				newest === 'solution' || (newest === 'verification' && before === 'solution'),
		],
		['verification', ([newest]: Kind[]) => newest === 'verification'],
	] as const)('nothing more than this explains that it moved without a %s', (kind, atMost) => {
		const explained = steps
			.filter((step) => step.kind === kind)
			.flatMap((step) =>
				STATUS_NAMES.filter((name) => !step.from.includes(STATUS[name])).flatMap((name) =>
					histories.filter((kinds) => isExplained(STATUS[name], kinds, step)),
				),
			);
		expect(explained.length).toBeGreaterThan(0);
		expect(explained.filter((kinds) => !atMost(kinds))).toEqual([]);
	});

	test('no step explains a status to which it does not lead, nor one that nobody knows', () => {
		const kinds: Kind[] = ['acceptance', 'handover', 'agreement', 'solution', 'verification'];
		for (const kind of kinds) {
			for (const step of steps) {
				expect(isExplained(STATUS.paused, [kind], step)).toBe(false);
				expect(isExplained(STATUS.draft, [kind, 'handover'], step)).toBe(false);
			}
		}
	});
});
