// What can be done with a ticket now, from whatever COC's list of tasks may look like.
import { describe, expect, test } from '@jest/globals';
import type * as source from '../../../nodes/coc/calls/listIncidentTasks.ts';
import { built } from '../../support/built.cts';
import { reading } from '../reading.cts';

const { actionsOf } = built<typeof source>('nodes/coc/calls/listIncidentTasks');
const take = (data: unknown) =>
	actionsOf('IM1').take(reading({ error_code: 'GOM.00000000', data }));

const node = { type: 'OperateNode', key: 'n1', name: '处理' };
const task = (operations: unknown, fields: object = {}) => ({
	...node,
	state: 'running',
	operations,
	...fields,
});
const offered = (...operations: unknown[]) =>
	take([task(operations)])?.map(({ key, taskId }) => [key, taskId]);

test('the call is the one of the page', () => {
	const { request, iamAction } = actionsOf('IM 1/2');
	expect(request).toEqual({ method: 'GET', path: '/v2/incidents/IM%201%2F2/tasks' });
	expect(iamAction).toBe('coc:ticket:listActions');
});

test('each operation comes with its node', () => {
	const approval = { type: 'ApprovalNode', key: 'n2', name: '一审或签' };
	const list = [
		task([{ key: 'addRemark', task_id: '1' }]),
		task([{ key: 'agreed', task_id: '2' }], approval),
	];
	expect(take(list)).toEqual([
		{ key: 'addRemark', action: 'addRemark', taskId: '1', node },
		{ key: 'agreed', action: 'agreed', taskId: '2', node: approval },
	]);
});

describe('a task ID', () => {
	test.each<[string, unknown[], unknown[]]>([
		[
			'of its own',
			[
				{ key: 'a', task_id: '1' },
				{ key: 'b', task_id: '2' },
			],
			[
				['a', '1'],
				['b', '2'],
			],
		],
		[
			'of a sibling before it',
			[
				{ key: 'a', task_id: '1' },
				{ key: 'b', task_id: '' },
			],
			[
				['a', '1'],
				['b', '1'],
			],
		],
		[
			'of a sibling after it',
			[
				{ key: 'a', task_id: ' ' },
				{ key: 'b', task_id: '2' },
			],
			[
				['a', '2'],
				['b', '2'],
			],
		],
		['of a sibling without a key', [{ key: 'a' }, { key: '', task_id: '2' }], [['a', '2']]],
		[
			'of the first of two siblings',
			[
				{ key: 'a', task_id: null },
				{ key: 'b', task_id: '2' },
				{ key: 'c', task_id: '3' },
			],
			[
				['a', '2'],
				['b', '2'],
				['c', '3'],
			],
		],
		[
			'of none',
			[{ key: 'a', task_id: '' }, { key: 'b' }],
			[
				['a', null],
				['b', null],
			],
		],
		['that is a number', [{ key: 'a', task_id: 17 }], [['a', '17']]],
		[
			'that is no text',
			[
				{ key: 'a', task_id: {} },
				{ key: 'b', task_id: true },
			],
			[
				['a', null],
				['b', null],
			],
		],
	])('%s', (_what, operations, actions) => {
		expect(offered(...operations)).toEqual(actions);
	});

	test('is never that of another node', () => {
		const list = [task([{ key: 'a', task_id: '1' }]), task([{ key: 'b', task_id: '' }])];
		expect(take(list)?.map(({ taskId }) => taskId)).toEqual(['1', null]);
	});

	test('keeps all its digits', () => {
		const body =
			'{"error_code":"GOM.00000000","data":[{"operations":[{"key":"a","task_id":12345678901234567890}]}]}';
		expect(actionsOf('IM1').take(reading(body))?.[0]?.taskId).toBe('12345678901234567890');
	});
});

test('a key is sent as COC gives it, in any spelling', () => {
	expect(offered({ key: 'Reopen', task_id: '1' }, { key: 'constructor', task_id: '1' })).toEqual([
		['Reopen', '1'],
		['constructor', '1'],
	]);
});

describe('nothing can be done', () => {
	test.each<[string, unknown]>([
		['with an empty list', []],
		['without a list', null],
		['where nothing is said', undefined],
		['where the tasks have no operations', [task([]), task(undefined), task(null), task('agreed')]],
		[
			'where the operations have no keys',
			[task([{}, { key: '' }, { key: null }, { key: [] }, null, 5])],
		],
		['among things that are no tasks', [null, 5, 'x', []]],
	])('%s', (_what, data) => {
		expect(take(data)).toEqual([]);
	});
});

test.each([
	['a text', 'none'],
	['an object', { tasks: [] }],
	['a number', 0],
])('%s is no list of tasks', (_what, data) => {
	expect(take(data)).toBeNull();
});

test('a node that names nothing is nameless', () => {
	const [action] = take([{ type: 5, key: {}, operations: [{ key: 'a', task_id: '1' }] }])!;
	expect(action?.node).toEqual({ type: '5', key: null, name: null });
});
