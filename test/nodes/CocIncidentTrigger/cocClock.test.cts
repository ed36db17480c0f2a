/** Which clock the trigger goes by, and what counts as seen when it is switched on. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { listenToLogs } from '../../engine/index.cts';
import { move, named, useCoc } from './poller.cts';

const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ALL = ['incidentCreated', 'statusChanged', 'waitingForVerification', 'incidentClosed'];

/** COC's clock: hours behind that of n8n's machine. */
const begun = () => Math.floor(Date.now() / SECOND) * SECOND - 3 * HOUR;
let now = begun();
const coc = useCoc(() => (now += 1));
const later = (ms = MINUTE) => (now += ms);
const create = (fields = {}) => coc.standIn.addTicket({ status: TRIGGERED, ...fields }).number;
/** Some that were there before, one each minute, the last one a minute ago. */
const createMany = (count: number) =>
	Array.from({ length: count }, () => {
		later();
		return create({ createTime: now, updateTime: now });
	});
const details = () =>
	coc.standIn.requests.filter(({ path }) => path.startsWith('/v1/external/incident/')).length;

const events = ['incidentCreated'];
const created = { parameters: { events } };

let said: string[];
let stopListening: () => void;
beforeEach(() => {
	now = begun();
	said = [];
	stopListening = listenToLogs(({ level, message }) => {
		if (level === 'warn') said.push(message);
	});
});
afterEach(() => stopListening());

describe('When COC’s answers have no valid Date', () => {
	test.each([
		['none', () => null],
		['one that n8n can’t read', () => 'yesterday'],
	])('with %s, what happens after the publishing is told, once', async (_, date) => {
		coc.standIn.quirks.date = date;
		const before = createMany(15);
		const trigger = await coc.activate({ parameters: { events: ALL } });
		const first = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${first}`]);
		later();
		move(coc.standIn, before[0]!, 'INCIDENT_STATUS_ACKNOWLEDGED', now);
		const second = create();
		expect(named(await trigger.poll()).sort()).toEqual(
			[`statusChanged ${before[0]}`, `incidentCreated ${second}`].sort(),
		);
		later();
		expect(named(await trigger.poll())).toEqual([]);
	});

	test('the only ticket that is there is no event, and the next one is', async () => {
		coc.standIn.quirks.date = () => null;
		create();
		const trigger = await coc.activate(created);
		const next = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${next}`]);
	});

	test('no ticket that passes the filters is needed to know the time', async () => {
		coc.standIn.quirks.date = () => null;
		const others = createMany(3);
		const filters = { titleContains: 'payment' };
		const trigger = await coc.activate({ parameters: { events, filters } });
		const ticket = create({ title: 'No payments' });
		expect(others).not.toContain(ticket);
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test('and no ticket either, the workflow can’t be published, and is told why', async () => {
		coc.standIn.quirks.date = () => null;
		await expect(coc.activate(created)).rejects.toThrow(
			/^COC could not be polled: COC's answer has no valid Date header, and COC shows no ticket .*The trigger has not begun/,
		);
		create();
		const trigger = await coc.activate(created);
		const ticket = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test('n8n’s log says so, once', async () => {
		coc.standIn.quirks.date = () => null;
		create();
		const trigger = await coc.activate(created);
		await trigger.poll();
		expect(said.filter((text) => text.includes('no valid Date header'))).toHaveLength(1);
	});

	test('a ticket whose times are far ahead doesn’t hide those that come after it', async () => {
		coc.standIn.quirks.date = () => null;
		createMany(20);
		const trigger = await coc.activate(created);
		later();
		const ahead = create({ updateTime: now + 9 * HOUR });
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ahead}`]);
		const others = createMany(15);
		expect(named(await trigger.poll())).toEqual(others.map((one) => `incidentCreated ${one}`));
		later();
		const last = create();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${last}`]);
	});
});

test('a Date that is hours behind COC’s tickets isn’t believed', async () => {
	coc.standIn.quirks.date = (time) => new Date(time - 5 * HOUR).toUTCString();
	createMany(120);
	const trigger = await coc.activate(created);
	// Not all that was changed in these hours.
	expect(details()).toBeLessThan(30);
	const ticket = create();
	expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	const others = createMany(40);
	expect(named(await trigger.poll())).toEqual(others.map((one) => `incidentCreated ${one}`));
	const before = details();
	expect(named(await trigger.poll())).toEqual([]);
	expect(details() - before).toBeLessThan(15);
});

describe('When it is switched on', () => {
	/** `Date` then tells of a time that is most of a second ago. */
	const lateInTheSecond = () => (now = Math.ceil(now / SECOND) * SECOND + 600);

	test('a ticket of the same second that is there already is no event', async () => {
		lateInTheSecond();
		const ticket = create({ createTime: now, updateTime: now });
		const trigger = await coc.activate({ parameters: { events: ALL } });
		expect(named(await trigger.poll())).toEqual([]);
		later();
		move(coc.standIn, ticket, 'INCIDENT_STATUS_ACKNOWLEDGED', now);
		expect(named(await trigger.poll())).toEqual([`statusChanged ${ticket}`]);
	});

	test('one of the same second that comes after it is', async () => {
		lateInTheSecond();
		create();
		const trigger = await coc.activate(created);
		const ticket = create();
		expect(Math.floor(now / SECOND)).toBe(
			Math.floor(coc.standIn.tickets.all()[0]!.createTime / SECOND),
		);
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test('a solution of the same second that was there already is no event', async () => {
		const ticket = create({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		later();
		lateInTheSecond();
		move(coc.standIn, ticket, 'INCIDENT_STATUS_RESOLVED', now);
		const trigger = await coc.activate();
		expect(named(await trigger.poll())).toEqual([]);
		later();
		coc.standIn.changeTicket(ticket, {}, { action: 'addRemark', at: now });
		expect(named(await trigger.poll())).toEqual([]);
	});

	test('more tickets of the same second than a page holds are no events', async () => {
		lateInTheSecond();
		const at = now;
		const all = Array.from({ length: 130 }, () => create({ createTime: at, updateTime: at }));
		const trigger = await coc.activate(created);
		expect(named(await trigger.poll())).toEqual([]);
		const late = create({ createTime: at, updateTime: at });
		expect(all).not.toContain(late);
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${late}`]);
	}, 60_000);

	test('with other filters, a ticket of the same second that is there is no event', async () => {
		const { store } = await coc.activate(created);
		later();
		lateInTheSecond();
		create();
		const parameters = { events, filters: { titleContains: 'Orders' } };
		const again = await coc.activate({ parameters, store });
		expect(named(again.first)).toEqual([]);
		expect(named(await again.poll())).toEqual([]);
	});

	test('it costs two lists, and the details of the tickets of that second alone', async () => {
		createMany(50);
		later();
		const before = coc.standIn.requests.length;
		await coc.activate(created);
		expect(coc.standIn.requests.length - before).toBe(2);
	});
});
