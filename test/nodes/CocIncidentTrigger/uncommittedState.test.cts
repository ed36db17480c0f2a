/** n8n's scheduler takes the workflow from the database for each poll, and stores only polls with events. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { move, named, useCoc, type ActivateOptions, type Store } from './poller.cts';

let now = Date.now();
const coc = useCoc(() => (now += 1));
const later = (ms = 60_000) => (now += ms);
const create = (fields = {}) =>
	coc.standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED', ...fields }).number;

/** Time as n8n's machine measures it goes by. */
const wait = (ms: number) => {
	const realNow = Date.now.bind(Date);
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ms);
};
afterEach(() => {
	jest.restoreAllMocks();
});
const created = { parameters: { events: ['incidentCreated'] } };

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
	const { store } = await coc.activate(created);
	const options = { ...created, store };
	const before = structuredClone(store.staticData);
	expect(named(await coc.tick(options))).toEqual([]);
	later();
	const ticket = create();
	expect(named(await coc.tick(options))).toEqual([`incidentCreated ${ticket}`]);
	expect(named(await coc.tick(options))).toEqual([]);
	// As after a backup of the database was restored.
	wait(60_000);
	store.staticData = before;
	expect(named(await coc.tick(options))).toEqual([`incidentCreated ${ticket}`]);
	const emptied = { ...options, store: { staticData: {} } };
	expect(named(await coc.tick(emptied))).toEqual([]);
	later();
	const next = create();
	expect(named(await coc.tick(emptied))).toEqual([`incidentCreated ${next}`]);
});

describe('With durable cursors, when n8n drops the memory of the poll at publishing', () => {
	const publish = async (parameters: { events: string[]; filters?: object }) => {
		const store = { staticData: {}, cursor: {} };
		await coc.activate({ parameters, store } as ActivateOptions);
		return { parameters, store } as ActivateOptions & { store: Store };
	};

	test('what happens until the first scheduled poll is told by it, once', async () => {
		const options = await publish(created.parameters);
		expect(options.store.cursor).toEqual({});
		const ticket = create();
		expect(named(await coc.tick(options))).toEqual([`incidentCreated ${ticket}`]);
		expect(named(await coc.tick(options))).toEqual([]);
		later();
		const next = create();
		expect(named(await coc.tick(options))).toEqual([`incidentCreated ${next}`]);
	});

	test('what was there before is told by none', async () => {
		create();
		later();
		const options = await publish(created.parameters);
		expect(named(await coc.tick(options))).toEqual([]);
	});

	test('likewise after other filters were published', async () => {
		const { store } = await publish(created.parameters);
		expect(named(await coc.tick({ ...created, store }))).toEqual([]);
		later();
		create({ title: 'No payments' });
		const parameters = { events: ['incidentCreated'], filters: { titleContains: 'payment' } };
		await coc.activate({ parameters, store });
		const ticket = create({ title: 'No payments' });
		expect(named(await coc.tick({ parameters, store }))).toEqual([`incidentCreated ${ticket}`]);
	});

	test('a memory that was emptied later begins now', async () => {
		const options = await publish(created.parameters);
		expect(named(await coc.tick(options))).toEqual([]);
		expect(named(await coc.tick(options))).toEqual([]);
		later();
		create();
		options.store.cursor = {};
		expect(named(await coc.tick(options))).toEqual([]);
	});
});

describe('When several polls come with the same memory', () => {
	const both = (store: Store): [ActivateOptions, ActivateOptions] => [
		{ ...created, store },
		{ ...created, store: structuredClone(store) },
	];

	test.each<[string, () => Store]>([
		['the database', () => ({ staticData: {} })],
		['durable cursors', () => ({ staticData: {}, cursor: {} })],
	])('from %s, one tells the events and the other none', async (_, storeOf) => {
		const { store } = await coc.activate({ ...created, store: storeOf() });
		for (let round = 0; round < 2; round++) {
			later();
			const ticket = create();
			const [first, second] = both(store);
			expect(named(await coc.tick(first))).toEqual([`incidentCreated ${ticket}`]);
			expect(named(await coc.tick(second))).toEqual([]);
		}
		const ticket = create();
		const told = await Promise.all(both(store).map(async (one) => named(await coc.tick(one))));
		expect(told.flat()).toEqual([`incidentCreated ${ticket}`]);
	});

	test('what n8n has thrown away is told again, as soon as it comes back with that memory', async () => {
		const { store } = await coc.activate({ ...created, store: { staticData: {}, cursor: {} } });
		later();
		const ticket = create();
		const [first, again] = both(store);
		expect(named(await coc.tick(first))).toEqual([`incidentCreated ${ticket}`]);
		wait(60_000);
		expect(named(await coc.tick(again))).toEqual([`incidentCreated ${ticket}`]);
	});
});
