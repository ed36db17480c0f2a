// After a lost answer: what in COC's record counts as this verification, and what doesn't.
import { describe, expect, test } from '@jest/globals';
import type { HistoryEntry } from '../../standin/index.cts';
import { OPERATOR } from '../../support/coc.cts';
import { DETAIL, HISTORY, outcomes } from '../../support/watch.cts';
import { COMMENT, entry, OTHER, submitted, useLostVerifications } from './lostVerification.cts';
import { useQuickTime } from '../../support/quickTime.cts';

useQuickTime();
const { coc, lose, meanwhile } = useLostVerifications();
const MINUTE = 60_000;

const add = (ticket: string, ...entries: HistoryEntry[]) =>
	coc.standIn.tickets.get(ticket)!.history.push(...entries);
async function verify(ticket: string, result: boolean) {
	const run = await coc.verify([{ ticket, result, comment: COMMENT }]);
	const { error = '' } = run.failed[0]?.json ?? {};
	return { outcome: outcomes(run)[0], error, sent: coc.writes(ticket).length };
}

describe.each([
	['Resolved', true],
	['Unresolved', false],
])('%s:', (_label, result) => {
	describe.each([
		['COC acted', 'resetAfter', { outcome: 'recovered', sent: 1 }],
		['COC did not act', 'resetBefore', { outcome: 'applied', sent: 2 }],
	] as const)('%s, and the verdict is not confused by', (_what, kind, expected) => {
		test.each<[string, (at: number) => HistoryEntry[]]>([
			['what this operator verified earlier, in the same words', (at) => [entry({ at })]],
			['what somebody else verified earlier', (at) => [entry({ at, operator: OTHER })]],
			['earlier verifications in numbers', (at) => Array.from({ length: 50 }, () => entry({ at }))],
			['an earlier solution', (at) => [submitted(at)]],
		])('%s', async (_name, before) => {
			const ticket = coc.ticket({ history: before(Date.now() - 5 * MINUTE) });
			lose(kind);
			expect(await verify(ticket, result)).toMatchObject(expected);
			const own = coc.entries(ticket).filter(({ at }) => at > Date.now() - 4 * MINUTE);
			expect(own).toHaveLength(1);
		});

		test.each<[string, Partial<HistoryEntry>]>([
			['a remark of this operator in the same words', { action: 'addRemark' }],
			['a remark of somebody else', { action: 'addRemark', operator: OTHER }],
		])('%s, in the same moment', async (_name, fields) => {
			const ticket = coc.ticket();
			lose(kind);
			meanwhile(() => add(ticket, entry({ result: null, ...fields })));
			expect(await verify(ticket, result)).toMatchObject(expected);
			expect(coc.entries(ticket)).toHaveLength(1);
		});

		test('entries of other tickets that COC hands out with it', async () => {
			const ticket = coc.ticket();
			lose(kind);
			const others = coc.tickets(3);
			meanwhile(() => {
				const info = [...others, ...(kind === 'resetAfter' ? [ticket] : [])].map((ticket_id) => ({
					...{ ticket_id, action: 'confirm', operator: OPERATOR, comment: COMMENT },
					start_time: Date.now(),
				}));
				const body = JSON.stringify({
					...{ provider_code: '049', error_code: 'GOM.00000000', error_msg: null },
					data: { total: info.length, info },
				});
				coc.standIn.fault({ kind: 'raw', status: 200, body, times: 9, match: { path: HISTORY } });
			});
			expect(await verify(ticket, result)).toMatchObject(expected);
			expect(coc.entries(ticket)).toHaveLength(1);
		});
	});

	test.each([
		['the history', HISTORY, 'coc:ticket:getOperationHistories'],
		['the ticket', DETAIL, 'coc:ticket:get'],
	])('without the permission to read %s it is unknown, and says so', async (_n, path, action) => {
		for (const kind of ['resetAfter', 'resetBefore'] as const) {
			const all = ['coc:ticket:action', 'coc:ticket:getOperationHistories', 'coc:ticket:get'];
			const permissions = all.filter((one) => one !== action);
			coc.credential.data.token = coc.standIn.issueToken({ permissions });
			const ticket = coc.ticket();
			lose(kind);
			const { outcome, error, sent } = await verify(ticket, result);
			expect({ outcome, sent }).toEqual({ outcome: 'unknown', sent: 1 });
			expect(error).toContain('It may have been applied: check the ticket before repeating.');
			expect(error).toContain(action);
			expect(error).toContain('APIGW.0302');
			expect(coc.reads().filter((read) => new RegExp(path).test(read.path))).not.toEqual([]);
		}
	});

	test('two entries that may be it leave it unknown', async () => {
		const ticket = coc.ticket();
		lose('resetAfter');
		meanwhile(() => add(ticket, entry({ result })));
		const { outcome, error, sent } = await verify(ticket, result);
		expect({ outcome, sent }).toEqual({ outcome: 'unknown', sent: 1 });
		expect(error).toMatch(/2 entries|two entries/);
	});

	test.each<[string, Partial<HistoryEntry>]>([
		['of another operator in the same words', { operator: OTHER }],
		['of this operator in other words', { comment: 'Somewhere else' }],
		['of another operator in other words', { operator: OTHER, comment: 'Mine' }],
	])('a verification %s, in the same moment, is not claimed', async (_name, fields) => {
		const ticket = coc.ticket();
		lose('resetBefore');
		meanwhile(() => {
			add(ticket, entry({ result, ...fields }));
			coc.standIn.tickets.get(ticket)!.status = result
				? 'INCIDENT_STATUS_COMPLETED'
				: 'INCIDENT_STATUS_ACKNOWLEDGED';
		});
		const { outcome } = await verify(ticket, result);
		expect(['refused', 'unknown']).toContain(outcome);
		expect(coc.entries(ticket)).toHaveLength(1);
	});

	test('a history that lags behind is waited for', async () => {
		const ticket = coc.ticket();
		lose('resetAfter');
		const body =
			'{"provider_code":"049","error_code":"GOM.00000000","error_msg":null,"data":{"total":0,"info":[]}}';
		coc.standIn.fault({ kind: 'raw', status: 200, body, match: { path: HISTORY } });
		if (!result) {
			// The handler was quick: the status alone would speak for sending it again.
			meanwhile(() => {
				add(ticket, submitted());
				coc.standIn.tickets.get(ticket)!.status = 'INCIDENT_STATUS_RESOLVED';
			});
		}
		expect(await verify(ticket, result)).toMatchObject({ outcome: 'recovered', sent: 1 });
	});

	test('a history that lags behind for long leaves it unknown, and it is not repeated', async () => {
		const ticket = coc.ticket();
		lose('resetAfter');
		const body =
			'{"provider_code":"049","error_code":"GOM.00000000","error_msg":null,"data":{"total":0,"info":[]}}';
		coc.standIn.fault({ kind: 'raw', status: 200, body, times: 99, match: { path: HISTORY } });
		expect(await verify(ticket, result)).toMatchObject({ outcome: 'unknown', sent: 1 });
	});
});

describe('Unresolved, when the handler has submitted a new solution meanwhile,', () => {
	const resubmit = () =>
		meanwhile((ticket) => {
			add(ticket, submitted());
			coc.standIn.tickets.get(ticket)!.status = 'INCIDENT_STATUS_RESOLVED';
		});

	test('is found and not repeated', async () => {
		const ticket = coc.ticket();
		lose('resetAfter');
		resubmit();
		expect(await verify(ticket, false)).toMatchObject({ outcome: 'recovered', sent: 1 });
		expect(coc.standIn.tickets.get(ticket)?.status).toBe('INCIDENT_STATUS_RESOLVED');
	});

	test('is not repeated either when the history can’t be read', async () => {
		coc.credential.data.token = coc.standIn.issueToken({
			permissions: ['coc:ticket:action', 'coc:ticket:get'],
		});
		const ticket = coc.ticket();
		lose('resetAfter');
		resubmit();
		expect(await verify(ticket, false)).toMatchObject({ outcome: 'unknown', sent: 1 });
		expect(coc.standIn.tickets.get(ticket)?.status).toBe('INCIDENT_STATUS_RESOLVED');
	});
});
