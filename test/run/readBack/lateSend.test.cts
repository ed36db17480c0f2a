// COC is still at work on a request whose connection is gone, while the node looks and sends again.
import { describe, expect, test } from '@jest/globals';
import { HANDLE, outcomes, tally, useWatchedCoc, withOptions } from '../../support/watch.cts';

const coc = useWatchedCoc();
/** Ends so many ms after `began`: then COC has acted on everything. */
const settled = async (began: number, ms: number) =>
	await new Promise((resolve) => setTimeout(resolve, began + ms - Date.now()));

const lastSend = () => Math.max(...coc.writes().map(({ at }) => at));

describe.each([
	['Resolved', true],
	['Unresolved', false],
])('%s', (_label, result) => {
	test('is never doubled nor reported as refused, whenever COC acts on the first send', async () => {
		const delays = Array.from({ length: 40 }, (_, index) => 20 + index * 100);
		const tickets = coc.tickets(delays.length);
		delays.forEach((applyAfterMs, index) => {
			const match = { ticket: tickets[index]!, path: HANDLE };
			coc.standIn.fault({ kind: 'resetBefore', applyAfterMs, match });
		});
		const run = await coc.verify(
			tickets.map((ticket) => ({ ticket, result })),
			withOptions({ concurrency: 50 }),
		);
		await settled(lastSend(), Math.max(...delays) + 100);
		const found = outcomes(run);
		// Whichever send it was that COC acted on.
		for (const outcome of found) expect(['applied', 'recovered', 'unknown']).toContain(outcome);
		expect(tickets.map((ticket) => coc.entries(ticket).length)).toEqual(tickets.map(() => 1));
		for (const ticket of tickets) expect(coc.writes(ticket).length).toBeLessThanOrEqual(2);
		// Only what comes within a moment of the second send can't be told apart.
		expect(tally(found).unknown ?? 0).toBeLessThan(15);
		// On a busy machine COC has acted on all of them before any is sent again.
		expect(tally(found).recovered).toBeGreaterThan(5);
	}, 60_000);

	test('may be lost twice and late twice, and is still there once', async () => {
		const tickets = coc.tickets(24);
		tickets.forEach((ticket, index) => {
			const match = { ticket, path: HANDLE };
			const [first, second] = [300 + (index % 6) * 500, 300 + Math.floor(index / 6) * 500];
			coc.standIn.fault({ kind: 'resetBefore', applyAfterMs: first, match });
			coc.standIn.fault({ kind: 'resetBefore', applyAfterMs: second, match });
		});
		const run = await coc.verify(
			tickets.map((ticket) => ({ ticket, result })),
			withOptions({ concurrency: 30 }),
		);
		await settled(lastSend(), 3000);
		for (const outcome of outcomes(run)) {
			expect(['applied', 'recovered', 'unknown']).toContain(outcome);
		}
		expect(tickets.map((ticket) => coc.entries(ticket).length)).toEqual(tickets.map(() => 1));
	}, 60_000);
});

test('a second send that COC refuses, since the first came through, is recovered', async () => {
	const ticket = coc.ticket();
	coc.standIn.fault({ kind: 'resetBefore', match: { path: HANDLE } });
	// The first one is acted upon in the very moment in which the second arrives.
	let writes = 0;
	coc.onRequest = ({ path, at }) => {
		if (path !== HANDLE || ++writes < 2) return;
		const { parameter, operator } = coc.writes()[0]!.json as {
			operator: string;
			parameter: { virtual_confirm_comment: string };
		};
		const comment = parameter.virtual_confirm_comment;
		const stored = coc.standIn.tickets.get(ticket)!;
		stored.status = 'INCIDENT_STATUS_COMPLETED';
		stored.history.push({ action: 'confirm', operator, comment, result: true, at });
	};
	const { success } = await coc.verify([{ ticket }]);
	expect(success).toMatchObject([{ json: { outcome: 'recovered', response: null } }]);
	expect(coc.writes()).toMatchObject([{ applied: false }, { applied: false, status: 400 }]);
});

test('a second send that COC refuses, since somebody else was faster, is not claimed', async () => {
	const ticket = coc.ticket();
	coc.standIn.fault({ kind: 'resetBefore', match: { path: HANDLE } });
	let writes = 0;
	coc.onRequest = ({ path, at }) => {
		if (path !== HANDLE || ++writes < 2) return;
		const stored = coc.standIn.tickets.get(ticket)!;
		stored.status = 'INCIDENT_STATUS_COMPLETED';
		const theirs = { operator: 'f'.repeat(32), comment: 'Mine' };
		stored.history.push({ action: 'confirm', ...theirs, result: true, at });
	};
	const { failed } = await coc.verify([{ ticket }]);
	expect(failed).toHaveLength(1);
	expect(['refused', 'unknown']).toContain(failed[0]?.json.details.outcome);
});
