// The incident's life as COC's pages tell it: which step is possible when, and what follows from it.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as explainedSource from '../../nodes/coc/explained.ts';
import type * as source from '../../nodes/coc/lifecycle.ts';
import { STATUS, STATUS_NAMES, type StatusName } from './records.cts';

const { mayBeAfter } = built<typeof explainedSource>('nodes/coc/explained');
const { isStaying, labelOf, statusesBefore, stepOffered, stepOfKeys, transitionOf, v2KeyOf } =
	built<typeof source>('nodes/coc/lifecycle');

type Kind = source.StepKind;

describe('a step', () => {
	test.each<[Kind, boolean | undefined, from: StatusName[], to: StatusName[]]>([
		['acceptance', undefined, ['triggered'], ['accepted']],
		['rejection', undefined, ['triggered'], ['rejected']],
		['agreement', undefined, ['rejected'], ['completed']],
		['reopening', undefined, ['rejected'], ['triggered']],
		['handover', undefined, ['triggered', 'accepted'], ['triggered', 'accepted']],
		['solution', undefined, ['accepted'], ['waiting']],
		['verification', true, ['waiting'], ['completed']],
		['verification', false, ['waiting'], ['accepted']],
	])('%s (resolved: %p) leads from %j to %j', (kind, result, from, to) => {
		const step = transitionOf(kind, result);
		expect(step.from).toEqual(from.map((name) => STATUS[name]));
		expect(step.to).toEqual(to.map((name) => STATUS[name]));
	});

	test.each<Kind>(['approval', 'refusal'])('%s is possible until the ticket is closed', (kind) => {
		const open = [STATUS.accepted, STATUS.waiting];
		expect(transitionOf(kind)).toMatchObject({ from: open, to: open });
		expect(isStaying(kind)).toBe(true);
	});

	test.each<Kind>(['pauseRequest', 'levelRequest', 'resumption'])(
		'%s is possible while a handler is at work, and leaves it there',
		(kind) => {
			expect(transitionOf(kind)).toMatchObject({ from: [STATUS.accepted], to: [STATUS.accepted] });
			expect(isStaying(kind)).toBe(true);
		},
	);

	test('a remark is possible in every status, and leaves it as it is', () => {
		const { from, to } = transitionOf('remark');
		expect(from).toEqual(Object.values(STATUS).filter((status) => status !== STATUS.paused));
		expect(to).toEqual(from);
		expect(isStaying('remark')).toBe(true);
	});

	test.each<[Kind, boolean | undefined]>([
		['verification', undefined],
		['acceptance', true],
		['solution', false],
	])('is told by kind and result: there is no %s with the result %p', (kind, result) => {
		expect(() => transitionOf(kind, result)).toThrow(kind);
	});

	test.each<[Kind, StatusName]>([
		['acceptance', 'triggered'],
		['solution', 'accepted'],
		['verification', 'waiting'],
		['agreement', 'rejected'],
	])('%s is what a ticket waits for that is %s', (kind, name) => {
		expect(statusesBefore(kind)).toEqual([STATUS[name]]);
	});
});

describe('a key in the history', () => {
	test.each<[string, Kind]>([
		['acceptedIncident1', 'acceptance'],
		['accepted', 'acceptance'],
		['commitSolution1', 'solution'],
		['commitSolution', 'solution'],
		['confirm', 'verification'],
		['forwardOther1', 'handover'],
		['unAcceptedForward', 'handover'],
		['acceptedForward', 'handover'],
		['rejected', 'rejection'],
		['ReOpen', 'reopening'],
		['Reopen', 'reopening'],
		['agreed', 'agreement'],
		['incidentPause', 'pauseRequest'],
		['recovery', 'resumption'],
		['changeLevel', 'levelRequest'],
		['incidentChangeLevel1', 'levelRequest'],
		['addRemark', 'remark'],
	])('%s names the step %s, in whichever field it stands', (key, kind) => {
		expect(stepOfKeys([key])).toBe(kind);
		expect(stepOfKeys([null, 'somethingNew', key])).toBe(kind);
	});

	test.each([
		['nothing', []],
		['no texts', [undefined, null, 0, true, {}, ['confirm']]],
		['a key in another spelling', ['Confirm', ' confirm', 'confirm1', 'CONFIRM']],
		['words of JavaScript', ['constructor', '__proto__', 'length']],
	])('is none of a step: %s', (_what, keys) => {
		expect(stepOfKeys(keys)).toBeNull();
	});
});

describe('an action that COC offers', () => {
	test.each<[string, StatusName, Kind | null]>([
		['accepted', 'triggered', 'acceptance'],
		['rejected', 'triggered', 'rejection'],
		['rejected', 'accepted', 'refusal'],
		['agreed', 'accepted', 'approval'],
		['agreed', 'rejected', 'agreement'],
		['ReOpen', 'rejected', 'reopening'],
		['recovery', 'accepted', 'resumption'],
		// A key that means one thing does so in any status, a key with two meanings only where it is known.
		['recovery', 'paused', 'resumption'],
		['addRemark', 'completed', 'remark'],
		['agreed', 'paused', null],
		['rejected', 'waiting', null],
		['rejected', 'completed', null],
		['somethingNew', 'accepted', null],
	])('%s of a ticket that is %s stands for %p', (key, name, kind) => {
		expect(stepOffered(key, STATUS[name], 'OperateNode')).toBe(kind);
		expect(stepOffered(key, STATUS[name], null)).toBe(kind);
	});

	test.each(['ApprovalNode', 'MutilateInstanceNode'])(
		'of a node of approvals (%s) answers a request in any status',
		(type) => {
			for (const name of STATUS_NAMES) {
				expect(stepOffered('agreed', STATUS[name], type)).toBe('approval');
				expect(stepOffered('rejected', STATUS[name], type)).toBe('refusal');
				expect(stepOffered('addRemark', STATUS[name], type)).toBe('remark');
			}
		},
	);

	test.each<[Kind, string, string]>([
		['reopening', 'ReOpen', 'Reopen'],
		['levelRequest', 'changeLevel', 'Change Level'],
		['agreement', 'agreed', 'Close'],
		['approval', 'agreed', 'Approve'],
	])('for a step (%s) is %s by itself, and called %s', (kind, key, label) => {
		expect([v2KeyOf(kind), labelOf(kind)]).toEqual([key, label]);
	});
});

describe('once it was taken, a ticket', () => {
	type Row = [Kind, boolean | undefined, possible: StatusName[]];
	const rows: Row[] = [
		['acceptance', undefined, ['accepted', 'waiting', 'completed']],
		['agreement', undefined, ['completed']],
		['solution', undefined, ['waiting', 'completed']],
		['verification', true, ['completed']],
		// Two pages name two statuses for it, and whatever isn't documented may be a third one.
		['verification', false, ['accepted', 'triggered', 'rejected', 'waiting', 'paused']],
		['handover', undefined, ['triggered', 'accepted', 'rejected', 'waiting', 'completed']],
		['reopening', undefined, ['triggered', 'accepted', 'rejected', 'waiting', 'completed']],
		['pauseRequest', undefined, ['accepted', 'waiting', 'completed']],
		['levelRequest', undefined, ['accepted', 'waiting', 'completed']],
		['resumption', undefined, ['accepted', 'waiting', 'completed']],
		['approval', undefined, ['accepted', 'waiting', 'completed']],
		['refusal', undefined, ['accepted', 'waiting', 'completed']],
		['remark', undefined, ['draft', 'triggered', 'rejected', 'accepted', 'waiting', 'completed']],
		['rejection', undefined, ['rejected', 'completed']],
	];
	const cells = rows.flatMap(([kind, result, possible]) =>
		STATUS_NAMES.map((name) => [kind, result, name, possible.includes(name)] as const),
	);

	test.each(cells)('%s (resolved: %p) may be %s: %p', (kind, result, name, may) => {
		expect(mayBeAfter(transitionOf(kind, result), STATUS[name])).toBe(may);
	});

	test.each(['', ' ', 'Completed', 'toString', 'INCIDENT_STATUS_COMPLETED '])(
		'has an unknown status %j after an unsuccessful verification only',
		(status) => {
			const after = rows.filter(([kind, result]) => mayBeAfter(transitionOf(kind, result), status));
			expect(after.map(([kind, result]) => [kind, result])).toEqual([['verification', false]]);
		},
	);
});
