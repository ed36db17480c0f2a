/** n8n's scheduler takes the workflow from the database for each poll, and stores only polls with events. */
import { expect, test } from '@jest/globals';
import { move, named, useCoc } from './poller.cts';

let now = Date.now();
const coc = useCoc(() => (now += 1));
const later = (ms = 60_000) => (now += ms);
const create = (fields = {}) =>
	coc.standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED', ...fields }).number;

/** No time at all: each poll reads twenty tickets. */
const closed = { parameters: { events: ['incidentClosed'] }, budgetMs: 0 };

test('a backlog without events that takes several polls comes to its end', async () => {
	const { store } = await coc.activate(closed);
	const options = { ...closed, store };
	later();
	const tickets = Array.from({ length: 50 }, () => create());
	later();
	move(coc.standIn, tickets[0]!, 'INCIDENT_STATUS_COMPLETED', now);
	later();
	const told: string[][] = [];
	for (let poll = 0; poll < 4; poll++) told.push(named(await coc.tick(options)));
	expect(told).toEqual([[], [], [`incidentClosed ${tickets[0]}`], []]);
});

test('what was stored meanwhile counts, and an emptied memory begins now', async () => {
	const created = { parameters: { events: ['incidentCreated'] } };
	const { store } = await coc.activate(created);
	const options = { ...created, store };
	const before = structuredClone(store.staticData);
	expect(named(await coc.tick(options))).toEqual([]);
	later();
	const ticket = create();
	expect(named(await coc.tick(options))).toEqual([`incidentCreated ${ticket}`]);
	expect(named(await coc.tick(options))).toEqual([]);
	// As after a backup of the database was restored.
	store.staticData = before;
	expect(named(await coc.tick(options))).toEqual([`incidentCreated ${ticket}`]);
	const emptied = { ...options, store: { staticData: {} } };
	expect(named(await coc.tick(emptied))).toEqual([]);
	later();
	create();
	expect(named(await coc.tick(emptied))).toEqual([]);
});
