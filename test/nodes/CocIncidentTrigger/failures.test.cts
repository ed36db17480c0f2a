/** What becomes of the trigger's events when a poll fails or meets another. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { useClock } from '../../support/clock.cts';
import { named, useCoc } from './poller.cts';
import { useQuickTime } from '../../support/quickTime.cts';

const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const LIST = '/v2/incidents/list';
const created = { parameters: { events: ['incidentCreated'] } };

let now = Date.now();
useQuickTime();
const coc = useCoc(() => (now += 1));
const later = (ms = 60_000) => (now += ms);
const create = (fields = {}) => coc.standIn.addTicket({ status: TRIGGERED, ...fields }).number;

describe('When a poll fails', () => {
	const clock = useClock();

	test.each([
		['the list', LIST],
		['a ticket in the middle', /^\/v1\/external\/incident\//],
	])('%s can’t be read: nothing is told, and the next poll tells all', async (_, path) => {
		const trigger = await coc.activate(created);
		later();
		const tickets = [create(), create(), create()];
		coc.standIn.fault({ kind: 'errorCode', code: 'COC.1', message: 'No', match: { path } });
		const memory = JSON.stringify(trigger.memory());
		const { events, error } = await trigger.poll();
		expect(events).toBeNull();
		expect(error?.message).toContain('"No" (COC.1, HTTP 200)');
		expect(error?.message).toMatch(/^COC could not be polled: .* No event is lost: /);
		expect(JSON.stringify(trigger.memory())).toBe(memory);
		later();
		expect(named(await trigger.poll())).toEqual(tickets.map((one) => `incidentCreated ${one}`));
	});

	test('a dead token is declared as such, with what to do', async () => {
		const trigger = await coc.activate(created);
		coc.standIn.expireToken(coc.credential.data.token as string);
		const { error } = await trigger.poll();
		expect(error?.failure?.cause).toBe('credential-invalid');
		expect(error?.httpCode).toBe('401');
		expect(error?.message).toContain('put a new one into the credential');
		coc.credential.data.token = coc.standIn.issueToken();
		const ticket = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test('a missing permission is named', async () => {
		const trigger = await coc.activate(created);
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:list'] });
		create();
		const { error } = await trigger.poll();
		expect(error?.failure?.cause).toBe('configuration-invalid');
		expect(error?.message).toContain('coc:ticket:get');
	});

	test('a gateway in trouble counts as temporary', async () => {
		const trigger = await coc.activate(created);
		const ticket = create();
		coc.standIn.fault({ kind: 'status', status: 502, times: 4 });
		const { error } = await trigger.poll();
		expect(error?.failure?.cause).toBe('temporarily-unavailable');
		expect(error?.message).toBe(
			'COC could not be polled: "The gateway answers with status 502." (APIGW.0201, HTTP 502). No event is lost: the next poll that works goes on where the last one ended.',
		);
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	}, 60_000);

	test.each([
		[429, 'rate-limited'],
		[503, 'temporarily-unavailable'],
	])(
		'after %d COC is left alone for as long as it asks for',
		async (status, cause) => {
			const trigger = await coc.activate(created);
			const ticket = create();
			coc.standIn.fault({ kind: 'status', status, retryAfter: '1', times: 4 });
			const { error } = await trigger.poll();
			expect(error?.failure).toEqual({ cause, retryAfterMs: 1000 });
			coc.standIn.clearFaults();
			const requests = coc.standIn.requests.length;
			expect(await trigger.poll()).toEqual({ events: null, error: null });
			expect(coc.standIn.requests).toHaveLength(requests);
			clock.forward = 1100;
			expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
		},
		60_000,
	);

	test.each([
		[429, '3600', 'rate-limited'],
		[503, '40', 'temporarily-unavailable'],
	])(
		'after %d with a wait of %s s it asks no more in the same poll, nor before that time',
		async (status, retryAfter, cause) => {
			const trigger = await coc.activate(created);
			const ticket = create();
			const requests = coc.standIn.requests.length;
			coc.standIn.fault({ kind: 'status', status, retryAfter, times: 9 });
			const { error } = await trigger.poll();
			const ms = Number(retryAfter) * 1000;
			expect(error?.failure).toEqual({ cause, retryAfterMs: ms });
			expect(error?.message).toMatch(
				/COC asks to be left alone for (?:60 minutes|40 seconds), until \S+Z\. No event is lost/,
			);
			expect(coc.standIn.requests).toHaveLength(requests + 1);
			coc.standIn.clearFaults();
			clock.forward = ms - 2000;
			expect(await trigger.poll()).toEqual({ events: null, error: null });
			expect(coc.standIn.requests).toHaveLength(requests + 1);
			clock.forward = ms + 2000;
			expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
		},
	);

	test('switched on while COC is to be left alone, it begins all the same', async () => {
		// No time to wait within the poll.
		const options = { ...created, store: { staticData: {} }, budgetMs: 0 };
		coc.standIn.fault({ kind: 'status', status: 429, retryAfter: '600', match: { path: LIST } });
		await expect(coc.activate(options)).rejects.toThrow('COC could not be polled');
		const trigger = await coc.activate(options);
		const ticket = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test('a long wait counts whatever the status: no more requests in that poll, nor before its end', async () => {
		const trigger = await coc.activate(created);
		create();
		const before = coc.standIn.requests.length;
		coc.standIn.fault({ kind: 'status', status: 500, retryAfter: '600', times: 9 });
		const { error } = await trigger.poll();
		expect(error?.failure).toEqual({ cause: 'temporarily-unavailable', retryAfterMs: 600_000 });
		expect(error?.message).toMatch(
			/COC asks to be left alone for 10 minutes, until \S+Z\. No event is lost: [^.]+\.$/,
		);
		expect(await trigger.poll()).toEqual({ events: null, error: null });
		expect(coc.standIn.requests).toHaveLength(before + 1);
	});

	test('a workflow without an event to wait for can’t be switched on', async () => {
		await expect(coc.activate({ parameters: { events: [] } })).rejects.toThrow(
			"'Trigger On' is empty. Choose at least one event.",
		);
		expect(coc.standIn.requests).toEqual([]);
	});

	test.each([
		['creator', 'two words', "'Creator' contains white space"],
		// It would let everything through, which nobody adds a filter for.
		['level', [], "'Level' is empty. Choose a value, or remove the filter."],
		['titleContains', ' ', "'Title Contains' is empty"],
		['assignee', { __rl: true, mode: 'list', value: '' }, "'Assignee' is empty"],
	])('the filter %s that is %j is refused by its name', async (name, value, message) => {
		const parameters = { filters: { [name]: value } };
		await expect(coc.activate({ parameters })).rejects.toThrow(message);
		expect(coc.standIn.requests).toEqual([]);
	});

	test('all filters that can’t be used are named at once', async () => {
		const parameters = { filters: { level: [], creator: 'two words' } };
		await expect(coc.activate({ parameters })).rejects.toThrow(
			"'Creator' contains white space or an invisible character; 'Level' is empty. " +
				'Correct these fields, or what their expressions read. ',
		);
	});
});

describe('When polls meet', () => {
	test('of two at the same time one looks and the other leaves it alone', async () => {
		const trigger = await coc.activate(created);
		const ticket = create();
		coc.standIn.fault({ kind: 'latency', ms: 1500 });
		const both = await Promise.all([trigger.poll(), sleep(50).then(() => trigger.poll())]);
		expect(both.map(named)).toEqual([[`incidentCreated ${ticket}`], []]);
	});

	test('at most five tickets are read at once', async () => {
		const trigger = await coc.activate(created);
		Array.from({ length: 20 }, () => create());
		const match = { path: /\/IM[^/]*$/ };
		coc.standIn.fault({ kind: 'latency', ms: 10_000, together: 5, times: 20, match });
		expect(named(await trigger.poll())).toHaveLength(20);
		expect(coc.standIn.peakConnections).toBe(5);
	});

	test.each([
		['one after the other', 130, () => later(20_000)],
		['all of one moment', 130, () => now],
	])(
		'a backlog of tickets %s is worked off in several polls, the oldest first',
		async (_, count, at) => {
			// No time at all: each poll reads what it must.
			const trigger = await coc.activate({ ...created, budgetMs: 0 });
			later();
			const tickets = Array.from({ length: count }, () => {
				const time = at();
				return create({ createTime: time, updateTime: time });
			});
			// Read later than that they may change once more in the same moment.
			later();
			const told: string[][] = [];
			for (let poll = 0; poll < 9; poll++) told.push(named(await trigger.poll()));
			expect(told.flat()).toEqual(tickets.map((ticket) => `incidentCreated ${ticket}`));
			expect(told.map((one) => one.length)).toEqual([20, 20, 20, 20, 20, 20, 10, 0, 0]);
		},
		60_000,
	);
});
