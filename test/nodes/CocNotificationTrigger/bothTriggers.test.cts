/** Both triggers on one COC: an event has the same ID from either, so that what comes twice can be dropped. */
import { expect, test } from '@jest/globals';
import { useQuickTime } from '../../support/quickTime.cts';
import { useCoc } from '../CocIncidentTrigger/poller.cts';
import { ALL, usePush } from './receiver.cts';

useQuickTime(50);
const push = usePush();
const coc = useCoc();
const parameters = { events: ALL };

const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const REJECTED = 'INCIDENT_STATUS_REJECTED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const COMPLETED = 'INCIDENT_STATUS_COMPLETED';

test.each([
	['verified', [ACCEPTED, RESOLVED, COMPLETED]],
	['refused as not solved, and solved anew', [ACCEPTED, RESOLVED, ACCEPTED, RESOLVED, COMPLETED]],
	['rejected, and opened again', [REJECTED, TRIGGERED, REJECTED, TRIGGERED, ACCEPTED]],
] as const)('a ticket that is %s has the same events for both', async (_, steps) => {
	coc.credential = push.credential;
	const [server, poller] = [
		await push.publish({ parameters }),
		await coc.activate({ parameters, store: { staticData: {} } }),
	];
	const polled: unknown[] = [];
	const ticket = push.standIn.addTicket({ status: TRIGGERED }).number;
	const look = async () => {
		await push.smn.send(server.url, push.smn.message({ message: `News of ${ticket}` }));
		await server.settled();
		const { events, error } = await poller.poll();
		expect(error).toBeNull();
		polled.push(...(events ?? []).map(({ eventId }) => eventId));
	};
	await look();
	for (const step of steps) {
		push.to(ticket, step);
		await look();
	}
	expect(server.errors).toEqual([]);
	const pushed = server.executions.flat().map(({ json }) => json.eventId);
	expect(pushed).toEqual(polled);
	// One for the creation, and one at least for each step; none is like another.
	expect(pushed.length).toBeGreaterThan(steps.length);
	expect(new Set(pushed).size).toBe(pushed.length);
});
