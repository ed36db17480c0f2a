// The history as the node shows it: actions in English, people by name, times, and what isn't known.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as historySource from '../../nodes/coc/history.ts';
import type * as source from '../../nodes/coc/simplifyHistory.ts';

const { simplifyHistory } = built<typeof source>('nodes/coc/simplifyHistory');
const { inTimeOrder } = built<typeof historySource>('nodes/coc/history');

const TIME = Date.UTC(2026, 2, 22, 15, 15, 6);
const simplify = (records: Array<Record<string, unknown>>, complete = true) =>
	simplifyHistory('IM1', { records, complete });
const one = (record: Record<string, unknown>) => simplify([record])[0]!;

const ENTRY = {
	...{ id: 7, ticket_id: 'IM1', action: 'acceptedForward', sub_action: null },
	...{ action_name_zh: '转发', action_name_en: 'Forwarded', operator: 'u1' },
	...{ status: 'INCIDENT_STATUS_ACKNOWLEDGED', comment: 'Please look' },
	...{ start_time: TIME, stop_time: String(TIME + 1000) },
	enum_data_list: [
		{ prop_id: 'operator', biz_id: 'u1', name_zh: '王', name_en: 'Wang', user_name: 'wang' },
	],
};
const SHOWN = {
	...{ ticket: 'IM1', action: 'Forwarded', key: 'acceptedForward' },
	...{ operator: 'u1', operatorName: 'Wang', comment: 'Please look', status: 'Accepted' },
	...{ startedAt: '2026-03-22T15:15:06.000Z', endedAt: '2026-03-22T15:15:07.000Z' },
	complete: true,
};

test('an entry of v1 is shown in English, with names and times', () => {
	expect(one(ENTRY)).toEqual(SHOWN);
});

test('each entry of a part of the history says that it isn’t all', () => {
	expect(simplify([ENTRY, ENTRY], false).map(({ complete }) => complete)).toEqual([false, false]);
});

test('an entry that says nothing is shown all the same', () => {
	expect(one({})).toEqual({
		...{ ticket: 'IM1', action: null, key: null, operator: null, comment: null },
		...{ status: null, startedAt: null, endedAt: null, complete: true },
	});
});

describe('the action', () => {
	const nameless = { action_name_en: null, action_name_zh: '' };

	test.each<[string, object, string | null, string | null]>([
		['is what COC calls it', {}, 'Forwarded', 'acceptedForward'],
		['is the console’s word where COC has none', nameless, 'Forward', 'acceptedForward'],
		[
			'is found in another field',
			{ ...nameless, action: 'process', sub_action: 'recovery' },
			'Resume',
			'recovery',
		],
		[
			'is found in the last field',
			{ ...nameless, action: 'x', final_sub_action: 'addRemark' },
			'Add Remark',
			'addRemark',
		],
		[
			'is v1’s',
			{ ...nameless, action: 'incidentChangeLevel1' },
			'Change Level',
			'incidentChangeLevel1',
		],
		[
			'is an approval while a handler is at work',
			{ ...nameless, action: 'agreed' },
			'Approve',
			'agreed',
		],
		[
			'is a closing after a rejection',
			{ ...nameless, action: 'agreed', status: 'INCIDENT_STATUS_COMPLETED' },
			'Close',
			'agreed',
		],
		[
			'is a refusal while a handler is at work',
			{ ...nameless, action: 'rejected' },
			'Refuse',
			'rejected',
		],
		[
			'is a rejection before',
			{ ...nameless, action: 'rejected', status: 'INCIDENT_STATUS_REJECTED' },
			'Reject',
			'rejected',
		],
		[
			'is COC’s Chinese name, where nothing else is known',
			{ action: 'new', action_name_en: '', action_name_zh: '新' },
			'新',
			'new',
		],
		[
			'is its key, where it has no name',
			{ ...nameless, action: 'somethingNew' },
			'somethingNew',
			'somethingNew',
		],
		['is nothing, where it is no text', { ...nameless, action: {} }, null, null],
		['is a number', { ...nameless, action: 5 }, '5', '5'],
	])('%s', (_what, fields, action, key) => {
		expect(one({ ...ENTRY, ...fields })).toMatchObject({ action, key });
	});

	test('answers a request by the entries around it, where their status tells nothing', () => {
		const step = (action: string, at: number) => ({
			action,
			status: 'done',
			start_time: TIME + at,
		});
		const steps = [step('agreed', 2), step('incidentPause', 1)];
		expect(simplify(steps).map(({ action }) => action)).toEqual(['Approve', 'Pause']);
	});
});

describe('the operator', () => {
	test.each<[string, unknown, string | undefined]>([
		['has the Chinese name, where there is no other', [{ biz_id: 'u1', name_zh: '王' }], '王'],
		['has the login, where there is no name', [{ biz_id: 'u1', user_name: 'wang' }], 'wang'],
		['has the name of v1’s detail', [{ enum_key: 'u1', name_en: 'Wang' }], 'Wang'],
		['is not called what somebody else is', [{ biz_id: 'u2', name_en: 'Li' }], undefined],
		['is not called by the ID', [{ biz_id: 'u1', name_en: 'u1', name_zh: ' ' }], undefined],
		[
			'is named by the first label that has a name',
			[{ biz_id: 'u1' }, { biz_id: 'u1', name_en: 'Wang' }],
			'Wang',
		],
		['has no name in no list', 'Wang', undefined],
		[
			'has no name among hostile labels',
			[null, 5, [], { biz_id: {} }, { biz_id: 'u1', name_en: {} }],
			undefined,
		],
	])('%s', (_what, enum_data_list, name) => {
		const shown = one({ ...ENTRY, enum_data_list });
		expect(shown.operator).toBe('u1');
		expect(shown.operatorName).toBe(name);
		expect('operatorName' in shown).toBe(name !== undefined);
	});
});

test('a status that is new to the node is shown as it is, and a time that can’t be read isn’t', () => {
	const shown = one({ ...ENTRY, status: 'PAUSED', start_time: 'soon', stop_time: null });
	expect(shown).toMatchObject({ status: 'PAUSED', startedAt: null, endedAt: null });
});

describe('the order', () => {
	const at = (start_time: unknown) => ({ start_time });
	const times = (records: object[]) =>
		records.map((record) => (record as { start_time: unknown }).start_time);

	test('is that of the times, both ways, numbers and texts', () => {
		const records = [at(TIME + 2), at(String(TIME)), at(TIME + 1)];
		expect(times(inTimeOrder(records, 'asc'))).toEqual([String(TIME), TIME + 1, TIME + 2]);
		expect(times(inTimeOrder(records, 'desc'))).toEqual([TIME + 2, TIME + 1, String(TIME)]);
		expect(times(records)).toEqual([TIME + 2, String(TIME), TIME + 1]);
	});

	test('is COC’s where one has no time', () => {
		const records = [at(TIME + 2), at(null), at(TIME)];
		expect(inTimeOrder(records, 'asc')).toEqual(records);
	});
});
