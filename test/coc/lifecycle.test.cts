// The incident's life as COC's pages tell it: which step is possible when, and what follows from it.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/lifecycle.ts';
import { STATUS, STATUS_NAMES, type StatusName } from './records.cts';

const { mayBeAfter, statusBefore, stepOfKeys, transitionOf } =
	built<typeof source>('nodes/coc/lifecycle');

type Kind = source.StepKind;

describe('a step', () => {
	test.each<[Kind, boolean | undefined, from: StatusName[], to: StatusName[]]>([
		['acceptance', undefined, ['triggered'], ['accepted']],
		['rejection', undefined, ['triggered'], ['rejected']],
		['agreement', undefined, ['rejected'], ['completed']],
		['solution', undefined, ['accepted'], ['waiting']],
		['verification', true, ['waiting'], ['completed']],
		['verification', false, ['waiting'], ['accepted']],
	])('%s (resolved: %p) leads from %j to %j', (kind, result, from, to) => {
		const step = transitionOf(kind, result);
		expect(step.from).toEqual(from.map((name) => STATUS[name]));
		expect(step.to).toEqual(to.map((name) => STATUS[name]));
	});

	test('to hand a ticket over is possible until it is solved', () => {
		const { from } = transitionOf('handover');
		expect([...from].sort()).toEqual([STATUS.triggered, STATUS.accepted, STATUS.rejected].sort());
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
		expect(statusBefore(kind)).toBe(STATUS[name]);
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
		['ReOpen', 'handover'],
		['Reopen', 'handover'],
		['agreed', 'agreement'],
	])('%s names the step %s, in whichever field it stands', (key, kind) => {
		expect(stepOfKeys([key])).toBe(kind);
		expect(stepOfKeys([null, 'somethingNew', key])).toBe(kind);
	});

	test.each([
		['nothing', []],
		['no texts', [undefined, null, 0, true, {}, ['confirm']]],
		['a remark', ['addRemark']],
		['a pause, its end and another level', ['incidentPause', 'recovery', 'changeLevel']],
		['a key in another spelling', ['Confirm', ' confirm', 'confirm1', 'CONFIRM']],
		['words of JavaScript', ['constructor', '__proto__', 'length']],
	])('is none of a step: %s', (_what, keys) => {
		expect(stepOfKeys(keys)).toBeNull();
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
