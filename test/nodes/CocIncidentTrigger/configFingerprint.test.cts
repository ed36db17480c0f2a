/** What becomes of the trigger's memory when the user asks for something else. */
import { expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { NODE, named, useCoc } from './poller.cts';

let now = Date.now();
const coc = useCoc(() => (now += 1));
const later = (ms = 3_600_000) => (now += ms);
const create = (fields = {}) =>
	coc.standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED', ...fields }).number;

const events = ['incidentCreated', 'statusChanged'];
const person = (value: string, cachedResultName: string) => ({
	creator: { __rl: true, mode: 'list', value, cachedResultName },
});
const PERSON = 'c'.repeat(32);

test.each<[string, IDataObject, IDataObject]>([
	['without a filter', { events, filters: { level: ['level_10'] } }, { events }],
	[
		'with another value',
		{ events, filters: { titleContains: 'a' } },
		{ events, filters: { titleContains: 'Orders' } },
	],
	['for another event', { events: ['incidentClosed'] }, { events }],
])('%s it starts from now, once', async (_, before, after) => {
	const first = await coc.activate({ parameters: before });
	later();
	create({ level: 'level_30', title: 'Orders' });
	expect(named(await first.poll())).toEqual([]);
	later();
	const second = await coc.activate({ parameters: after, store: first.store });
	expect(second.first.events).toBeNull();
	expect(named(await second.poll())).toEqual([]);
	later();
	const ticket = create({ level: 'level_30', title: 'Orders' });
	const third = await coc.activate({ parameters: after, store: first.store });
	expect(named(third.first)).toEqual([`incidentCreated ${ticket}`]);
});

test.each<[string, IDataObject, IDataObject]>([
	['the order of events', { events }, { events: [...events].reverse() }],
	[
		'the order of values',
		{ events, filters: { level: ['level_10', 'level_50'] } },
		{ events, filters: { level: ['level_50', 'level_10'] } },
	],
	[
		'the order of filters',
		{ events, filters: { titleContains: 'Orders', level: ['level_50'] } },
		{ events, filters: { level: ['level_50'], titleContains: 'Orders' } },
	],
	[
		'a person’s name',
		{ events, filters: person(PERSON, 'Li') },
		{ events, filters: person(PERSON, 'Li Na') },
	],
	['what isn’t asked of COC', { events }, { events, simplify: false, options: { timeout: 9000 } }],
])('%s makes no difference: it goes on', async (_, before, after) => {
	const first = await coc.activate({ parameters: before });
	later();
	const ticket = create({ level: 'level_50', title: 'Orders', creator: PERSON });
	const second = await coc.activate({ parameters: after, store: first.store });
	expect(named(second.first)).toEqual([`incidentCreated ${ticket}`]);
});

test('a memory that doesn’t know what was asked goes on, and knows it from then on', async () => {
	const first = await coc.activate({ parameters: { events } });
	const memoryOf = ({ staticData }: { staticData: IDataObject }) =>
		(staticData[`node:${NODE}`] as { memory: IDataObject }).memory;
	const { configFingerprint } = memoryOf(first.store);
	expect(configFingerprint).toMatch(/^.{16}$/);
	delete memoryOf(first.store).configFingerprint;
	later();
	const ticket = create();
	const second = await coc.activate({ parameters: { events }, store: first.store });
	expect(named(second.first)).toEqual([`incidentCreated ${ticket}`]);
	expect(memoryOf(first.store).configFingerprint).toBe(configFingerprint);
});

test('after a change it begins at once, though COC asked to be left alone', async () => {
	const first = await coc.activate({ parameters: { events }, budgetMs: 0 });
	coc.standIn.fault({ kind: 'status', status: 429, retryAfter: '600' });
	expect((await first.poll()).error).not.toBeNull();
	const parameters = { events, filters: { titleContains: 'Orders' } };
	await coc.activate({ parameters, store: first.store });
	const ticket = create();
	const second = await coc.activate({ parameters, store: first.store });
	expect(named(second.first)).toEqual([`incidentCreated ${ticket}`]);
});
