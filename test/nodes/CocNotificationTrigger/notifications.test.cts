/** What an operator sees of the trigger: subscribed, notified, and what starts the workflow. */
import { describe, expect, test } from '@jest/globals';
import { useQuickTime } from '../../support/quickTime.cts';
import { ALL, started, usePush } from './receiver.cts';

const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const COMPLETED = 'INCIDENT_STATUS_COMPLETED';

useQuickTime(50);
const push = usePush();
const ticketIn = (
	status: typeof TRIGGERED | typeof ACCEPTED | typeof RESOLVED,
	ageMs = 3_600_000,
) => push.standIn.addTicket({ status, createTime: Date.now() - ageMs }).number;

describe('A subscription', () => {
	test('is confirmed once, without credentials', async () => {
		const server = await push.publish();
		expect((await push.smn.subscribe(server.url)).status).toBe(200);
		await server.settled();
		expect([...push.smn.confirmed]).toEqual([server.url]);
		const [certificate, confirmation] = push.smn.requests;
		expect(certificate?.url).toBe(push.smn.certificateUrl);
		expect(confirmation?.url).toBe(push.smn.subscribeUrl(server.url));
		expect(push.smn.requests).toHaveLength(2);
		expect(Object.keys(confirmation!.headers).sort()).not.toContain('x-auth-token');
		expect(started(server)).toEqual([]);
		expect(push.standIn.requests).toEqual([]);
	});
});

describe('A notification', () => {
	test('starts the workflow with what COC shows, and with its own words', async () => {
		const ticket = ticketIn(ACCEPTED);
		const server = await push.publish();
		push.to(ticket, RESOLVED);
		const body = push.smn.message({ subject: 'Verify', message: `Please verify ${ticket}.` });
		expect((await push.smn.send(server.url, body)).status).toBe(200);
		await server.settled();
		expect(server.executions).toHaveLength(1);
		const solvedAt = new Date(push.standIn.tickets.get(ticket)!.handleTime!).toISOString();
		expect(server.executions[0]).toEqual([
			{
				json: {
					event: 'waitingForVerification',
					eventId: `${ticket}/waitingForVerification/${RESOLVED}/${solvedAt}`,
					ticket,
					oldStatus: null,
					newStatus: 'To Be Verified',
					at: solvedAt,
					incident: expect.objectContaining({ ticket, status: 'To Be Verified' }),
					subject: 'Verify',
					text: `Please verify ${ticket}.`,
				},
			},
		]);
	});

	test('each event of a ticket, once, however often SMN repeats itself', async () => {
		const server = await push.publish({ parameters: { events: ALL } });
		push.smn.follow(push.standIn);
		push.smn.confirmed.add(server.url);
		const ticket = push.standIn.addTicket({ status: TRIGGERED }).number;
		const steps = [ACCEPTED, RESOLVED, ACCEPTED, RESOLVED, COMPLETED] as const;
		for (const step of steps) {
			await expectStarts(() => server.executions.length);
			push.to(ticket, step);
		}
		await expectStarts(() => server.executions.length);
		await server.settled();
		expect(started(server)).toEqual([
			[`incidentCreated ${ticket}`],
			[`statusChanged ${ticket}`],
			[`statusChanged ${ticket}`, `waitingForVerification ${ticket}`],
			[`statusChanged ${ticket}`],
			[`statusChanged ${ticket}`, `waitingForVerification ${ticket}`],
			[`statusChanged ${ticket}`, `incidentClosed ${ticket}`],
		]);
		const ids = server.executions.flat().map(({ json }) => json.eventId);
		expect(new Set(ids).size).toBe(ids.length);
	});
});

let seen = 0;
/** Waits for one more execution. */
async function expectStarts(count: () => number): Promise<void> {
	const deadline = performance.now() + 20_000;
	const before = count() === 0 ? (seen = 0) : seen;
	while (count() <= before) {
		if (performance.now() > deadline) throw new Error('Nothing was started');
		await new Promise((resolve) => setImmediate(resolve));
	}
	seen = count();
}
