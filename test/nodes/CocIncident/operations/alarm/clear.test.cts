// Clearing alarms: one call for all of an item, and an outcome for each of them.
import { describe, expect, test } from '@jest/globals';
import { CLEAR } from '../../../../standin/paths.cts';
import type { Fault } from '../../../../standin/index.cts';
import { type Fields, useCoc } from '../../../../support/coc.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';
import { cleared, onAlarms } from './support.cts';

useQuickTime();
const coc = useCoc();
const add = (count: number) =>
	Array.from({ length: count }, () => coc.standIn.alarms.add().id) as [string, ...string[]];
const ways = [
	['joined by commas', (ids: string[]) => ` ${ids.join(' , ')},`],
	['as a list', (ids: string[]) => ids],
] as const;
const endings = ({ success, failed }: Awaited<ReturnType<typeof onAlarms>>) => [
	...success.map(({ json }) => [json.alarm, json.outcome ?? json.error]),
	...failed.map(({ json }) => [json.details.alarm, json.details.outcome]),
];

describe.each(ways)('alarms %s', (_name, joined) => {
	test('go in one call, and each has an output item that is paired with the input', async () => {
		const ids = add(3);
		const items = [{ alarms: joined(ids), remarks: ' Enlarged ' }];
		const { success, failed } = await onAlarms(coc, 'clear', items);
		expect(failed).toEqual([]);
		expect(cleared(coc)).toEqual([
			`{"alarm_ids":"${ids.join(',')}","remarks":"Enlarged","is_service_interrupt":false}`,
		]);
		expect(success).toEqual(
			ids.map((alarm) => ({
				json: {
					...{ alarm, outcome: 'applied', remarks: 'Enlarged', serviceInterrupted: false },
					...{ startTime: null, recoveryTime: null, response: { data: ids } },
				},
				pairedItem: { item: 0 },
			})),
		);
		expect(coc.standIn.alarms.all().map(({ status }) => status)).toEqual(ids.map(() => 'resolved'));
		expect(coc.requests()).toHaveLength(1);
	});
});

test('one that is named twice is sent once', async () => {
	const [alarm] = add(1);
	const { success } = await onAlarms(coc, 'clear', [{ alarms: `${alarm},${alarm}` }]);
	expect(success).toHaveLength(1);
	expect(cleared(coc)).toEqual([`{"alarm_ids":"${alarm}","is_service_interrupt":false}`]);
});

test('an interruption goes with its times', async () => {
	const [alarms] = add(1);
	const fields = { serviceInterrupted: true, startTime: 1_774_163_706_000 };
	const item = { alarms, ...fields, recoveryTime: '2026-03-22T08:00:00Z' };
	const { success } = await onAlarms(coc, 'clear', [item]);
	expect(cleared(coc)[0]).toContain(
		'"is_service_interrupt":true,"start_time":1774163706000,"fault_recovery_time":1774166400000',
	);
	expect(success[0]?.json).toMatchObject({
		serviceInterrupted: true,
		startTime: '2026-03-22T07:15:06.000Z',
		recoveryTime: '2026-03-22T08:00:00.000Z',
	});
});

test('one that is cleared already is cleared once more: nothing is guessed', async () => {
	const { id } = coc.standIn.alarms.add({ status: 'resolved' });
	const run = await onAlarms(coc, 'clear', [{ alarms: id, remarks: 'Twice' }]);
	expect(endings(run)).toEqual([[id, 'applied']]);
	expect(coc.standIn.alarms.get(id)?.remarks).toBe('Twice');
});

test('a dry run says for each what would be sent, and sends nothing', async () => {
	const ids = add(2);
	const options = { dryRun: true };
	const { success } = await onAlarms(coc, 'clear', [{ alarms: ids }], { parameters: { options } });
	expect(success.map(({ json }) => json)).toMatchObject(
		ids.map((alarm) => ({
			...{ alarm, outcome: 'dryRun', wouldBeAccepted: null, response: null },
			request: {
				method: 'POST',
				url: `${coc.standIn.url}${CLEAR}`,
				body: { alarm_ids: ids.join(','), is_service_interrupt: false },
			},
		})),
	);
	expect(coc.requests()).toEqual([]);
});

describe('before anything is sent, it is refused', () => {
	const good = 'ALM20260322151506171753781';
	test.each<[string, Fields, string]>([
		['without an alarm', { alarms: ' , ' }, "'Alarms' is empty"],
		['with an empty list', { alarms: [] }, "'Alarms' is empty"],
		['with a ticket', { alarms: `${good},IM1` }, `'Alarms' has "IM1", which is no alarm ID`],
		['with an ID that is too long', { alarms: `${good}9` }, "'Alarms' is 27 characters long"],
		['with blanks in an ID', { alarms: 'ALM1 ALM2' }, "'Alarms' contains white space"],
		['with a number in the list', { alarms: [good, 7] }, "'Alarms' must be text"],
		[
			'with a remark of 301 characters',
			{ alarms: good, remarks: 'x'.repeat(301) },
			"'Remarks' is 301 characters long",
		],
		[
			'without the times of an interruption',
			{ alarms: good, serviceInterrupted: true, startTime: '', recoveryTime: '' },
			"'Start Time' is empty",
		],
	])('%s', async (_name, fields, reason) => {
		const { failed } = await onAlarms(coc, 'clear', [fields]);
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json.details.outcome).toBe('notSent');
		expect(failed[0]?.json.error).toContain(`was not cleared: ${reason}`);
		expect(coc.requests()).toEqual([]);
	});
});

describe('when COC clears only some of them,', () => {
	const inPart = () => {
		const [first, left, last] = add(3) as [string, string, string];
		coc.standIn.quirks.leavesAlarm = (id) => id === left;
		return { first, left, last, alarms: `${first},${left},${last}` };
	};

	test.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'%s hands the others on, and the one that is left as an error item',
		async (onError) => {
			const { first, left, last, alarms } = inPart();
			const run = await onAlarms(coc, 'clear', [{ alarms }], { onError });
			const found = [...run.success, ...run.failed].map(({ json }) => {
				const details = json.details as { alarm: string; outcome: string } | undefined;
				return [details?.alarm ?? json.alarm, details?.outcome ?? json.outcome];
			});
			const wanted = [
				[first, 'applied'],
				[left, 'refused'],
				[last, 'applied'],
			];
			expect(found.sort()).toEqual(wanted.sort());
			const [error] = [...run.failed, ...run.success].flatMap(({ json }) => json.error ?? []);
			expect(error).toBe(
				`Alarm ${left} was not cleared: COC's answer does not name it among those that are done, and its status is "alarming". Nothing was changed. Check the alarm ID, and who may clear the alarm.`,
			);
			expect(cleared(coc)).toHaveLength(1);
		},
	);

	test('Stop mode ends with an error that says of each how it ended', async () => {
		const { first, left, last, alarms } = inPart();
		const { executionError } = await onAlarms(coc, 'clear', [{ alarms }], {
			onError: 'stopWorkflow',
		});
		expect(executionError?.message).toContain(`Alarm ${left} was not cleared`);
		expect(executionError?.description).toContain(
			`Of all items: 1 refused (item 0: ${left}), 2 applied (item 0: ${first}, ${last}).`,
		);
	});

	test('Retry On Fail sends only what is left, and hands on all of them', async () => {
		const { first, left, last, alarms } = inPart();
		coc.standIn.quirks.leavesAlarm = (id) => id === left && cleared(coc).length === 1;
		const { success, executionError } = await onAlarms(coc, 'clear', [{ alarms }], {
			...{ onError: 'stopWorkflow', retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
		});
		expect(executionError).toBeUndefined();
		expect(success.map(({ json }) => [json.alarm, json.outcome])).toEqual([
			...[
				[first, 'applied'],
				[left, 'applied'],
				[last, 'applied'],
			],
		]);
		expect(
			cleared(coc).map((body) => (JSON.parse(body) as { alarm_ids: string }).alarm_ids),
		).toEqual([...[alarms, left]]);
	});

	test('one that doesn’t exist is refused, in COC’s words', async () => {
		const [alarm] = add(1);
		const run = await onAlarms(coc, 'clear', [{ alarms: `${alarm},ALM404` }]);
		expect(endings(run)).toEqual([
			[alarm, 'applied'],
			['ALM404', 'refused'],
		]);
		expect(run.failed[0]?.json.error).toContain('The alarm ALM404 does not exist.');
	});

	test('one whose status can’t be read is unknown', async () => {
		const { left, alarms } = inPart();
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:alarm:clear'] });
		const run = await onAlarms(coc, 'clear', [{ alarms }]);
		expect(run.failed.map(({ json }) => [json.details.alarm, json.details.outcome])).toEqual([
			[left, 'unknown'],
		]);
		expect(run.failed[0]?.json.error).toContain('to clear it once more does no harm');
	});
});

test.each<[string, unknown]>([
	['nothing', null],
	['an object', {}],
	['rows', [{ id: 'ALM1' }]],
	['what was not asked for', ['ALM7', 7, null, ['ALM8']]],
])('an answer that holds %s in place of the alarms: their status decides', async (_name, data) => {
	const [alarm] = add(1);
	const body = JSON.stringify({ data });
	coc.standIn.fault({ kind: 'raw', status: 200, body, apply: true, match: { path: CLEAR } });
	const run = await onAlarms(coc, 'clear', [{ alarms: alarm }]);
	expect(endings(run)).toEqual([[alarm, 'recovered']]);
});

describe('when the answer is lost,', () => {
	const lost: Fault = { kind: 'resetAfter', match: { path: CLEAR } };

	test('the status decides', async () => {
		const ids = add(2);
		coc.standIn.fault(lost);
		const run = await onAlarms(coc, 'clear', [{ alarms: ids }]);
		expect(endings(run)).toEqual(ids.map((id) => [id, 'recovered']));
		expect(cleared(coc)).toHaveLength(1);
	});

	test('only those are sent again which are not over', async () => {
		const [first, left] = add(2) as [string, string];
		coc.standIn.quirks.leavesAlarm = (id) => id === left && cleared(coc).length === 1;
		coc.standIn.fault(lost);
		const run = await onAlarms(coc, 'clear', [{ alarms: [first, left] }]);
		expect(endings(run)).toEqual([
			[first, 'recovered'],
			[left, 'applied'],
		]);
		expect(
			cleared(coc).map((body) => (JSON.parse(body) as { alarm_ids: string }).alarm_ids),
		).toEqual([...[`${first},${left}`, left]]);
	});

	test('again and again, each is unknown for itself, with what was seen', async () => {
		const ids = add(2);
		coc.standIn.fault({ kind: 'resetBefore', times: 9, match: { path: CLEAR } });
		const run = await onAlarms(coc, 'clear', [{ alarms: ids }]);
		expect(endings(run)).toEqual(ids.map((id) => [id, 'unknown']));
		expect(run.failed[0]?.json.error).toContain('Seen in COC: its status is "alarming".');
		expect(cleared(coc)).toHaveLength(3);
	});
});

test('a refusal of the whole call counts for each of them', async () => {
	const ids = add(2);
	coc.credential.data.token = coc.standIn.issueToken({ permissions: [] });
	const run = await onAlarms(coc, 'clear', [{ alarms: ids }]);
	expect(endings(run)).toEqual(ids.map((id) => [id, 'refused']));
	expect(run.failed[0]?.json.error).toContain('coc:alarm:clear');
});
