// What COC says can be done with a ticket, in the node's words.
import { describe, expect, test } from '@jest/globals';
import type { OfferedAction } from '../../nodes/coc/calls/listIncidentTasks.ts';
import type * as source from '../../nodes/run/situation.ts';
import { STATUS } from '../coc/records.cts';
import { built } from '../support/built.cts';
import { detailOf, lookAt, operations, START, taskOf } from './lookedAt.cts';

const { describeSituation, possibleActions, readSituation } =
	built<typeof source>('nodes/run/situation');

const node = { type: 'OperateNode', key: 'n1', name: '处理' };
const offer = (key: string, at: Partial<OfferedAction['node']> = {}): OfferedAction => ({
	...{ key, action: key, taskId: '1', node: { ...node, ...at } },
});
const situation = (status: string, ...offered: OfferedAction[]) =>
	({
		state: { status, level: null, assignee: null, shift: null, solvedAt: null },
		offered,
	}) as source.Situation;
const possible = (status: string, ...offered: OfferedAction[]) =>
	possibleActions(situation(status, ...offered), operations);
const { triggered, rejected, accepted, waiting, completed, paused } = STATUS;

describe('a key that COC offers', () => {
	test.each<[string, string, string | null, string]>([
		['accepted', triggered, 'accept', 'Accept'],
		['rejected', triggered, 'reject', 'Reject'],
		['unAcceptedForward', triggered, 'forward', 'Forward'],
		['acceptedForward', accepted, 'forward', 'Forward'],
		['commitSolution', accepted, 'submitSolution', 'Submit Solution'],
		['incidentPause', accepted, 'pause', 'Pause'],
		['changeLevel', accepted, 'changeLevel', 'Change Level'],
		['recovery', accepted, 'resume', 'Resume'],
		['recovery', paused, 'resume', 'Resume'],
		['addRemark', waiting, 'addRemark', 'Add Remark'],
		['confirm', waiting, 'verify', 'Verify'],
		['ReOpen', rejected, 'reopen', 'Reopen'],
		['Reopen', rejected, 'reopen', 'Reopen'],
		['agreed', rejected, 'close', 'Close'],
		['somethingNew', accepted, null, 'somethingNew'],
		['constructor', accepted, null, 'constructor'],
	])('%s of a ticket in %s is %p', (key, status, operation, label) => {
		expect(possible(status, offer(key))).toEqual([
			{ operation, key, label, node: '处理', nodeType: 'OperateNode' },
		]);
	});

	test.each([
		['agreed', 'approve', 'Approve'],
		['rejected', 'refuse', 'Refuse'],
	])('%s of an approval is %s', (key, operation, label) => {
		const [action] = possible(accepted, offer(key, { type: 'ApprovalNode' }));
		expect(action).toMatchObject({ operation, label, nodeType: 'ApprovalNode' });
	});

	test('is named by the key of a node without a name', () => {
		expect(possible(accepted, offer('addRemark', { name: null }))[0]?.node).toBe('n1');
		expect(possible(accepted, offer('addRemark', { name: null, key: null }))[0]?.node).toBeNull();
	});

	test('is there once for each node', () => {
		const one = offer('addRemark');
		const twice = [one, { ...one }, offer('addRemark', { name: 'x' })];
		expect(possible(accepted, ...twice).map(({ node: name }) => name)).toEqual(['处理', 'x']);
	});
});

describe('a message says', () => {
	const say = (status: string, ...offered: OfferedAction[]) =>
		describeSituation(situation(status, ...offered), operations);

	test('the status and what is possible, by the console’s words and COC’s keys', () => {
		expect(say(accepted, offer('recovery'), offer('somethingNew'), offer('addRemark'))).toEqual({
			status: `the ticket's status is "Accepted" (INCIDENT_STATUS_ACKNOWLEDGED)`,
			possible: ['resume', 'addRemark'],
			sentence: 'Possible now: Resume (recovery), somethingNew, Add Remark (addRemark).',
		});
	});

	test('that nothing is possible', () => {
		const { possible: none, sentence } = say(completed);
		expect({ none, sentence }).toEqual({ none: [], sentence: 'Possible now: nothing.' });
	});

	test('each operation once, whichever nodes offer it', () => {
		const { possible: each, sentence } = say(
			accepted,
			offer('addRemark'),
			offer('addRemark', { name: 'x' }),
		);
		expect(each).toEqual(['addRemark']);
		expect(sentence).toBe('Possible now: Add Remark (addRemark).');
	});

	test('no more than can be read, and nothing that could forge a line of it', () => {
		const many = Array.from({ length: 1000 }, (_, at) => offer(`new${at}\n${'x'.repeat(900)}`));
		const { sentence } = say(accepted, ...many);
		expect(sentence.length).toBeLessThan(3000);
		expect(sentence).not.toMatch(/\n/);
	});
});

describe('a look at a ticket', () => {
	const remark = taskOf('OperateNode', 'n1', ['addRemark', '1']);

	test('reads the status and then what is possible, the history only when it is needed', async () => {
		const history = { total: 0, info: [] };
		const look = lookAt({ detail: [detailOf(accepted)], tasks: [[remark]], history: [history] });
		const read = await readSituation(look.looking, false);
		expect(look.calls).toEqual(['detail', 'tasks']);
		if (!read.ok) throw new Error(read.failure.reason);
		const { state, offered } = read.value;
		expect(state).toEqual({
			status: accepted,
			level: 'level_30',
			assignee: 'u1',
			shift: null,
			solvedAt: null,
		});
		expect(offered.map(({ key, taskId }) => [key, taskId])).toEqual([['addRemark', '1']]);
		expect(await read.value.history()).toEqual({
			ok: true,
			value: { entries: [], complete: true },
		});
	});

	test.each([
		['the ticket', { detail: ['is gone'], tasks: [[remark]] }],
		['what is possible', { detail: [detailOf(accepted)], tasks: ['is gone'] }],
	])('fails where %s can’t be read', async (_what, answers) => {
		const read = await readSituation(lookAt(answers).looking, false);
		expect(read).toMatchObject({ ok: false, failure: { reason: 'is gone' } });
	});

	test('waits for the actions of a ticket that was created right now', async () => {
		const detail = [detailOf(triggered, { create_time: START - 1000 })];
		const look = lookAt({ detail, tasks: [[], [], [remark]] });
		const read = await readSituation(look.looking, false);
		expect(read.ok && read.value.offered).toHaveLength(1);
		expect(look.calls.filter((call) => call === 'tasks')).toHaveLength(3);
	});

	test.each<[string, object, string]>([
		['new, for ten seconds', { create_time: START - 1000 }, triggered],
		['new, by a time that is a text', { create_time: String(START - 1000) }, triggered],
	])('of one that stays without: %s', async (_what, fields, status) => {
		const look = lookAt({ detail: [detailOf(status, fields)], tasks: [[]] });
		const read = await readSituation(look.looking, false);
		expect(read.ok && read.value.offered).toEqual([]);
		expect(look.waited()).toBeGreaterThanOrEqual(8000);
		expect(look.waited()).toBeLessThanOrEqual(12_000);
	});

	test.each<[string, object, string]>([
		['old', {}, triggered],
		['completed', { create_time: START }, completed],
		['of an age that nobody knows', { create_time: null }, triggered],
	])('does not wait for the actions of one that is %s', async (_what, fields, status) => {
		const look = lookAt({ detail: [detailOf(status, fields)], tasks: [[]] });
		const read = await readSituation(look.looking, false);
		expect(read.ok && read.value.offered).toEqual([]);
		expect(look.waited()).toBe(0);
	});
});
