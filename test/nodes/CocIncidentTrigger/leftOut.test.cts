/** One ticket that COC tells of in an unreadable way doesn't hold up the events of the others. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listenToLogs } from '../../engine/index.cts';
import { move, named, useCoc } from './poller.cts';

const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';

let now = Date.now();
const coc = useCoc(() => (now += 1));
const later = (ms = 60_000) => (now += ms);
const create = (fields = {}) => coc.standIn.addTicket({ status: TRIGGERED, ...fields }).number;
const created = { parameters: { events: ['incidentCreated'] } };
const changed = { parameters: { events: ['statusChanged'] } };

/** What one ticket's row is in the list. */
const flaw = (ticket: string, of: (row: Record<string, unknown>) => unknown) => {
	coc.standIn.quirks.row = (row) => (row.ticket_id === ticket ? of(row) : row);
};
const envelope = (data: unknown) =>
	JSON.stringify({ provider_code: '049', error_code: 'GOM.00000000', error_msg: null, data });

let said: string[];
let stopListening: () => void;
beforeEach(() => {
	said = [];
	stopListening = listenToLogs(({ level, message }) => {
		if (level === 'warn') said.push(message);
	});
});
afterEach(() => stopListening());

describe('A row of the list', () => {
	test.each<[string, (row: Record<string, unknown>) => unknown]>([
		['without a create_time', (row) => ({ ...row, create_time: null })],
		['with words as create_time', (row) => ({ ...row, create_time: '2026-03-22 15:15' })],
		['with seconds as create_time', (row) => ({ ...row, create_time: '1790000000' })],
		['without any time', (row) => ({ ...row, create_time: '', update_time: null })],
		['without a number', (row) => ({ ...row, ticket_id: null })],
		['with dots as its number', (row) => ({ ...row, ticket_id: '..' })],
		['that is null', () => null],
		['that is a text', () => 'a ticket'],
	])('%s is left out, and the others’ events are told', async (_, of) => {
		const trigger = await coc.activate(created);
		later();
		const [before, bad, after] = [create(), create(), create()] as const;
		flaw(bad, of);
		const told = [before, after].map((ticket) => `incidentCreated ${ticket}`);
		expect(named(await trigger.poll())).toEqual(told);
		later();
		expect(named(await trigger.poll())).toEqual([]);
		const next = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${next}`]);
	});

	test('that is left out is named in n8n’s log, once', async () => {
		const trigger = await coc.activate(created);
		later();
		const bad = create();
		flaw(bad, (row) => ({ ...row, create_time: null }));
		for (let poll = 0; poll < 3; poll++) {
			expect(named(await trigger.poll())).toEqual([]);
			later();
		}
		expect(said).toEqual([
			`The COC Incident Trigger leaves a ticket out: ticket ${bad} has no readable create_time.`,
		]);
	});

	test.each([null, 'soon', '1790000000'])(
		'with %j as its update_time is followed all the same',
		async (update_time) => {
			const ticket = create();
			flaw(ticket, (row) => ({ ...row, update_time }));
			later();
			const events = ['incidentCreated', 'statusChanged'];
			const trigger = await coc.activate({ parameters: { events } });
			later();
			const other = create();
			expect(named(await trigger.poll())).toEqual([`incidentCreated ${other}`]);
			later();
			move(coc.standIn, ticket, ACCEPTED, now);
			expect(named(await trigger.poll())).toEqual([`statusChanged ${ticket}`]);
			later(1000);
			move(coc.standIn, ticket, 'INCIDENT_STATUS_RESOLVED', now);
			expect(named(await trigger.poll())).toEqual([`statusChanged ${ticket}`]);
			expect(named(await trigger.poll())).toEqual([]);
		},
	);

	test('with a number in digits is asked for by it', async () => {
		const trigger = await coc.activate(created);
		later();
		const ticket = create({ number: '20260322' });
		flaw(ticket, (row) => ({ ...row, ticket_id: 20260322 }));
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test.each([
		['times', { create_time: null, update_time: null }],
		['numbers', { ticket_id: null }],
		['update times', { update_time: null }],
	])(
		'whole pages without %s don’t hide what comes after them',
		async (what, lacking) => {
			const trigger = await coc.activate(created);
			later();
			const bad = new Set(Array.from({ length: 230 }, () => create()));
			coc.standIn.quirks.row = (row) =>
				bad.has(String(row.ticket_id)) ? { ...row, ...lacking } : row;
			later();
			const good = create();
			const told = named(await trigger.poll());
			expect(told).toContain(`incidentCreated ${good}`);
			expect(new Set(told).size).toBe(told.length);
			expect(told).toHaveLength(what === 'update times' ? 231 : 1);
		},
		60_000,
	);

	test('isn’t left out when there is none that can be read', async () => {
		const trigger = await coc.activate(created);
		const memory = JSON.stringify(trigger.memory());
		later();
		const tickets = Array.from({ length: 12 }, () => create());
		coc.standIn.quirks.row = (row) => ({ ...row, create_time: '2026-03-22T15:15:06Z' });
		const { error } = await trigger.poll();
		expect(error?.message).toBe(
			`COC could not be polled: of 12 tickets none could be read: ticket ${tickets[0]} has no readable create_time. COC answers in another way than its API says: please report this. No event is lost: the next poll that works goes on where the last one ended.`,
		);
		expect(JSON.stringify(trigger.memory())).toBe(memory);
		coc.standIn.quirks.row = (row) => row;
		expect(named(await trigger.poll())).toEqual(tickets.map((one) => `incidentCreated ${one}`));
	});
});

describe('A ticket', () => {
	const spoil = (
		ticket: string,
		fault: { status: number; body: string },
		path = `/v1/external/incident/${ticket}`,
	) => coc.standIn.fault({ kind: 'raw', ...fault, match: { path }, times: 99 });

	test.each([
		['without a status', { status: 200, body: envelope({ incident_title: 'Orders' }) }],
		['that is empty', { status: 200, body: envelope(null) }],
		[
			'whose number COC refuses',
			{
				status: 400,
				body: JSON.stringify({ error_code: 'GOM.00007256', error_msg: 'invalid parameter' }),
			},
		],
	])('%s is left out and named, and the others’ events are told', async (_, fault) => {
		const trigger = await coc.activate(created);
		later();
		const [before, bad, after] = [create(), create(), create()] as const;
		spoil(bad, fault);
		const told = [before, after].map((ticket) => `incidentCreated ${ticket}`);
		expect(named(await trigger.poll())).toEqual(told);
		expect(named(await trigger.poll())).toEqual([]);
		expect(said).toEqual([expect.stringContaining(bad)]);
		// Mended while the trigger still looks back so far.
		coc.standIn.clearFaults();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${bad}`]);
	});

	test('isn’t left out for lack of permission: its events would be lost', async () => {
		const trigger = await coc.activate(created);
		later();
		const [bad, good] = [create(), create()] as const;
		const refusal = { error_code: 'APIGW.0302', error_msg: 'denied', request_id: '1' };
		spoil(bad, { status: 403, body: JSON.stringify(refusal) });
		const { error } = await trigger.poll();
		expect(error?.message).toContain(bad);
		coc.standIn.clearFaults();
		expect(named(await trigger.poll())).toEqual(
			[bad, good].map((ticket) => `incidentCreated ${ticket}`),
		);
	});

	test('isn’t left out when there is none that can be read', async () => {
		const trigger = await coc.activate(created);
		later();
		const tickets = Array.from({ length: 10 }, () => create());
		for (const ticket of tickets) spoil(ticket, { status: 200, body: envelope({}) });
		const { error } = await trigger.poll();
		expect(error?.message).toContain('of 10 tickets none could be read: the detail of ticket IM');
		coc.standIn.clearFaults();
		expect(named(await trigger.poll())).toHaveLength(10);
	});

	test('whose history can’t be read counts as changed, and n8n’s log says so', async () => {
		const ticket = create();
		later();
		const trigger = await coc.activate(changed);
		later();
		const path = '/v1/external/incident/list-histories';
		spoil(ticket, { status: 200, body: envelope({ info: 'none' }) }, path);
		move(coc.standIn, ticket, ACCEPTED, now);
		expect(named(await trigger.poll())).toEqual([`statusChanged ${ticket}`]);
		expect(said).toEqual([expect.stringContaining(`history of ticket ${ticket}`)]);
	});
});
