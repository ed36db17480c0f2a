import { describe, expect, test } from '@jest/globals';
import type * as clockSource from '../../nodes/CocIncidentTrigger/cocClock.ts';
import type * as stateSource from '../../nodes/events/state.ts';
import type * as storedSource from '../../nodes/events/storedState.ts';
import { built } from '../support/built.cts';
import { byLength } from '../support/length.cts';

const { initialState, isPending, listFrom, next, LOOKBACK_MS } =
	built<typeof stateSource>('nodes/events/state');
const { clockOf, startOf } = built<typeof clockSource>('nodes/CocIncidentTrigger/cocClock');
const { fromStored, toStored } = built<typeof storedSource>('nodes/events/storedState');

const NOW = 1_790_000_000_000;
const MINUTE = 60_000;
const TRIGGERED = 'INCIDENT_STATUS_TRIGGERED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const COMPLETED = 'INCIDENT_STATUS_COMPLETED';

const seen = (ticket: string, at: number, more: Partial<stateSource.Seen> = {}) => ({
	...{ ticket, createdAt: at, updatedAt: at, status: TRIGGERED, handledAt: null, moved: null },
	...more,
});
const whole = { start: 1, cursor: 1, syncedThrough: 1 };
const page = (now: number, ...all: stateSource.Seen[]): stateSource.ListPart => ({
	...{ now, seen: all, isLast: true },
	upTo: all.at(-1)?.updatedAt ?? null,
});
const size = (state: stateSource.State) => Buffer.byteLength(JSON.stringify(toStored(state)));

const TICKETS = byLength(20_000, 100_000);

describe('What is remembered', () => {
	test(`stays below 150 kB after ${TICKETS} tickets, of which every tenth stays open`, () => {
		let state = initialState(NOW);
		let [largest, events] = [0, 0];
		const numberOf = (count: number) => `IM20260322151506${String(count).padStart(10, '0')}`;
		for (let count = 0; count < TICKETS; count += 50) {
			const at = NOW + count * 10_000;
			const open = Array.from({ length: 50 }, (_, index) =>
				seen(numberOf(count + index), at + index * 10_000),
			);
			const closed = open
				.filter((_, index) => index % 10 !== 0)
				.map((one) => ({
					...one,
					status: COMPLETED,
					updatedAt: one.updatedAt + 500_000,
					handledAt: one.updatedAt,
				}));
			for (const tickets of [open, closed]) {
				const after = next(state, page(at + 1_000_000, ...tickets));
				state = after.state;
				events += after.emit.length;
			}
			largest = Math.max(largest, size(state));
		}
		process.stdout.write(
			`state after ${TICKETS} tickets: ${size(state)} bytes, at most ${largest} bytes, ${state.tickets.size} tickets\n`,
		);
		expect(events).toBe(TICKETS + 2 * 0.9 * TICKETS);
		expect(largest).toBeLessThan(150_000);
	}, 120_000);

	test('is the same after it was stored and read, a status that nobody knows included', () => {
		const { state } = next(
			initialState(NOW),
			page(
				NOW + MINUTE,
				seen('IM1', NOW + 1, { status: 'a status of\nits own', handledAt: 5 }),
				seen('IM2', NOW + 2, { status: RESOLVED, handledAt: NOW + 2 }),
				seen('__proto__', NOW + 3),
				seen('IM3', NOW + 4, { createdAt: 1, moved: false }),
			),
		);
		const stored: unknown = JSON.parse(JSON.stringify(toStored(state)));
		expect(fromStored(stored)).toEqual(state);
	});

	test.each([
		['nothing', undefined],
		['a state of a later version', { v: 2, ...whole, tickets: {} }],
		['half a state', { v: 1, start: 1, cursor: 1, tickets: {} }],
		['a ticket that can’t be read', { v: 1, ...whole, tickets: { IM1: '?' } }],
		['a ticket without its last time', { v: 1, ...whole, tickets: { a: ['x', 1, null, true] } }],
		['a text', 'v1'],
	])('%s is no state', (_, value) => {
		expect(fromStored(value)).toBeNull();
	});
});

describe('What a poll makes of it', () => {
	test('an update time ahead of COC’s clock doesn’t hide what comes after it', () => {
		const { state } = next(initialState(NOW), page(NOW + MINUTE, seen('IM1', NOW + 99 * MINUTE)));
		expect(state.cursor).toBe(NOW + MINUTE);
		expect(isPending(state, seen('IM2', NOW + 2 * MINUTE))).toBe(true);
		expect(listFrom(state)).toBe(NOW);
	});

	test('a poll without tickets leaves the cursor where it is', () => {
		const { state, emit } = next(initialState(NOW), page(NOW + 99 * MINUTE));
		expect({ emit, cursor: state.cursor }).toEqual({ emit: [], cursor: NOW });
	});

	test('the list is read anew for as long as tickets may come late', () => {
		const { state } = next(
			initialState(NOW),
			page(NOW + 99 * MINUTE, seen('IM1', NOW + 90 * MINUTE)),
		);
		expect(listFrom(state)).toBe(NOW + 90 * MINUTE - LOOKBACK_MS);
	});

	test('a ticket read in the moment of its change is read once more', () => {
		const at = NOW + MINUTE;
		const { state } = next(initialState(NOW), page(at + 1000, seen('IM1', at)));
		expect(isPending(state, seen('IM1', at))).toBe(true);
		const { state: after, emit } = next(state, page(at + MINUTE, seen('IM1', at)));
		expect(emit).toEqual([]);
		expect(isPending(after, seen('IM1', at))).toBe(false);
		expect(isPending(after, seen('IM1', at + 1))).toBe(true);
	});

	test('what a backlog still holds may be older than what was worked off', () => {
		const begun = initialState(NOW);
		const first = { ...page(NOW + 999 * MINUTE, seen('IM1', NOW + 500 * MINUTE)), isLast: false };
		const late = seen('IM2', NOW + 501 * MINUTE, { createdAt: NOW + MINUTE });
		const { emit } = next(next(begun, first).state, page(NOW + 999 * MINUTE, late));
		expect(emit.map(({ event }) => event)).toEqual(['incidentCreated']);
	});

	test('an old ticket that is touched tells nothing, unless its history does', () => {
		const old = { createdAt: NOW - MINUTE, status: COMPLETED };
		const events = (moved: boolean | null) =>
			next(
				initialState(NOW),
				page(NOW + 9 * MINUTE, seen('IM1', NOW + MINUTE, { ...old, moved })),
			).emit.map(({ event }) => event);
		expect(events(null)).toEqual([]);
		expect(events(false)).toEqual([]);
		expect(events(true)).toEqual(['statusChanged', 'incidentClosed']);
	});

	test('a ticket whose update time can’t be read is read with every poll', () => {
		const row = { ...seen('IM1', NOW + 1), isUndated: true };
		const { state } = next(initialState(NOW), page(NOW + 9 * MINUTE, row));
		expect(isPending(state, row)).toBe(true);
		expect(isPending(state, { ...row, isUndated: false })).toBe(false);
		const solved = { ...row, status: RESOLVED, handledAt: NOW + MINUTE };
		const { emit } = next(state, page(NOW + 9 * MINUTE, solved));
		expect(emit.map(({ event, at }) => [event, at])).toEqual([
			['statusChanged', NOW + 1],
			['waitingForVerification', NOW + 1],
		]);
	});

	test('a ticket that the list still shows isn’t forgotten, though the clock was behind it', () => {
		const late = seen('IM1', NOW + 60 * MINUTE);
		const none = { open: 0, completed: 0 };
		const { state } = next(initialState(NOW), page(NOW, late), none);
		const after = next(state, { ...page(NOW + 61 * MINUTE), upTo: NOW + 61 * MINUTE }, none);
		expect(isPending(after.state, late)).toBe(true);
		expect(next(after.state, page(NOW + 62 * MINUTE, late), none).emit).toEqual([]);
	});
});

describe('COC’s clock', () => {
	const HOUR = 60 * MINUTE;
	const times = (count: number, at: number) => Array.from({ length: count }, (_, i) => at - i);

	test.each<[string, number | null, number[], number]>([
		['that of the answer', NOW, [], NOW],
		[
			'that of the answer, though tickets are somewhat ahead of it',
			NOW,
			times(50, NOW + HOUR),
			NOW,
		],
		['that of the answer, though a few are far ahead', NOW, times(9, NOW + 9 * HOUR), NOW],
		[
			'the time of ten tickets, when they are far ahead',
			NOW,
			times(10, NOW + 9 * HOUR),
			NOW + 9 * HOUR - 9,
		],
		['the time of ten tickets, without a Date', null, times(12, NOW + HOUR), NOW + HOUR - 9],
		['what is known to have passed, with fewer', null, times(9, NOW + HOUR), NOW - MINUTE],
		['never before what is known to have passed', NOW - HOUR, [], NOW - MINUTE],
	])('is %s', (_, date, updates, clock) => {
		expect(clockOf(date, updates, NOW - MINUTE)).toBe(clock);
	});

	test.each<[string, number | null, stateSource.Row[], number | null]>([
		['the answer’s time', NOW, [seen('IM1', NOW + MINUTE)], NOW],
		['nothing that could be known', null, [], null],
		['nothing, when no row can be read', null, [{ ...seen('IM1', NOW), flaw: 'no number' }], null],
		[
			'the oldest time of few tickets',
			null,
			[seen('IM1', NOW), { ...seen('IM2', NOW + 9 * HOUR), createdAt: NOW - 1 }],
			NOW - 1,
		],
	])('at the beginning is %s', (_, date, rows, start) => {
		expect(startOf(date, rows)).toBe(start);
	});
});
