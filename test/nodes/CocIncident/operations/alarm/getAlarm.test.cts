// Reading an alarm, and what was done about it.
import { describe, expect, test } from '@jest/globals';
import { useCoc } from '../../../../support/coc.cts';
import { outputOf } from '../../../../support/operate.cts';
import { alarmRecord, onAlarms } from './support.cts';

const coc = useCoc();
const at = Date.parse('2026-03-22T15:15:06Z');

describe('Get', () => {
	test('gives ten fields', async () => {
		const { id } = coc.standIn.alarms.add({ createTime: at, updateTime: at, incident: 'IM1' });
		expect(await outputOf(onAlarms(coc, 'get', [{ alarm: ` ${id}\n` }]))).toEqual({
			...{ alarm: id, name: 'Disk full', status: 'alarming', importance: 'major' },
			...{ application: '66f0c0000000000000000001', region: 'cn-north-4' },
			...{ owner: 'user-7da46971', ticket: 'IM1' },
			...{ createdAt: '2026-03-22T15:15:06.000Z', updatedAt: '2026-03-22T15:15:06.000Z' },
		});
		expect(coc.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
			`GET /v1/alarm-mgmt/alarm/${id}`,
		]);
	});

	test('gives what COC gives as Raw', async () => {
		const { id } = coc.standIn.alarms.add();
		const output = await outputOf(
			onAlarms(coc, 'get', [{ alarm: id }], { parameters: { output: 'raw' } }),
		);
		expect(output).toMatchObject({ id, come_from: 'CES', associate_event_id: null });
	});

	test.each<[string, unknown, string]>([
		['an alarm that doesn’t exist', 'ALM404', 'The alarm ALM404 does not exist.'],
		['a ticket', 'IM404', `'Alarm ID' has "IM404", which is no alarm ID`],
		['nothing', '', "'Alarm ID' is empty"],
	])('fails for %s', async (_name, alarm, reason) => {
		const { failed } = await onAlarms(coc, 'get', [{ alarm }]);
		expect(failed[0]?.json.error).toContain(reason);
		expect(failed[0]?.json.details).toMatchObject({ alarm: alarm === '' ? null : alarm });
	});

	test('says what is missing to a user without the permission', async () => {
		const { id } = coc.standIn.alarms.add();
		coc.credential.data.token = coc.standIn.issueToken({ permissions: [] });
		const { failed } = await onAlarms(coc, 'get', [{ alarm: id }]);
		expect(failed[0]?.json.error).toContain(
			'ask your administrator for the IAM action of this call, whose name COC does not publish,',
		);
	});

	test.each<[string, unknown]>([
		['no alarm', { data: null }],
		['a list', { data: [] }],
		['one without an ID', { data: { status: 'alarming' } }],
	])('takes an answer that holds %s for none', async (_name, body) => {
		coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify(body) });
		const { failed } = await onAlarms(coc, 'get', [{ alarm: 'ALM1' }]);
		expect(failed[0]?.json.error).toContain('COC answered, but without the alarm');
	});
});

describe('Get History', () => {
	const add = (count: number, resolved = true) =>
		coc.standIn.alarms.add({
			records: Array.from({ length: count }, (_, index) => alarmRecord(index)),
			resolved: resolved ? { at: at + 5000, by: 'lead', remarks: 'Enlarged' } : null,
		}).id;
	const all = { parameters: { returnAll: true } };
	const workOrders = (run: Awaited<ReturnType<typeof onAlarms>>) =>
		run.success.map(({ json }) => json.workOrder);

	test('lists what was done, and at last how it was cleared', async () => {
		const alarm = add(1);
		const { success } = await onAlarms(coc, 'getHistory', [{ alarm }]);
		expect(success.map(({ json }) => json)).toEqual([
			{
				...{ alarm, action: 'Clean up', operator: 'ops', comment: null, status: 'SUCCESS' },
				...{ startedAt: '2026-03-22T15:15:06.000Z', endedAt: '2026-03-22T15:15:07.000Z' },
				...{ taskType: 'SCRIPT', task: 'S1', workOrder: 'W0' },
			},
			{
				...{ alarm, action: 'Cleared', operator: 'lead', comment: 'Enlarged', status: null },
				...{ startedAt: '2026-03-22T15:15:11.000Z', endedAt: '2026-03-22T15:15:11.000Z' },
				...{ taskType: null, task: null, workOrder: null },
			},
		]);
	});

	test('gives what COC gives as Raw', async () => {
		const alarm = add(1);
		const { success } = await onAlarms(coc, 'getHistory', [{ alarm }], {
			parameters: { output: 'raw' },
		});
		expect(success.map(({ json }) => json)).toEqual([
			alarmRecord(0),
			{ resolved_record: { resolved_time: at + 5000, create_name: 'lead', remarks: 'Enlarged' } },
		]);
	});

	test.each([[0], [99], [100], [101], [250]])('reads all of %d, each once', async (count) => {
		const alarm = add(count, false);
		const run = await onAlarms(coc, 'getHistory', [{ alarm }], all);
		expect(workOrders(run)).toEqual(Array.from({ length: count }, (_, index) => `W${index}`));
	});

	test('reads to the end where COC gives fewer at a time', async () => {
		coc.standIn.quirks.mostPerPage = 7;
		const run = await onAlarms(coc, 'getHistory', [{ alarm: add(20) }], all);
		expect(run.success).toHaveLength(21);
	});

	test('reads no more than the limit needs', async () => {
		const alarm = add(250);
		const run = await onAlarms(coc, 'getHistory', [{ alarm, limit: 3 }]);
		expect(workOrders(run)).toEqual(['W0', 'W1', 'W2']);
		expect(coc.requests().map(({ url }) => url)).toEqual([
			`/v1/alarm-mgmt/alarm/${alarm}/handle-histories?offset=0&limit=100`,
		]);
	});

	test('ends where a server gives the same page for ever', async () => {
		const body = JSON.stringify({
			count: 500,
			alarm_handle_histories: [alarmRecord(0), alarmRecord(1)],
		});
		coc.standIn.fault({ kind: 'raw', status: 200, body, times: 99 });
		const run = await onAlarms(coc, 'getHistory', [{ alarm: 'ALM1' }], all);
		expect(workOrders(run)).toEqual(['W0', 'W1']);
		expect(coc.requests()).toHaveLength(2);
	});

	test.each<[string, unknown]>([
		['no list', { count: 1 }],
		['a text in its place', { count: 1, alarm_handle_histories: 'none' }],
	])('fails for an answer that holds %s', async (_name, body) => {
		coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify(body), times: 9 });
		const { success, failed } = await onAlarms(coc, 'getHistory', [{ alarm: 'ALM1' }]);
		expect(success).toEqual([]);
		expect(failed[0]?.json.details.outcome).toBe('notRead');
	});
});
