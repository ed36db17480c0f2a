/** An event has the same ID for each trigger that finds it, and no two events have the same one. */
import { describe, expect, test } from '@jest/globals';
import type { History, HistoryEntry } from '../../nodes/coc/history.ts';
import type * as idSource from '../../nodes/events/eventId.ts';
import type { TicketEvent } from '../../nodes/events/state.ts';
import { built } from '../support/built.cts';

const { eventIdOf, isNamedByHistory } = built<typeof idSource>('nodes/events/eventId');

const REJECTED = 'INCIDENT_STATUS_REJECTED';
const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const COMPLETED = 'INCIDENT_STATUS_COMPLETED';

const at = (minute: number) => Date.UTC(2026, 2, 22, 15, minute);
const entry = (kind: HistoryEntry['kind'], minute: number): HistoryEntry => ({
	kind,
	operator: null,
	comment: null,
	at: at(minute),
});
const history = (...entries: HistoryEntry[]): History => ({ entries, complete: true });
const id = (
	event: TicketEvent['event'],
	newStatus: string,
	minute: number,
	{ handledAt = null as number | null, of = null as History | null } = {},
) =>
	eventIdOf(
		{ event, ticket: 'IM1', oldStatus: null, newStatus, at: at(minute) },
		{ handledAt },
		of,
	);

describe('The ID of an event', () => {
	test.each([
		['incidentCreated', TRIGGERED, 'IM1/incidentCreated'],
		['incidentClosed', COMPLETED, 'IM1/incidentClosed'],
		['statusChanged', COMPLETED, `IM1/statusChanged/${COMPLETED}`],
	] as const)('%s (%s) needs no time', (event, status, wanted) => {
		expect(id(event, status, 1)).toBe(wanted);
	});

	test('of a solution has the time of the solution, not that of the reading', () => {
		const wanted = `IM1/waitingForVerification/${RESOLVED}/2026-03-22T15:07:00.000Z`;
		expect(id('waitingForVerification', RESOLVED, 9, { handledAt: at(7) })).toBe(wanted);
		expect(id('waitingForVerification', RESOLVED, 30, { handledAt: at(7) })).toBe(wanted);
	});

	test.each([
		[
			'rejected',
			REJECTED,
			[entry('rejection', 2), entry('reopening', 4), entry('rejection', 6)],
			6,
		],
		['reopened', TRIGGERED, [entry('rejection', 2), entry('reopening', 4)], 4],
		['forwarded', TRIGGERED, [entry('acceptance', 2), entry('handover', 5)], 5],
		['accepted', ACCEPTED, [entry('acceptance', 2), entry('handover', 5)], 2],
		[
			'sent back',
			ACCEPTED,
			[entry('acceptance', 2), entry('solution', 3), entry('verification', 8)],
			8,
		],
		['solved without a time', RESOLVED, [entry('solution', 3), entry('unknown', 9)], 3],
	] as const)('of a ticket that was %s has the time of that step', (_, status, entries, minute) => {
		const of = history(...entries, entry('remark', 20));
		const wanted = `IM1/statusChanged/${status}/${new Date(at(minute)).toISOString()}`;
		expect(id('statusChanged', status, 21, { of })).toBe(wanted);
		expect(id('statusChanged', status, 40, { of })).toBe(wanted);
	});

	test('without a history has the update time, so that no two events share one', () => {
		expect(id('statusChanged', REJECTED, 1)).not.toBe(id('statusChanged', REJECTED, 2));
		expect(id('statusChanged', ACCEPTED, 1, { of: history() })).toContain('15:01:00');
	});

	test.each([
		['statusChanged', ACCEPTED, null, true],
		['statusChanged', RESOLVED, null, true],
		['statusChanged', RESOLVED, 1, false],
		['statusChanged', COMPLETED, 1, false],
		['waitingForVerification', RESOLVED, 1, false],
		['incidentCreated', TRIGGERED, null, false],
		['incidentClosed', COMPLETED, null, false],
	] as const)(
		'%s %s, solved at %s: needs the history: %s',
		(event, newStatus, handledAt, needs) => {
			const one = { event, ticket: 'IM1', oldStatus: null, newStatus, at: 1 };
			expect(isNamedByHistory(one, { handledAt })).toBe(needs);
		},
	);
});
