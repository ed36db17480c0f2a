// All that is said about failed items, side by side, to be read by people.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { SAYINGS, sayings } from './sayings.cts';

test('every operation says of every failure what sayings.txt shows', () => {
	expect(sayings()).toBe(readFileSync(SAYINGS, 'utf8'));
});

test('each title names the ticket, or what has none, and is a sentence', () => {
	const titles = sayings().match(/^ {2}(?:refused|unknown|not sent|cancelled|not read) .*/gm) ?? [];
	expect(titles.length).toBeGreaterThan(60);
	for (const title of titles) {
		expect(title).toMatch(
			/([tT]icket|[iI]ncident|[fF]ile|[aA]larm|[aA]larms|[lL]ist of [a-z ]+|[hH]istory of [a-z ]+)( X1)? (was|were) /,
		);
		expect(title).toMatch(/\.(?: \[item 2\])?$/);
	}
});
