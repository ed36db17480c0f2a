/** COC that lags, fails or is away; n8n that starts again; many notifications at once. */
import { describe, expect, test } from '@jest/globals';
import type { SmnBody } from '../../standin/smn.cts';
import { useQuickTime } from '../../support/quickTime.cts';
import { byLength } from '../../support/length.cts';
import { ALL, NODE, started, usePush } from './receiver.cts';

useQuickTime(100);
const push = usePush();
const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const HOUR = 60 * 60_000;

const accepted = () =>
	push.standIn.addTicket({ status: ACCEPTED, createTime: Date.now() - HOUR }).number;
const about = (...tickets: string[]): SmnBody =>
	push.smn.message({ message: `News of ${tickets.join(' and ')}.` });
const detailOf = (ticket: string) => `/v1/external/incident/${ticket}`;
const reads = (ticket: string) =>
	push.standIn.requests.filter(({ path }) => path === detailOf(ticket)).length;

describe('A record that lags behind the notification', () => {
	test('a ticket that is there only some seconds later', async () => {
		const server = await push.publish({ parameters: { events: ['incidentCreated'] } });
		const { number } = push.standIn.addTicket({ status: TRIGGERED, knownFrom: Date.now() + 8000 });
		await push.smn.send(server.url, about(number));
		await server.settled();
		expect(started(server)).toEqual([[`incidentCreated ${number}`]]);
	});

	test('a change that shows only some seconds later', async () => {
		const ticket = accepted();
		const server = await push.publish();
		await push.smn.send(server.url, about(ticket));
		while (reads(ticket) === 0) await new Promise((resolve) => setImmediate(resolve));
		push.to(ticket, RESOLVED);
		await server.settled();
		expect(started(server)).toEqual([[`waitingForVerification ${ticket}`]]);
	});

	test('nothing new: after four reads it is given up', async () => {
		const ticket = accepted();
		const server = await push.publish();
		await push.smn.send(server.url, about(ticket));
		await server.settled();
		expect(started(server)).toEqual([]);
		expect(reads(ticket)).toBe(4);
	});

	test('of another ticket in the same message does not hold up this one', async () => {
		const [ticket, other] = [accepted(), accepted()];
		const server = await push.publish();
		push.to(ticket, RESOLVED);
		await push.smn.send(server.url, about(other, ticket));
		await server.settled();
		expect(started(server)).toEqual([[`waitingForVerification ${ticket}`]]);
		expect(reads(other)).toBeLessThanOrEqual(3);
	});
});

describe('A ticket that can’t be read', () => {
	test('fails the execution, and is read with the next notification', async () => {
		const [ticket, next] = [accepted(), accepted()];
		const server = await push.publish();
		push.to(ticket, RESOLVED);
		push.to(next, RESOLVED);
		const token = push.credential.data.token as string;
		push.credential.data.token = 'expired';
		const response = await push.smn.send(server.url, about(ticket));
		expect(response.status).toBe(200);
		await server.settled();
		const [error] = server.errors.splice(0);
		expect(error?.message).toContain(
			`COC has notified of ticket ${ticket}, which could not be read`,
		);
		expect(error?.message).toContain('No event is lost');
		expect(error?.message).not.toContain(token);
		push.credential.data.token = token;
		await push.smn.send(server.url, about(next));
		await server.settled();
		const wanted = [ticket, next].map((one) => `waitingForVerification ${one}`).sort();
		expect(started(server).map((events) => events.sort())).toEqual([wanted]);
		const textOf = (number: string) =>
			server.executions.flat().find(({ json }) => json.ticket === number)?.json.text;
		expect([textOf(next), textOf(ticket)]).toEqual([`News of ${next}.`, `News of ${ticket}.`]);
	});

	test('that COC forbids is not read with every notification to come', async () => {
		const ticket = accepted();
		const server = await push.publish();
		push.credential.data.token = push.standIn.issueToken({ permissions: [] });
		await push.smn.send(server.url, about(ticket));
		await server.settled();
		expect(server.errors.splice(0)[0]?.message).toContain('coc:ticket:get');
		push.standIn.requests.length = 0;
		push.credential.data.token = push.standIn.issueToken();
		const other = accepted();
		push.to(other, RESOLVED);
		await push.smn.send(server.url, about(other));
		await server.settled();
		expect(reads(ticket)).toBe(0);
	});

	test('without the permission for histories every change counts', async () => {
		const ticket = accepted();
		const server = await push.publish({ parameters: { events: ALL } });
		const permissions = ['coc:ticket:get'];
		push.credential.data.token = push.standIn.issueToken({ permissions });
		push.to(ticket, RESOLVED);
		await push.smn.send(server.url, about(ticket));
		await server.settled();
		expect(started(server)).toEqual([
			[`statusChanged ${ticket}`, `waitingForVerification ${ticket}`],
		]);
	});
});

describe('A restart of n8n', () => {
	test('repeats nothing, and forgets no message', async () => {
		const ticket = accepted();
		const server = await push.publish({ parameters: { events: ALL } });
		push.to(ticket, RESOLVED);
		const body = about(ticket);
		await push.smn.send(server.url, body);
		await server.settled();
		expect(server.executions).toHaveLength(1);
		// Another workflow as far as this process knows, with the memory of the first one.
		const store = structuredClone(server.store);
		const key = `node:${NODE}`;
		(store.staticData[key] as { memory: { writer: string } }).memory.writer = 'another process';
		const again = await push.publish({ parameters: { events: ALL }, store });
		await push.smn.send(again.url, body);
		await push.smn.send(again.url, about(ticket));
		await again.settled();
		expect(started(again)).toEqual([]);
	});
});

describe('Many notifications at once', () => {
	// More than the node remembers.
	const COUNT = byLength(300, 1100);

	/** Sends them, as many at once as one process can connect. */
	async function sendAll(url: string, bodies: SmnBody[]): Promise<number[]> {
		const statuses: number[] = [];
		const queue = [...bodies];
		const sender = async () => {
			for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
				const response = await push.smn.send(url, body);
				await response.text();
				statuses.push(response.status);
			}
		};
		await Promise.all(Array.from({ length: 100 }, sender));
		return statuses;
	}

	test('of as many tickets: none is lost, a few are read at once, by a few calls', async () => {
		const tickets = Array.from({ length: COUNT }, accepted);
		const server = await push.publish();
		const bodies = tickets.map((ticket) => {
			push.to(ticket, RESOLVED);
			return about(ticket);
		});
		const statuses = await sendAll(server.url, bodies);
		// n8n keeps a lot for each call that is open.
		const open = server.underWay;
		await server.settled();
		expect(open).toBeLessThanOrEqual(4);
		expect(new Set(statuses)).toEqual(new Set([200]));
		const wanted = tickets.map((ticket) => `waitingForVerification ${ticket}`).sort();
		expect(started(server).flat().sort()).toEqual(wanted);
		expect(push.standIn.requests).toHaveLength(2 * COUNT);
		expect(push.standIn.peakConnections).toBeLessThanOrEqual(10);
		console.log(
			`${COUNT} notifications of ${COUNT} tickets: ${server.executions.length} executions, ${push.standIn.requests.length} requests to COC, ${push.standIn.peakConnections} connections at most, stored ${JSON.stringify(server.store).length} bytes`,
		);
	}, 240_000);

	test('of one ticket: the event once, and a few reads', async () => {
		const ticket = accepted();
		const server = await push.publish();
		push.to(ticket, RESOLVED);
		const bodies = Array.from({ length: COUNT }, () => about(ticket));
		await sendAll(server.url, bodies);
		await server.settled();
		expect(started(server)).toEqual([[`waitingForVerification ${ticket}`]]);
		console.log(`${COUNT} notifications of one ticket: ${reads(ticket)} reads of its detail`);
		expect(reads(ticket)).toBeLessThan(COUNT / 2);
	}, 240_000);
});
