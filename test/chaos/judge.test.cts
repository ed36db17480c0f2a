// The chaos test is worth what its judge sees.
import { describe, expect, test } from '@jest/globals';
import { type Entry, judge, type Judged } from './judge.cts';

const wanted = { ticket: 'IM1', operator: 'u1', result: true, comment: 'Works again' };
const entry: Entry = { operator: 'u1', result: true, comment: 'Works again' };
const label = {
	error: 'Ticket IM1: no answer came. Check the ticket.',
	details: { ticket: 'IM1', hint: 'Check the ticket.' },
};

function item(outcome: string | undefined, more: Partial<Judged> = {}): Judged {
	return { ...wanted, run: 'a run', index: 0, outcome, ...more };
}

/** The faults that are found in items for one ticket with this record. */
function faults(items: Judged[], entries: Entry[]): string[] {
	return judge(items, () => entries).map(({ fault }) => fault);
}

describe('nothing is wrong when', () => {
	test.each<[string, Judged[], Entry[]]>([
		['an applied item is recorded', [item('applied')], [entry]],
		['a recovered item is recorded', [item('recovered')], [entry]],
		['a refused item is not recorded', [item('refused')], []],
		['an item that was not sent is not recorded', [item('notSent')], []],
		['an unknown item is recorded', [item('unknown', label)], [entry]],
		['an unknown item is not recorded', [item('unknown', label)], []],
		['of two equal items the applied one is recorded', [item('refused'), item('applied')], [entry]],
		['two equal items are recorded twice', [item('applied'), item('recovered')], [entry, entry]],
		[
			'blanks around the ticket are all that differs',
			[item('applied'), item('refused', { ticket: ' IM1\t' })],
			[entry],
		],
	])('%s', (_case, items, entries) => {
		expect(faults(items, entries)).toEqual([]);
	});
});

describe('it is found when', () => {
	const other = { result: false, comment: 'Fails again' };
	test.each<[string, string[], Judged[], Entry[]]>([
		['an item is recorded twice', ['doubled'], [item('applied')], [entry, entry]],
		['an unknown item is recorded twice', ['doubled'], [item('unknown', label)], [entry, entry]],
		['a refused item is recorded', ['lost'], [item('refused')], [entry]],
		['an item that was not sent is recorded', ['lost'], [item('notSent')], [entry]],
		['a dry run is recorded', ['lost'], [item('dryRun')], [entry]],
		['a refused item is recorded twice', ['lost', 'doubled'], [item('refused')], [entry, entry]],
		['an applied item is not recorded', ['falselyClaimed'], [item('applied')], []],
		['a recovered item is not recorded', ['falselyClaimed'], [item('recovered')], []],
		[
			'two items claim one entry',
			['falselyClaimed'],
			[item('applied'), item('recovered')],
			[entry],
		],
		[
			'another result was recorded',
			['falselyClaimed', 'foreign'],
			[item('applied')],
			[{ ...entry, result: false }],
		],
		[
			'another comment was recorded',
			['falselyClaimed', 'foreign'],
			[item('applied')],
			[{ ...entry, comment: 'Works' }],
		],
		[
			"another person's entry is claimed",
			['falselyClaimed', 'foreign'],
			[item('recovered')],
			[{ ...entry, operator: 'u2' }],
		],
		[
			'items were recorded in another order',
			['outOfOrder'],
			[item('applied', other), item('applied')],
			[entry, { ...entry, ...other }],
		],
		['an item has no outcome', ['withoutOutcome'], [item(undefined)], []],
		[
			'an item without an outcome is recorded',
			['lost', 'withoutOutcome'],
			[item(undefined)],
			[entry],
		],
		['an unknown item does not name its ticket', ['unlabelled'], [item('unknown')], []],
		[
			'an unknown item does not say what to do',
			['unlabelled'],
			[item('unknown', { ...label, details: { ticket: 'IM1', hint: ' ' } })],
			[],
		],
	])('%s', (_case, expected, items, entries) => {
		expect(faults(items, entries)).toEqual(expected);
	});
});
