/** What an operator sees of the trigger: activated, ticking, failing, starting again. */
import { describe, expect, test } from '@jest/globals';
import { move, named, useCoc } from './poller.cts';

const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const COMPLETED = 'INCIDENT_STATUS_COMPLETED';
const ALL = ['incidentCreated', 'statusChanged', 'waitingForVerification', 'incidentClosed'];

/** The stand-in's time, which n8n's own clock knows nothing of. */
let now = Date.now();
const coc = useCoc(() => (now += 1));
const later = (ms = 60_000) => (now += ms);
const create = (fields = {}) => coc.standIn.addTicket({ status: TRIGGERED, ...fields }).number;
const to = (ticket: string, status: Parameters<typeof move>[2]) =>
	move(coc.standIn, ticket, status, (now += 1));

describe('What starts the workflow', () => {
	test('nothing that was there before the trigger was switched on', async () => {
		create();
		create({ status: RESOLVED });
		later();
		const trigger = await coc.activate({ parameters: { events: ALL } });
		expect(trigger.first.events).toBeNull();
		later();
		expect((await trigger.poll()).events).toBeNull();
	});

	test('each event of a ticket, from its creation to its closing, once', async () => {
		const trigger = await coc.activate({ parameters: { events: ALL } });
		later();
		const ticket = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
		later();
		to(ticket, ACCEPTED);
		expect(named(await trigger.poll())).toEqual([`statusChanged ${ticket}`]);
		later();
		to(ticket, RESOLVED);
		expect(named(await trigger.poll())).toEqual([
			`statusChanged ${ticket}`,
			`waitingForVerification ${ticket}`,
		]);
		later();
		expect((await trigger.poll()).events).toBeNull();
		to(ticket, COMPLETED);
		expect(named(await trigger.poll())).toEqual([
			`statusChanged ${ticket}`,
			`incidentClosed ${ticket}`,
		]);
		later();
		expect((await trigger.poll()).events).toBeNull();
	});

	test('by default a ticket that waits for verification, every time it does', async () => {
		const ticket = create({ status: ACCEPTED });
		later();
		const trigger = await coc.activate();
		for (let round = 0; round < 2; round++) {
			later();
			to(ticket, RESOLVED);
			expect(named(await trigger.poll())).toEqual([`waitingForVerification ${ticket}`]);
			later();
			to(ticket, ACCEPTED);
			expect((await trigger.poll()).events).toBeNull();
		}
		// Refused and solved again between two polls.
		to(ticket, RESOLVED);
		expect(named(await trigger.poll())).toEqual([`waitingForVerification ${ticket}`]);
		later();
		to(ticket, ACCEPTED);
		later();
		to(ticket, RESOLVED);
		expect(named(await trigger.poll())).toEqual([`waitingForVerification ${ticket}`]);
	});

	test('a change, but not a remark', async () => {
		const ticket = create();
		later();
		const trigger = await coc.activate({ parameters: { events: ['statusChanged'] } });
		later();
		coc.standIn.changeTicket(ticket, {}, { action: 'addRemark', at: now });
		later();
		expect((await trigger.poll()).events).toBeNull();
		to(ticket, ACCEPTED);
		later();
		expect(named(await trigger.poll())).toEqual([`statusChanged ${ticket}`]);
	});

	test.each([
		['pause', 'incidentPause'],
		['change of level', 'changeLevel'],
	])('a refused %s is no new status, a rejected ticket is one', async (_what, request) => {
		const [paused, rejected] = [create({ status: ACCEPTED }), create()];
		later();
		const trigger = await coc.activate({ parameters: { events: ['statusChanged'] } });
		later();
		coc.standIn.changeTicket(paused, {}, { action: request, at: now });
		later();
		coc.standIn.changeTicket(paused, {}, { action: 'rejected', at: now });
		const status = 'INCIDENT_STATUS_REJECTED';
		coc.standIn.changeTicket(rejected, { status }, { action: 'rejected', at: now });
		later();
		expect(named(await trigger.poll())).toEqual([`statusChanged ${rejected}`]);
	});

	test('only what passes the filters', async () => {
		const parameters = {
			events: ['incidentCreated'],
			filters: { level: ['level_10', 'level_20'], titleContains: 'payment' },
		};
		const trigger = await coc.activate({ parameters });
		later();
		create({ level: 'level_10', title: 'Orders' });
		create({ level: 'level_30', title: 'No payment' });
		const ticket = create({ level: 'level_20', title: 'No payments' });
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test.each([
		['assignee', 'b'.repeat(32), { assignee: 'b'.repeat(32) }],
		['creator', { __rl: true, mode: 'id', value: 'c'.repeat(32) }, { creator: 'c'.repeat(32) }],
		['source', ['incident_source_alarm'], { source: 'incident_source_alarm' }],
		['type', 'inc_type_p_other, my_own', { type: 'my_own' }],
	])('only what passes the filter %s', async (name, value, fitting) => {
		const parameters = { events: ['incidentCreated'], filters: { [name]: value } };
		const trigger = await coc.activate({ parameters });
		later();
		create();
		const ticket = create(fitting);
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test('more tickets than a page holds, all of the same moment', async () => {
		const trigger = await coc.activate({ parameters: { events: ['incidentCreated'] } });
		later();
		const at = now;
		const tickets = Array.from({ length: 230 }, () => create({ createTime: at, updateTime: at }));
		later();
		expect(named(await trigger.poll()).sort()).toEqual(
			tickets.map((ticket) => `incidentCreated ${ticket}`).sort(),
		);
		expect((await trigger.poll()).events).toBeNull();
	}, 60_000);

	test.each([
		['no total', () => undefined, 4],
		['a total', (count: number) => count, 3],
	])(
		'more tickets than COC gives at a time, which is fewer than asked for, with %s',
		async (_name, total, lists) => {
			const trigger = await coc.activate({ parameters: { events: ['incidentCreated'] } });
			later();
			Object.assign(coc.standIn.quirks, { mostPerPage: 20, total });
			const tickets = Array.from({ length: 50 }, (_, index) => {
				const at = now + index;
				return create({ createTime: at, updateTime: at });
			});
			later();
			const before = coc.standIn.requests.length;
			expect(named(await trigger.poll())).toEqual(
				tickets.map((ticket) => `incidentCreated ${ticket}`),
			);
			const made = coc.standIn.requests.slice(before);
			expect(made.filter(({ path }) => path === '/v2/incidents/list')).toHaveLength(lists);
			expect((await trigger.poll()).events).toBeNull();
		},
	);

	test('a ticket that the list shows minutes late', async () => {
		const trigger = await coc.activate({ parameters: { events: ['incidentCreated'] } });
		later();
		coc.standIn.quirks.listLagMs = 300_000;
		const late = create();
		later();
		expect((await trigger.poll()).events).toBeNull();
		later(300_000);
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${late}`]);
	});
});

describe('What an event tells', () => {
	test('event, statuses, time, and the ticket in ten fields and names', async () => {
		const ticket = create({ title: 'Orders are not confirmed', level: 'level_20' });
		later();
		const trigger = await coc.activate({ parameters: { events: ['statusChanged'] } });
		later();
		to(ticket, ACCEPTED);
		const at = new Date(coc.standIn.tickets.get(ticket)?.updateTime ?? 0).toISOString();
		const [first] = (await trigger.poll()).events ?? [];
		expect(first).toMatchObject({ event: 'statusChanged', ticket, oldStatus: null, at });
		later();
		to(ticket, RESOLVED);
		const { events } = await trigger.poll();
		expect(events).toHaveLength(1);
		expect(events?.[0]).toMatchObject({ oldStatus: 'Accepted', newStatus: 'To Be Verified' });
		expect(events?.[0]?.incident).toEqual({
			ticket,
			title: 'Orders are not confirmed',
			status: 'To Be Verified',
			level: 'P2',
			type: 'Function',
			source: 'Manual creation',
			assignee: '7da46971b7e24eed90cf777cc2ff8b91',
			assigneeName: 'user-7da46971',
			creator: '7da46971b7e24eed90cf777cc2ff8b91',
			creatorName: 'user-7da46971',
			serviceInterrupted: false,
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		});
	});

	test('with Selected Fields the number and these', async () => {
		const trigger = await coc.activate({
			parameters: { events: ['incidentCreated'], output: 'fields', fields: ['level', 'title'] },
		});
		later();
		const ticket = create();
		const [item] = (await trigger.poll()).events ?? [];
		expect(item).toMatchObject({ ticket, newStatus: 'Not Accepted' });
		expect(Object.keys(item?.incident ?? {})).toEqual(['ticket', 'level', 'title']);
	});

	test.each([
		['Output', { output: 'raw' }],
		['the Simplify of an earlier version', { simplify: false }],
		['the same as an expression', { simplify: '={{ false }}' }],
	])('raw by %s the ticket and the statuses as COC gives them', async (_by, output) => {
		const trigger = await coc.activate({
			parameters: { events: ['incidentCreated'], ...output },
		});
		later();
		const ticket = create();
		const [item] = (await trigger.poll()).events ?? [];
		expect(item).toMatchObject({ newStatus: TRIGGERED, oldStatus: null });
		expect(item?.incident).toMatchObject({ incident_num: ticket, status: TRIGGERED });
	});
});
