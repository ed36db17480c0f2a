// The loop over items, as far as it isn't seen from outside.
import { describe, expect, test } from '@jest/globals';
import type * as source from '../../nodes/run/pool.ts';
import { built } from '../support/built.cts';

const { pool } = built<typeof source>('nodes/run/pool');

const busy = (ms: number) => {
	const until = Date.now() + ms;
	while (Date.now() < until);
};

describe('while many items are prepared', () => {
	test.each([
		['of one key', 'IM1'],
		['of their own', null],
	])('n8n has its turns, %s', async (_what, key) => {
		let turns = 0;
		let isOver = false;
		const count = () => {
			turns++;
			if (!isOver) setImmediate(count);
		};
		setImmediate(count);
		await pool(
			100,
			10,
			() => {
				busy(5);
				return { key };
			},
			() => Promise.resolve(),
		);
		isOver = true;
		expect(turns).toBeGreaterThan(5);
	});
});
