// What can be done now is COC's word: whatever it answers, nothing else is sent than what it offers.
import { describe, expect, test } from '@jest/globals';
import { changes, V2_CHANGES, type V2ChangeName } from '../../../../support/changes.cts';
import { useCoc } from '../../../../support/coc.cts';
import {
	actionsSent,
	failureOf,
	offerTasks,
	operate,
	OTHER,
	outputOf,
} from '../../../../support/operate.cts';
import { byLength } from '../../../../support/length.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';

// v2's record is read three times, five seconds and more apart.
useQuickTime(byLength(20, 5));
const coc = useCoc();
const prepared = (operation: V2ChangeName, more: object = {}) => ({
	ticket: coc.ticket({ ...changes[operation].ticket(), createTime: Date.now() - 600_000, ...more }),
	...changes[operation].fields,
});
/** A node of COC's flow that offers these. */
const node = (operations: unknown, more: object = {}) => ({
	...{ type: 'OperateNode', key: 'n1', name: '处理', state: 'running', operations },
	...more,
});

const NOTHING: Array<[string, (key: string) => unknown]> = [
	['is no list', () => ({ operations: [] })],
	['is a text', () => 'accepted'],
	['is a list of anything', (key) => [null, 7, key, [key]]],
	['has nodes without a list of operations', (key) => [node(key), node({ key }), node(null)]],
	['has operations that are none', (key) => [node([key, null, 7])]],
	['has numbers for keys', () => [node([{ task_id: 't', key: 7 }])]],
	['has keys in another spelling', (key) => [node([{ task_id: 't', key: key.toUpperCase() }])]],
	['has keys with more in them', (key) => [node([{ task_id: 't', key: `${key}\u0000x` }])]],
	['has the key without a task', (key) => [node([{ task_id: '', key }])]],
	['has the key with a task that is no text', (key) => [node([{ task_id: { id: 1 }, key }])]],
	['has the task in another node', (key) => [node([{ task_id: 't', key: 'x' }]), node([{ key }])]],
	['has the key of a prototype', () => [node([{ task_id: 't', key: '__proto__' }])]],
];

describe.each(NOTHING)('an answer that %s', (_what, answer) => {
	test.each(V2_CHANGES)('lets nothing be sent: %s', async (operation) => {
		offerTasks(coc, answer(changes[operation].sent.action), 99);
		const { outcome } = failureOf(await operate(coc, operation, [prepared(operation)]));
		expect(outcome).toBe('notSent');
		expect(actionsSent(coc)).toEqual([]);
	});
});

describe.each(V2_CHANGES)('%s', (operation) => {
	const key = changes[operation].sent.action;

	test('finds its key among thousands', async () => {
		const others = Array.from({ length: 1000 }, (_, index) =>
			node([
				{ task_id: `t${index}`, key: `other-${index}` },
				{ task_id: '', key: `more-${index}` },
			]),
		);
		offerTasks(coc, [...others, node([{ task_id: 'mine', key }])]);
		await operate(coc, operation, [prepared(operation)]);
		expect(actionsSent(coc)).toMatchObject([{ task_id: 'mine', action: key }]);
	});

	test('takes a sibling’s task where its own is empty, and its own where it has one', async () => {
		offerTasks(coc, [node([{ task_id: 'other' }, { task_id: 'shared', key: 'x' }, { key }])]);
		await operate(coc, operation, [prepared(operation)]);
		expect(actionsSent(coc).at(-1)).toMatchObject({ task_id: 'other', action: key });
		offerTasks(coc, [
			node([
				{ task_id: 'shared', key: 'x' },
				{ task_id: 'own', key },
			]),
		]);
		await operate(coc, operation, [prepared(operation)]);
		expect(actionsSent(coc).at(-1)).toMatchObject({ task_id: 'own', action: key });
	});

	test('that isn’t the user’s task is said so, before or by COC itself', async () => {
		const others = {
			...{ assignee: OTHER, creator: OTHER },
			...(changes[operation].ticket().approval && {
				approval: { ...changes[operation].ticket().approval!, approvers: [OTHER] },
			}),
		};
		coc.standIn.quirks.cutsTasks = true;
		const cut = failureOf(await operate(coc, operation, [prepared(operation, others)]));
		expect(cut).toMatchObject({ outcome: 'notSent', possible: [] });
		expect(cut.error).toContain("the task of another user than the credential's");
		expect(actionsSent(coc)).toEqual([]);
		Object.assign(coc.standIn.quirks, { cutsTasks: false, refusesOthers: true });
		const refused = failureOf(await operate(coc, operation, [prepared(operation, others)]));
		expect(refused).toMatchObject({ outcome: 'refused', httpStatus: 400, possible: null });
		expect(refused.error).toMatch(/is not the user [0-9a-f]+'s\./);
		expect(actionsSent(coc)).toHaveLength(1);
	});
});

test.each(['approve', 'refuse'] as const)(
	'%s is not sent when two nodes offer it: which is which isn’t known',
	async (operation) => {
		const key = changes[operation].sent.action;
		const approval = (name: string) =>
			node([{ task_id: name, key }], { type: 'ApprovalNode', key: name });
		offerTasks(coc, [approval('a'), approval('b')]);
		const { error, outcome } = failureOf(await operate(coc, operation, [prepared(operation)]));
		expect(outcome).toBe('notSent');
		expect(error).toContain('offers it for more than one request');
		expect(actionsSent(coc)).toEqual([]);
	},
);

test('a reopening is sent in the spelling in which COC offers it', async () => {
	offerTasks(coc, [node([{ task_id: 't', key: 'Reopen' }])]);
	await operate(coc, 'reopen', [prepared('reopen')]);
	expect(actionsSent(coc)).toMatchObject([{ task_id: 't', action: 'Reopen' }]);
});

test('an answer that breaks off is asked for again', async () => {
	coc.standIn.fault({ kind: 'truncated', match: { path: /tasks$/ } });
	const json = await outputOf(operate(coc, 'resume', [prepared('resume')]));
	expect(json).toMatchObject({ outcome: 'applied' });
	expect(actionsSent(coc)).toHaveLength(1);
});
