// Equal items: each entry in the ticket's history is claimed by one of them only.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { OPERATOR } from '../support/coc.cts';
import { HANDLE, outcomes, useWatchedCoc } from '../support/watch.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const coc = useWatchedCoc();

const isDone = (outcome: string) => outcome === 'applied' || outcome === 'recovered';

/**
 * Verifies a ticket with so many equal items, Unresolved, while its handler submits a new solution
 * after each verification; each fault hits one send.
 */
async function verifyAgainAndAgain(count: number, faults: Array<Fault | null>, quick = true) {
	const ticket = coc.ticket();
	const stored = coc.standIn.tickets.get(ticket)!;
	let sends = 0;
	coc.onRequest = ({ path }) => {
		if (path !== HANDLE) return;
		const fault = faults[sends++];
		if (fault) coc.standIn.fault({ ...fault, match: { path: HANDLE } });
	};
	const resubmit = () => {
		stored.status = 'INCIDENT_STATUS_RESOLVED';
		stored.history.push({
			action: 'commitSolution1',
			operator: OPERATOR,
			comment: null,
			result: null,
			at: Date.now(),
		});
	};
	coc.onAnswer = ({ path, applied }) => {
		if (path === HANDLE && applied && quick) resubmit();
	};
	const item = { ticket, result: false, comment: 'Not yet' };
	const found = outcomes(await coc.verify(Array.from({ length: count }, () => item)));
	return { found, entries: coc.entries(ticket).length };
}

const lost: Fault = { kind: 'resetAfter' };
const never: Fault = { kind: 'resetBefore' };

describe('equal items for a ticket that is handed back each time', () => {
	test.each<[string, Array<Fault | null>, string[], number]>([
		['both answered', [null, null], ['applied', 'applied'], 2],
		['the first one’s answer lost', [lost, null], ['recovered', 'applied'], 2],
		['the second one’s answer lost', [null, lost], ['applied', 'recovered'], 2],
		['both answers lost', [lost, lost], ['recovered', 'recovered'], 2],
		['the second one lost before COC acted', [null, never, null], ['applied', 'applied'], 2],
		[
			'the first one’s answer, and then the second one, lost',
			[lost, never, null],
			['recovered', 'applied'],
			2,
		],
	])('%s', async (_name, faults, expected, count) => {
		const { found, entries } = await verifyAgainAndAgain(2, faults);
		expect(found).toEqual(expected);
		expect(entries).toBe(count);
	});

	test('three of them, lost and answered: as many entries as are reported', async () => {
		for (const faults of [
			[lost, never, lost, null],
			[never, lost, lost, lost],
			[lost, lost, null, null],
		]) {
			const { found, entries } = await verifyAgainAndAgain(3, faults);
			expect(found).not.toContain('refused');
			expect(found.filter(isDone)).toHaveLength(entries);
			expect(entries).toBe(3);
		}
	});
});

describe('equal items for a ticket that waits once', () => {
	test.each<[string, Array<Fault | null>]>([
		['all answered', [null, null]],
		['the first one’s answer lost', [lost, null]],
		['the second one lost', [null, never]],
		['all answers lost', [lost, lost, lost, lost]],
		['the first one lost before COC acted', [never, null, null]],
	])('%s: one entry, one claim', async (_name, faults) => {
		const { found, entries } = await verifyAgainAndAgain(2, faults, false);
		expect(entries).toBe(1);
		expect(found.filter(isDone)).toHaveLength(1);
		expect(isDone(found[0]!)).toBe(true);
		expect(['refused', 'unknown']).toContain(found[1]);
	});

	test('an unknown first one leaves its entry to nobody', async () => {
		const ticket = coc.ticket();
		// The first one's record can't be read, the second one's can.
		coc.standIn.fault({ kind: 'resetAfter', match: { path: HANDLE } });
		coc.standIn.fault({
			kind: 'status',
			status: 403,
			code: 'APIGW.0302',
			match: { path: /list-histories/ },
			times: 3,
		});
		coc.standIn.fault({ kind: 'resetBefore', match: { path: HANDLE } });
		const found = outcomes(await coc.verify([{ ticket }, { ticket }, { ticket }]));
		expect(found[0]).toBe('unknown');
		expect(found.slice(1).filter(isDone)).toEqual([]);
		expect(coc.entries(ticket)).toHaveLength(1);
	});
});

test('items of two operators for one ticket don’t claim each other’s entries', async () => {
	const ticket = coc.ticket();
	coc.standIn.fault({ kind: 'resetAfter', times: 2, match: { path: HANDLE } });
	const found = outcomes(
		await coc.verify([
			{ ticket, operator: 'a'.repeat(32) },
			{ ticket, operator: 'b'.repeat(32) },
		]),
	);
	expect(found[0]).toBe('recovered');
	expect(isDone(found[1]!)).toBe(false);
	expect(coc.entries(ticket)).toMatchObject([{ operator: 'a'.repeat(32) }]);
});
