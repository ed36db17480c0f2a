/** More tickets than the node remembers: what was forgotten neither counts anew nor hides others. */
import { expect, test } from '@jest/globals';
import type { History } from '../../../nodes/coc/history.ts';
import type * as memorySource from '../../../nodes/CocNotificationTrigger/notificationMemory.ts';
import type * as readingSource from '../../../nodes/CocNotificationTrigger/ticketReading.ts';
import type * as stateSource from '../../../nodes/events/state.ts';
import { built } from '../../support/built.cts';

const folder = 'nodes/CocNotificationTrigger';
const { withoutOldest } = built<typeof memorySource>(`${folder}/notificationMemory`);
const { eventsShown } = built<typeof readingSource>(`${folder}/ticketReading`);
const { initialState } = built<typeof stateSource>('nodes/events/state');

const STATUS = 'INCIDENT_STATUS_RESOLVED';
const MINUTE = 60_000;
const T0 = Date.UTC(2026, 2, 22, 15);
const history: History = { entries: [], complete: true };

/** A memory of two tickets, and what it gives of tickets as they are read. */
function memory() {
	let state = initialState(T0 - 10 * MINUTE);
	return {
		/** How many events a ticket has that was solved, notified of and read at these minutes. */
		read: (ticket: string, solved: number, notified: number, read: number): number => {
			const handledAt = T0 + solved * MINUTE;
			const data = { create_time: T0 - 600 * MINUTE };
			const record = { detail: { status: STATUS, handledAt, data }, history };
			const [since, now] = [T0 + notified * MINUTE, T0 + read * MINUTE];
			const shown = eventsShown(state, { ticket, since }, { ...record, now }, now);
			state = withoutOldest(shown.state, 2);
			return shown.events.filter(({ event }) => event === 'waitingForVerification').length;
		},
	};
}

test('a ticket that waits for its reading is not hidden by those read before it', () => {
	const { read } = memory();
	const tickets = ['IM1', 'IM2', 'IM3', 'IM4', 'IM5'];
	// All solved within a minute, and read one by one for hours.
	expect(tickets.map((ticket, n) => read(ticket, 0, 1, 1 + n * 60))).toEqual([1, 1, 1, 1, 1]);
});

test('a forgotten ticket of which COC notifies later gives no event twice', () => {
	const { read } = memory();
	const tickets = ['IM1', 'IM2', 'IM3', 'IM4'];
	expect(tickets.map((ticket, n) => read(ticket, n, n, n))).toEqual([1, 1, 1, 1]);
	expect(['IM1', 'IM2'].map((ticket, n) => read(ticket, n, 30, 30))).toEqual([0, 0]);
	// Solved once more.
	expect(read('IM3', 39, 40, 40)).toBe(1);
});
