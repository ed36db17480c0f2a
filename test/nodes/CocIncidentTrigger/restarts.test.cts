// What is remembered when n8n starts again, and what Fetch Test Event gives.
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { move, named, useCoc } from './poller.cts';
import { useQuickTime } from '../../support/quickTime.cts';

const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const COMPLETED = 'INCIDENT_STATUS_COMPLETED';
const FUNCTION = 'inc_type_p_function_issues';
const created = { parameters: { events: ['incidentCreated'] } };

let now = Date.now();
useQuickTime();
const coc = useCoc(() => (now += 1));
const later = (ms = 60_000) => (now += ms);
const create = (fields = {}) => coc.standIn.addTicket({ status: TRIGGERED, ...fields }).number;

describe('When n8n starts again', () => {
	test('nothing is told twice, and nothing that happened meanwhile is lost', async () => {
		const first = await coc.activate(created);
		later();
		const before = create();
		expect(named(await first.poll())).toEqual([`incidentCreated ${before}`]);
		later(10_000_000);
		const meanwhile = create();
		const second = await coc.activate({ ...created, store: first.store });
		expect(named(second.first)).toEqual([`incidentCreated ${meanwhile}`]);
		later();
		expect(named(await second.poll())).toEqual([]);
	});

	test('what polls without events had remembered may be lost', async () => {
		const first = await coc.activate();
		later();
		const ticket = create();
		expect(named(await first.poll())).toEqual([]);
		expect(JSON.stringify(first.store.staticData)).not.toContain(ticket);
		later();
		move(coc.standIn, ticket, RESOLVED, now);
		const second = await coc.activate({ store: first.store });
		expect(named(second.first)).toEqual([`waitingForVerification ${ticket}`]);
	});

	test('a memory that this version can’t read begins anew, and says so', async () => {
		const first = await coc.activate(created);
		const ticket = create();
		const stored = JSON.stringify(first.store.staticData);
		first.store.staticData = JSON.parse(stored.replace('"v":1', '"v":2')) as IDataObject;
		later();
		const second = await coc.activate({ ...created, store: first.store });
		expect(second.first.events).toBeNull();
		later();
		const next = create();
		expect(named(await second.poll())).toEqual([`incidentCreated ${next}`]);
		expect(ticket).not.toBe(next);
	});
});

describe('Fetch Test Event', () => {
	const fetchSample = async (parameters = {}) => await coc.activate({ parameters, mode: 'manual' });

	test('gives a real ticket that fits, and leaves the memory alone', async () => {
		const waiting = create({ status: RESOLVED });
		create();
		const trigger = await fetchSample();
		const { first } = trigger;
		expect(first.events).toHaveLength(1);
		expect(first.events?.[0]).toMatchObject({
			event: 'waitingForVerification',
			ticket: waiting,
			oldStatus: null,
			newStatus: 'To Be Verified',
		});
		expect(trigger.memory()).toEqual({});
	});

	test('gives a ticket for another chosen event when none fits the first', async () => {
		const closed = create({ status: COMPLETED });
		create();
		const { first } = await fetchSample({ events: ['incidentClosed', 'waitingForVerification'] });
		expect(first.events).toMatchObject([{ event: 'incidentClosed', ticket: closed }]);
	});

	test('says which event had no match, and what would have one', async () => {
		create();
		create({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		await expect(fetchSample()).rejects.toThrow(
			`No test event: none of the 2 incidents that were updated last fits 'Trigger On' ("Incident Waiting for Verification"): their status is Accepted, Not Accepted. An incident with the status To Be Verified would. To see any incident, choose "Incident Status Changed" for the test.`,
		);
	});

	test('says which filter had no match, and what would have one', async () => {
		const latest = create({ level: 'level_20' });
		const filters = { level: ['level_10'], titleContains: 'Payments', type: [FUNCTION] };
		await expect(fetchSample({ filters })).rejects.toThrow(
			new RegExp(
				`^No test event: no incident fits the filter 'Level', 'Title Contains'\\. .*${latest}, has Level "P2", Title Contains "`,
			),
		);
	});

	test('says that no incident fits all filters together', async () => {
		create({ level: 'level_20', title: 'Payments fail' });
		create({ level: 'level_30', title: 'Login fails' });
		const filters = { level: ['level_20'], titleContains: 'Login' };
		await expect(fetchSample({ filters })).rejects.toThrow("fits all 'Filters' together");
	});

	test('says that there is no incident at all', async () => {
		await expect(fetchSample()).rejects.toThrow('COC shows no incident at all');
	});

	test('says what is wrong', async () => {
		coc.standIn.expireToken(coc.credential.data.token as string);
		await expect(fetchSample()).rejects.toThrow('COC could not be polled');
	});
});
