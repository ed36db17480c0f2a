// What bounds a whole run: its budget of retries, its pace, its brake.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import { createRandom } from '../support/random.cts';
import type * as brakes from '../../nodes/client/stop.ts';
import type * as budgets from '../../nodes/client/retryBudget.ts';
import type * as clocks from '../../nodes/client/clock.ts';
import type * as paces from '../../nodes/client/rateLimit.ts';

const { createBudget } = built<typeof budgets>('nodes/client/retryBudget');
const { createPace } = built<typeof paces>('nodes/client/rateLimit');
const { createBrake } = built<typeof brakes>('nodes/client/stop');
const { realClock } = built<typeof clocks>('nodes/client/clock');

describe('the budget of retries', () => {
	const spend = (budget: ReturnType<typeof createBudget>) => {
		let spent = 0;
		while (spent < 10_000 && budget.take()) spent++;
		return spent;
	};

	test.each([
		[1, 23],
		[10, 50],
		[100, 320],
	])('with a concurrency of %d is %d', (concurrency, full) => {
		const budget = createBudget(concurrency);
		expect(spend(budget)).toBe(full);
		expect(budget.take()).toBe(false);
	});

	test('gets half a retry back for what works, and never more than it had', () => {
		const budget = createBudget(10);
		spend(budget);
		budget.giveBack();
		expect(budget.take()).toBe(false);
		budget.giveBack();
		expect(budget.take()).toBe(true);
		expect(budget.take()).toBe(false);
		for (let answer = 0; answer < 10_000; answer++) budget.giveBack();
		expect(spend(budget)).toBe(50);
	});

	test('lasts as long as one request in five fails, however long the run', () => {
		const budget = createBudget(1);
		const random = createRandom(5);
		for (let request = 0; request < 100_000; request++) {
			if (random.once(5)) expect(budget.take()).toBe(true);
			else budget.giveBack();
		}
	});

	test('ends soon when nothing works', () => {
		const budget = createBudget(10);
		const random = createRandom(6);
		let retries = 0;
		while (retries < 10_000) {
			if (random.below(10) === 0) budget.giveBack();
			if (!budget.take()) break;
			retries++;
		}
		expect(retries).toBeLessThan(100);
	});
});

describe('the pace', () => {
	test.each([1000, 20, 1, 0.25])('of %d a second spreads turns evenly', (perSecond) => {
		const pace = createPace(perSecond, 20);
		const waits = Array.from({ length: 20 }, () => pace.turn(5000));
		waits.forEach((wait, turn) => expect(wait).toBeCloseTo((turn * 1000) / perSecond, 3));
	});

	test('does not save up turns that nobody took', () => {
		const pace = createPace(10, 10);
		pace.turn(0);
		expect(pace.turn(60_000)).toBe(0);
		expect(pace.turn(60_000)).toBeCloseTo(100);
	});

	test('has no bound when none is wanted', () => {
		const pace = createPace(null, 10);
		for (let turn = 0; turn < 1000; turn++) expect(pace.turn(1)).toBe(0);
	});

	test('spreads what follows over the time of the shortest answer', () => {
		const pace = createPace(null, 10);
		pace.answered(40);
		pace.answered(20);
		pace.answered(30);
		const waits = Array.from({ length: 10 }, () => pace.turn(1000));
		waits.forEach((wait, turn) => expect(wait).toBeCloseTo(turn * 1.6));
		// Nobody waits for a turn that is over.
		expect(pace.turn(1030)).toBe(0);
	});

	test('spreads by no more than working one off takes, however slow the answers', () => {
		const pace = createPace(null, 10);
		pace.answered(60_000);
		expect([pace.turn(0), pace.turn(0), pace.turn(0)]).toEqual([0, 3, 6]);
	});

	test.each([
		['many at once', 100, 20],
		['answers at once', 10, 0],
		['a clock that was set back meanwhile', 10, -5000],
	])('does not spread with %s', (_what, concurrency, took) => {
		const pace = createPace(null, concurrency);
		pace.answered(took);
		expect([pace.turn(1), pace.turn(1)]).toEqual([0, 0]);
	});

	test('keeps to the requests per second all the same', () => {
		const pace = createPace(100, 10);
		pace.answered(20);
		expect([pace.turn(1), pace.turn(1)]).toEqual([0, 10]);
	});

	test('lets nobody wait for a clock that was set back', () => {
		const pace = createPace(10, 3);
		pace.turn(3_600_000);
		expect([pace.turn(1000), pace.turn(1000), pace.turn(1000)]).toEqual([0, 100, 200]);
	});

	test('holds nobody for a clock that was set back', () => {
		const pace = createPace(null, 10);
		pace.holdUntil(3_600_000);
		expect(pace.held(3_590_000)).toBe(10_000);
		expect(pace.held(1000)).toBe(0);
		expect(pace.held(900)).toBe(100);
	});

	test('holds until the latest time that was asked for', () => {
		const pace = createPace(null, 10);
		expect(pace.held(1000)).toBeLessThanOrEqual(0);
		pace.holdUntil(5000);
		pace.holdUntil(3000);
		expect(pace.held(1000)).toBe(4000);
		expect(pace.held(5000)).toBe(0);
	});
});

describe('the brake', () => {
	/** Sleeps end only when they are woken; counts those who sleep. */
	function sleepers() {
		let asleep = 0;
		const brake = createBrake({
			now: () => 0,
			random: () => 0,
			sleep: async (_ms, signal) => {
				asleep++;
				await new Promise((resolve) => signal.addEventListener('abort', resolve));
				asleep--;
			},
		});
		return { brake, asleep: () => asleep };
	}

	test.each(['stopped', 'budgetSpent'] as const)(
		'%s wakes those who wait to write, not those who wait to look',
		async (why) => {
			const { brake, asleep } = sleepers();
			const writes = [brake.sleep(10), brake.sleep(20)];
			const looks = [brake.sleepBetweenLooks(10)];
			expect(asleep()).toBe(3);
			brake.pull(why);
			await Promise.all(writes);
			expect(asleep()).toBe(1);
			expect(brake.why).toBe(why);
			await brake.sleep(1000);
			brake.pull('cancelled');
			await Promise.all(looks);
		},
	);

	test('a COC that wants to be left alone wakes all: neither written to nor looked at', async () => {
		const { brake, asleep } = sleepers();
		const all = [brake.sleep(10), brake.sleepBetweenLooks(10)];
		expect(brake.halted('read')).toBeNull();
		const wait = { until: 5000, ms: 5000, cause: 'rate-limited' } as const;
		brake.leaveAlone(wait);
		await Promise.all(all);
		await Promise.all([brake.sleep(10), brake.sleepBetweenLooks(10)]);
		expect(asleep()).toBe(0);
		for (const what of ['read', 'write'] as const) {
			expect(brake.halted(what)).toEqual({ kind: 'leftAlone', code: null, wait });
		}
		// The latest time counts.
		brake.leaveAlone({ ...wait, until: 3000 });
		expect(brake.wait).toEqual(wait);
		brake.leaveAlone({ ...wait, until: 9000 });
		expect(brake.wait).toEqual({ ...wait, until: 9000, ms: 9000 });
	});

	test('whoever stopped before is named, and still nothing is looked at', () => {
		const { brake } = sleepers();
		brake.pull('stopped');
		expect(brake.halted('read')).toBeNull();
		brake.leaveAlone({ until: 5000, ms: 5000, cause: 'rate-limited' });
		expect(brake.halted('write')).toEqual({ kind: 'stopped', code: null });
		expect(brake.halted('read')).toMatchObject({ kind: 'leftAlone' });
	});

	test('the user’s stop wakes all, and lets nobody sleep again', async () => {
		const { brake, asleep } = sleepers();
		const all = [brake.sleep(10), brake.sleepBetweenLooks(10)];
		brake.pull('cancelled');
		await Promise.all(all);
		await Promise.all([brake.sleep(10), brake.sleepBetweenLooks(10)]);
		expect(asleep()).toBe(0);
	});

	test('keeps its first reason, but for the user’s own stop', () => {
		const { brake } = sleepers();
		expect(brake.why).toBeNull();
		brake.pull('stopped');
		brake.pull('budgetSpent');
		expect(brake.why).toBe('stopped');
		brake.pull('cancelled');
		brake.pull('stopped');
		expect(brake.why).toBe('cancelled');
	});

	test('does not sleep for nothing', async () => {
		const { brake } = sleepers();
		await Promise.all([brake.sleep(0), brake.sleep(-5), brake.sleepBetweenLooks(0)]);
	});
});

describe('the real clock', () => {
	test('sleeps as long as it is told, or until it is woken', async () => {
		const started = Date.now();
		await realClock.sleep(60, new AbortController().signal);
		expect(Date.now() - started).toBeGreaterThanOrEqual(55);
		const waker = new AbortController();
		const sleeping = realClock.sleep(60_000, waker.signal);
		waker.abort();
		await sleeping;
		expect(Date.now() - started).toBeLessThan(5000);
	});

	test('tells time and chance', () => {
		expect(Math.abs(realClock.now() - Date.now())).toBeLessThan(1000);
		const dice = Array.from({ length: 100 }, () => realClock.random());
		expect(Math.min(...dice)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...dice)).toBeLessThan(1);
		expect(new Set(dice).size).toBeGreaterThan(90);
	});
});
