// What is sent of an action of v2: COC's key with its task, or nothing and why.
import { describe, expect, test } from '@jest/globals';
import type { StepKind } from '../../nodes/coc/lifecycle.ts';
import type * as failures from '../../nodes/errors/failure.ts';
import type * as source from '../../nodes/run/handle.ts';
import { STATUS } from '../coc/records.cts';
import { built } from '../support/built.cts';
import { detailOf, lookAt, operations, taskOf } from './lookedAt.cts';

const { v2Action, v2ActionAfter } = built<typeof source>('nodes/run/handle');
const { inputFailure } = built<typeof failures>('nodes/errors/failure');

const { triggered, rejected, accepted, completed } = STATUS;
const operate = (...offered: Array<[string, string?]>) => taskOf('OperateNode', 'n1', ...offered);
const approval = (key: string, ...offered: Array<[string, string?]>) =>
	taskOf('ApprovalNode', key, ...offered);
const send = v2Action<object>();
type Answers = Parameters<typeof lookAt>[0];

const wantedOf = (kind: StepKind, answers: Answers) => ({
	...lookAt(answers).looking,
	...{ kind, operations, item: {}, actor: 'u1', lost: null, params: () => ({ some: 'params' }) },
});
const make = async (kind: StepKind, status: string, ...tasks: object[]) =>
	await send.request(wantedOf(kind, { detail: [detailOf(status)], tasks: [tasks] }));
const reasonOf = (made: source.Made) => (made.ok ? null : made.failure.reason);

describe('what COC offers is sent as it offers it', () => {
	test.each<[StepKind, string, object, action: string, taskId: string]>([
		['rejection', triggered, operate(['accepted', '1'], ['rejected', '2']), 'rejected', '2'],
		['rejection', triggered, operate(['accepted', '1'], ['rejected']), 'rejected', '1'],
		['handover', triggered, operate(['unAcceptedForward', '1']), 'unAcceptedForward', '1'],
		[
			'handover',
			accepted,
			operate(['commitSolution', '1'], ['acceptedForward', '2']),
			'acceptedForward',
			'2',
		],
		['reopening', rejected, operate(['Reopen', '1']), 'Reopen', '1'],
		['reopening', rejected, operate(['ReOpen', '1']), 'ReOpen', '1'],
		['agreement', rejected, operate(['ReOpen', '1'], ['agreed']), 'agreed', '1'],
		['approval', accepted, approval('n2', ['agreed', '2'], ['rejected']), 'agreed', '2'],
		['refusal', accepted, approval('n2', ['agreed', '2'], ['rejected']), 'rejected', '2'],
		['approval', accepted, taskOf('MutilateInstanceNode', 'n2', ['agreed', '2']), 'agreed', '2'],
		['pauseRequest', accepted, operate(['incidentPause', '1']), 'incidentPause', '1'],
		['levelRequest', accepted, operate(['changeLevel', '1']), 'changeLevel', '1'],
		['resumption', accepted, taskOf('PauseNode', 'n3', ['recovery', '3']), 'recovery', '3'],
		['resumption', STATUS.paused, taskOf('PauseNode', 'n3', ['recovery', '3']), 'recovery', '3'],
		['remark', completed, operate(['addRemark', '1']), 'addRemark', '1'],
	])('%s of a ticket in %s', async (kind, status, task, action, taskId) => {
		const made = await make(kind, status, task);
		expect(made).toEqual({
			...{ ok: true, found: {} },
			value: {
				...{ method: 'POST', path: '/v2/incidents/IM1/actions' },
				json: { task_id: taskId, action, params: { some: 'params' } },
			},
			offer: {
				task: { action, taskId },
				history: { entries: [], complete: true },
				state: { status, level: 'level_30', assignee: 'u1', shift: null, solvedAt: null },
			},
		});
	});

	test('its params are made of what was looked up', async () => {
		const look = v2ActionAfter<object, object, string>(
			async ({ state }) => await Promise.resolve({ ok: true, value: state.status }),
		);
		const answers = { detail: [detailOf(accepted)], tasks: [[operate(['addRemark', '1'])]] };
		const made = await look.request({
			...wantedOf('remark', answers),
			params: (now: string) => ({ now }),
		});
		expect(made).toMatchObject({ ok: true, value: { json: { params: { now: accepted } } } });
	});
});

describe('what COC doesn’t offer is not sent', () => {
	test.each<[string, StepKind, string, object[], string[]]>([
		['nothing is', 'remark', completed, [], []],
		[
			'other actions are',
			'pauseRequest',
			triggered,
			[operate(['accepted', '1'], ['rejected'])],
			['accept', 'reject'],
		],
		[
			'the key means something else',
			'refusal',
			triggered,
			[operate(['rejected', '1'])],
			['reject'],
		],
		[
			'the key means something else',
			'rejection',
			accepted,
			[approval('n2', ['rejected', '1'])],
			['refuse'],
		],
		[
			'the key means something else',
			'agreement',
			accepted,
			[approval('n2', ['agreed', '1'])],
			['approve'],
		],
		['the key means something else', 'approval', rejected, [operate(['agreed', '1'])], ['close']],
		['the key is in another spelling', 'resumption', accepted, [operate(['Recovery', '1'])], []],
	])('%s (%s of a ticket in %s)', async (_what, kind, status, tasks, possible) => {
		const made = await make(kind, status, ...tasks);
		expect(made).toMatchObject({ ok: false, failure: { outcome: 'notSent', possible } });
		expect(reasonOf(made)).toContain(`COC doesn't offer that now, the ticket's status is`);
		const { hint } = (made as { failure: failures.Failure }).failure;
		expect(hint).toContain('Possible now: ');
		expect(hint).toContain("the status doesn't allow it");
		expect(hint).toContain('the task of another user');
	});

	test('a dry run shows it all the same, by the key of COC’s page', async () => {
		const made = await make('reopening', accepted, operate(['addRemark', '1']));
		expect(made).toMatchObject({ request: { json: { task_id: null, action: 'ReOpen' } } });
	});

	test('nor what it offers without a task ID', async () => {
		const made = await make('remark', accepted, operate(['addRemark'], ['incidentPause']));
		expect(made).toMatchObject({ ok: false, failure: { outcome: 'notSent' } });
		expect(reasonOf(made)).toBe('COC offers it without a task ID');
	});

	test.each<StepKind>(['approval', 'refusal'])('nor one %s of two that wait', async (kind) => {
		const both: Array<[string, string?]> = [['agreed', '1'], ['rejected']];
		const made = await make(kind, accepted, approval('n2', ...both), approval('n3', ...both));
		expect(made).toMatchObject({ ok: false, failure: { outcome: 'notSent' } });
		expect(reasonOf(made)).toContain('more than one request');
	});

	test('one remark is like the other, wherever it is offered', async () => {
		const tasks = [operate(['addRemark', '1']), approval('n2', ['addRemark', '2'])];
		expect((await make('remark', accepted, ...tasks)).ok).toBe(true);
	});
});

describe('what can’t be read is not sent', () => {
	test.each<[string, Answers]>([
		['the ticket', { detail: ['no right'], tasks: [[operate(['addRemark', '1'])]] }],
		['what is possible', { detail: [detailOf(accepted)], tasks: ['no right'] }],
	])('%s', async (_what, answers) => {
		const made = await send.request(wantedOf('remark', answers));
		expect(made).toMatchObject({ ok: false, failure: { outcome: 'notSent', reason: 'no right' } });
	});

	test('nor what its look forbids; what isn’t offered is said first', async () => {
		const look = v2ActionAfter<object, object, null>(
			async () =>
				await Promise.resolve({ ok: false, failure: inputFailure('is done already', '') }),
		);
		const made = async (...tasks: object[]) =>
			await look.request(wantedOf('remark', { detail: [detailOf(accepted)], tasks: [tasks] }));
		expect(reasonOf(await made(operate(['addRemark', '1'])))).toBe('is done already');
		expect(reasonOf(await made())).toContain("COC doesn't offer that now");
	});
});

describe('a refusal of COC', () => {
	const refused = (fields: Partial<failures.Failure> = {}): failures.Failure => ({
		...inputFailure('the task has ended (COC.1)', 'Check that …'),
		...{ outcome: 'refused', httpStatus: 400, again: 'then', ...fields },
	});
	const explain = async (failure: failures.Failure, ...tasks: unknown[]) =>
		await send.explain(failure, wantedOf('resumption', { detail: [detailOf(accepted)], tasks }));
	const others = [operate(['commitSolution', '1'])];

	test('says what is possible now, where the key is gone', async () => {
		const found = await explain(refused(), others);
		expect(found).toMatchObject({
			...{ outcome: 'refused', reason: 'the task has ended (COC.1)' },
			possible: ['submitSolution'],
		});
		expect(found.hint).toContain("COC doesn't offer that any more");
		expect(found.hint).toContain('Submit Solution (commitSolution)');
	});

	test.each<[string, failures.Failure, unknown]>([
		['where the key is still there', refused(), [taskOf('PauseNode', 'n3', ['recovery', '3'])]],
		['where the tasks can’t be read', refused(), 'no right'],
		['where it came from the gateway', refused({ httpStatus: 403 }), others],
		['where nobody knows whether it was done', refused({ outcome: 'unknown' }), others],
		['where nothing was sent', refused({ outcome: 'notSent' }), others],
	])('stays as it is %s', async (_what, failure, tasks) => {
		expect(await explain(failure, tasks)).toBe(failure);
	});
});
