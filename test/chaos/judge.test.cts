// The chaos test is worth what its judge sees.
import { describe, expect, test } from '@jest/globals';
import { type Entry, entryOf } from './entries.cts';
import { judge, type Judged } from './judge.cts';
import { OPERATIONS } from './operations.cts';

const entry: Entry = {
	...{ operation: 'verify', operator: 'u1' },
	...{ result: true, comment: 'Works again' },
};
const wanted = { ticket: 'IM1', fields: {}, leaves: entry };
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
	const other = { ...entry, result: false, comment: 'Fails again' };
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
			'another operation was recorded',
			['falselyClaimed', 'foreign'],
			[item('applied')],
			[{ ...entry, operation: 'close' }],
		],
		[
			'the last of three equal items has no entry',
			['falselyClaimed'],
			[item('applied'), item('recovered'), item('applied')],
			[entry, entry],
		],
		[
			'two equal items are recorded three times',
			['doubled'],
			[item('applied'), item('recovered')],
			[entry, entry, entry],
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
			[item('applied', { leaves: other }), item('applied')],
			[entry, other],
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

describe.each(OPERATIONS)('of the operation %s', (operation) => {
	const remark: Entry = { operation, operator: 'u1', result: null, comment: 'Noted' };
	const bare: Entry = { ...remark, comment: null };

	test.each([
		['with a text', remark],
		['without one', bare],
	])('an entry %s counts for an item once', (_what, one) => {
		const own = item('applied', { leaves: one });
		expect(faults([own], [one])).toEqual([]);
		expect(faults([own], [one, one])).toEqual(['doubled']);
		expect(faults([own], [])).toEqual(['falselyClaimed']);
		expect(faults([item('notSent', { leaves: one })], [one])).toEqual(['lost']);
	});

	test('an entry with another text, or by another person, is another one', () => {
		const own = item('applied', { leaves: remark });
		const others = [bare, { ...remark, comment: 'Noted too' }, { ...remark, operator: 'u2' }];
		for (const other of others) {
			expect(faults([own], [other])).toEqual(['falselyClaimed', 'foreign']);
		}
	});
});

describe('the record names', () => {
	const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
	test.each([
		['acceptedIncident1', ACCEPTED, 'accept'],
		['addRemark', ACCEPTED, 'addRemark'],
		['agreed', ACCEPTED, 'approve'],
		['changeLevel', ACCEPTED, 'changeLevel'],
		['agreed', 'INCIDENT_STATUS_COMPLETED', 'close'],
		['unAcceptedForward', 'INCIDENT_STATUS_TRIGGERED', 'forward'],
		['acceptedForward', ACCEPTED, 'forward'],
		['incidentPause', ACCEPTED, 'pause'],
		['rejected', ACCEPTED, 'refuse'],
		['rejected', 'INCIDENT_STATUS_REJECTED', 'reject'],
		['ReOpen', 'INCIDENT_STATUS_TRIGGERED', 'reopen'],
		['recovery', ACCEPTED, 'resume'],
		['commitSolution1', 'INCIDENT_STATUS_RESOLVED', 'submitSolution'],
		['confirm', 'INCIDENT_STATUS_COMPLETED', 'verify'],
	])('%s in status %s: %s', (action, status, operation) => {
		const kept = { operator: 'u1', comment: 'Noted', result: null };
		expect(entryOf({ ...kept, action, status, at: 1 })).toEqual({ ...kept, operation });
	});

	test('a key that no operation sends as it is', () => {
		const kept = { operator: 'u1', comment: null, result: null };
		expect(entryOf({ ...kept, action: 'console', at: 1 }).operation).toBe('console');
	});
});
