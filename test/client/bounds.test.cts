// What bounds a whole run: its retry budget, its rate limit, its stop signal.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import { createRandom } from '../support/random.cts';
import type * as stops from '../../nodes/client/stop.ts';
import type * as budgets from '../../nodes/client/retryBudget.ts';
import type * as clocks from '../../nodes/client/clock.ts';
import type * as limits from '../../nodes/client/rateLimit.ts';

const { createRetryBudget } = built<typeof budgets>('nodes/client/retryBudget');
const { createRateLimit, createHold } = built<typeof limits>('nodes/client/rateLimit');
const { createStopSignal } = built<typeof stops>('nodes/client/stop');
const { realClock } = built<typeof clocks>('nodes/client/clock');

describe('the budget of retries', () => {
	const spend = (budget: ReturnType<typeof createRetryBudget>) => {
		let spent = 0;
		while (spent < 10_000 && budget.take()) spent++;
		return spent;
	};

	test.each([
		[1, 23],
		[10, 50],
		[100, 320],
	])('with a concurrency of %d is %d', (concurrency, full) => {
		const budget = createRetryBudget(concurrency);
		expect(spend(budget)).toBe(full);
		expect(budget.take()).toBe(false);
	});

	test('gets half a retry back for what works, and never more than it had', () => {
		const budget = createRetryBudget(10);
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
		const budget = createRetryBudget(1);
		const random = createRandom(5);
		for (let request = 0; request < 100_000; request++) {
			if (random.once(5)) expect(budget.take()).toBe(true);
			else budget.giveBack();
		}
	});

	test('ends soon when nothing works', () => {
		const budget = createRetryBudget(10);
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

describe('the rate limit', () => {
	test.each([1000, 20, 1, 0.25])('of %d a second spreads turns evenly', (perSecond) => {
		const limit = createRateLimit(perSecond, 20);
		const waits = Array.from({ length: 20 }, () => limit.turn(5000));
		waits.forEach((wait, turn) => expect(wait).toBeCloseTo((turn * 1000) / perSecond, 3));
	});

	test('does not save up turns that nobody took', () => {
		const limit = createRateLimit(10, 10);
		limit.turn(0);
		expect(limit.turn(60_000)).toBe(0);
		expect(limit.turn(60_000)).toBeCloseTo(100);
	});

	test('has no bound when none is wanted', () => {
		const limit = createRateLimit(null, 10);
		for (let turn = 0; turn < 1000; turn++) expect(limit.turn(1)).toBe(0);
	});

	test('spreads what follows over the time of the shortest answer', () => {
		const limit = createRateLimit(null, 10);
		limit.answered(40);
		limit.answered(20);
		limit.answered(30);
		const waits = Array.from({ length: 10 }, () => limit.turn(1000));
		waits.forEach((wait, turn) => expect(wait).toBeCloseTo(turn * 1.6));
		// Nobody waits for a turn that is over.
		expect(limit.turn(1030)).toBe(0);
	});

	test('spreads by no more than working one off takes, however slow the answers', () => {
		const limit = createRateLimit(null, 10);
		limit.answered(60_000);
		expect([limit.turn(0), limit.turn(0), limit.turn(0)]).toEqual([0, 3, 6]);
	});

	test.each([
		['many at once', 100, 20],
		['answers at once', 10, 0],
		['a clock that was set back meanwhile', 10, -5000],
	])('does not spread with %s', (_what, concurrency, took) => {
		const limit = createRateLimit(null, concurrency);
		limit.answered(took);
		expect([limit.turn(1), limit.turn(1)]).toEqual([0, 0]);
	});

	test('keeps to the requests per second all the same', () => {
		const limit = createRateLimit(100, 10);
		limit.answered(20);
		expect([limit.turn(1), limit.turn(1)]).toEqual([0, 10]);
	});

	test('lets nobody wait for a clock that was set back', () => {
		const limit = createRateLimit(10, 3);
		limit.turn(3_600_000);
		expect([limit.turn(1000), limit.turn(1000), limit.turn(1000)]).toEqual([0, 100, 200]);
	});

	test('holds nobody for a clock that was set back', () => {
		const hold = createHold();
		hold.until(3_600_000);
		expect(hold.left(3_590_000)).toBe(10_000);
		expect(hold.left(1000)).toBe(0);
		expect(hold.left(900)).toBe(100);
	});

	test('holds until the latest time that was asked for', () => {
		const hold = createHold();
		expect(hold.left(1000)).toBeLessThanOrEqual(0);
		hold.until(5000);
		hold.until(3000);
		expect(hold.left(1000)).toBe(4000);
		expect(hold.left(5000)).toBe(0);
	});
});

describe('the stop signal', () => {
	/** Sleeps end only when they are woken; counts those who sleep. */
	function sleepers() {
		let asleep = 0;
		const stop = createStopSignal({
			now: () => 0,
			random: () => 0,
			sleep: async (_ms, signal) => {
				asleep++;
				await new Promise((resolve) => signal.addEventListener('abort', resolve));
				asleep--;
			},
		});
		return { stop, asleep: () => asleep };
	}

	test.each(['stopped', 'budgetSpent'] as const)(
		'%s wakes those that wait to write, not those that wait to read',
		async (why) => {
			const { stop, asleep } = sleepers();
			const writes = [stop.sleep(10), stop.sleep(20)];
			const reads = [stop.sleepBetweenReads(10)];
			expect(asleep()).toBe(3);
			stop.stop(why);
			await Promise.all(writes);
			expect(asleep()).toBe(1);
			expect(stop.reason).toBe(why);
			await stop.sleep(1000);
			stop.stop('cancelled');
			await Promise.all(reads);
		},
	);

	test('a COC that asks to be left alone wakes all: nothing is written nor read', async () => {
		const { stop, asleep } = sleepers();
		const all = [stop.sleep(10), stop.sleepBetweenReads(10)];
		expect(stop.blocks('read')).toBeNull();
		const wait = { until: 5000, ms: 5000, isThrottling: true } as const;
		stop.backOff(wait);
		await Promise.all(all);
		await Promise.all([stop.sleep(10), stop.sleepBetweenReads(10)]);
		expect(asleep()).toBe(0);
		for (const what of ['read', 'write'] as const) {
			expect(stop.blocks(what)).toEqual({ kind: 'backOff', code: null, wait });
		}
		// The latest time counts.
		stop.backOff({ ...wait, until: 3000 });
		expect(stop.wait).toEqual(wait);
		stop.backOff({ ...wait, until: 9000 });
		expect(stop.wait).toEqual({ ...wait, until: 9000, ms: 9000 });
	});

	test('whoever stopped before is named, and still nothing is read', () => {
		const { stop } = sleepers();
		stop.stop('stopped');
		expect(stop.blocks('read')).toBeNull();
		stop.backOff({ until: 5000, ms: 5000, isThrottling: true });
		expect(stop.blocks('write')).toEqual({ kind: 'stopped', code: null });
		expect(stop.blocks('read')).toMatchObject({ kind: 'backOff' });
	});

	test('the user’s stop wakes all, and lets nobody sleep again', async () => {
		const { stop, asleep } = sleepers();
		const all = [stop.sleep(10), stop.sleepBetweenReads(10)];
		stop.stop('cancelled');
		await Promise.all(all);
		await Promise.all([stop.sleep(10), stop.sleepBetweenReads(10)]);
		expect(asleep()).toBe(0);
	});

	test('keeps its first reason, but for the user’s own stop', () => {
		const { stop } = sleepers();
		expect(stop.reason).toBeNull();
		stop.stop('stopped');
		stop.stop('budgetSpent');
		expect(stop.reason).toBe('stopped');
		stop.stop('cancelled');
		stop.stop('stopped');
		expect(stop.reason).toBe('cancelled');
	});

	test('does not sleep for nothing', async () => {
		const { stop } = sleepers();
		await Promise.all([stop.sleep(0), stop.sleep(-5), stop.sleepBetweenReads(0)]);
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

	test('gives time and randomness', () => {
		expect(Math.abs(realClock.now() - Date.now())).toBeLessThan(1000);
		const dice = Array.from({ length: 100 }, () => realClock.random());
		expect(Math.min(...dice)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...dice)).toBeLessThan(1);
		expect(new Set(dice).size).toBeGreaterThan(90);
	});
});
