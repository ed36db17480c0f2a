// The answer to a verification is lost: the ticket is read, and its record decides.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../standin/index.cts';
import { OPERATOR, SUCCESS } from '../../support/coc.cts';
import {
	DETAIL,
	HANDLE,
	HISTORY,
	outcomes,
	useWatchedCoc,
	withOptions,
} from '../../support/watch.cts';
import { useQuickTime } from '../../support/quickTime.cts';

let ahead = 0;
beforeEach(() => {
	ahead = 0;
});
const MINUTE = 60_000;
const coc = useWatchedCoc({ now: () => Date.now() + ahead });

/** All ways in which an answer gets lost, with COC having acted or not. */
const ways = (apply: boolean): Array<[string, Fault]> => [
	['a reset', { kind: apply ? 'resetAfter' : 'resetBefore' }],
	['no answer in time', { kind: 'hang', apply }],
	['an answer byte by byte', { kind: 'drip', everyMs: 100, apply }],
	['an answer without an end', { kind: 'endless', apply }],
	['an empty answer', { kind: 'empty', apply }],
	['a web page', { kind: 'html', apply }],
	['an answer that breaks off', { kind: 'truncated', apply }],
	['half of its JSON', { kind: 'truncated', complete: true, apply }],
	['no envelope', { kind: 'raw', status: 200, body: '{"ok":true}', apply }],
	['an answer of nothing but a status', { kind: 'raw', status: 204, body: '', apply }],
	['an error of COC', { kind: 'errorCode', status: 500, code: 'COC.1', message: 'Oh', apply }],
	...[408, 500, 502, 503, 504].map((status): [string, Fault] => [
		`an error of the gateway (${status})`,
		{ kind: 'status', status, code: 'APIGW.0201', apply },
	]),
];

describe.each([
	['Resolved', true],
	['Unresolved', false],
])('%s', (_label, result) => {
	useQuickTime();

	test.each([
		['that COC has recorded is recovered and sent once', true],
		['that COC has not recorded is sent once more and applied', false],
	])(
		'%s',
		async (_name, apply) => {
			const all = ways(apply);
			const tickets = coc.tickets(all.length);
			all.forEach(([, fault], index) => {
				const match = { ticket: tickets[index]!, path: HANDLE };
				coc.standIn.fault({ ...fault, match });
			});
			const run = await coc.verify(
				tickets.map((ticket) => ({ ticket, result })),
				withOptions({ timeout: 8000, concurrency: all.length }),
			);
			const expected = apply
				? { outcome: 'recovered', sent: 1, entries: 1, response: null }
				: { outcome: 'applied', sent: 2, entries: 1, response: SUCCESS };
			const found = outcomes(run);
			expect(
				all.map(([name], index) => ({
					name,
					outcome: found[index],
					sent: coc.writes(tickets[index]).length,
					entries: coc.entries(tickets[index]!).length,
					response: run.success.find(({ json }) => json.ticket === tickets[index])?.json.response,
				})),
			).toEqual(all.map(([name]) => ({ name, ...expected })));
		},
		60_000,
	);

	test('is sent at most three times when every answer is lost, and then unknown', async () => {
		const ticket = coc.ticket();
		coc.standIn.fault({ kind: 'resetBefore', times: 100, match: { path: HANDLE } });
		const { failed } = await coc.verify([{ ticket, result }]);
		expect(failed[0]?.json.details.outcome).toBe('unknown');
		expect(coc.writes()).toHaveLength(3);
		expect(failed[0]?.json.error).toContain('INCIDENT_STATUS_RESOLVED');
	});

	test('is found although COC’s clock differs by minutes or hours', async () => {
		for (ahead of [-180 * MINUTE, -5 * MINUTE, 5 * MINUTE, 180 * MINUTE]) {
			const [applied, lost] = coc.tickets(2);
			coc.standIn.fault({ kind: 'resetAfter', match: { ticket: applied!, path: HANDLE } });
			coc.standIn.fault({ kind: 'resetBefore', match: { ticket: lost!, path: HANDLE } });
			const token = coc.standIn.issueToken();
			coc.credential.data.token = token;
			const run = await coc.verify([applied, lost].map((ticket) => ({ ticket, result })));
			expect(outcomes(run)).toEqual(['recovered', 'applied']);
			expect(coc.entries(applied!)).toHaveLength(1);
			expect(coc.entries(lost!)).toHaveLength(1);
		}
	});
});

describe('what is read', () => {
	test('is the history and then the status, as COC’s pages show it', async () => {
		const ticket = coc.ticket();
		coc.standIn.fault({ kind: 'resetAfter' });
		await coc.verify([{ ticket }]);
		expect(coc.reads()).toMatchObject([
			{
				method: 'POST',
				path: HISTORY,
				json: {
					string_filters: [{ field: 'ticket_id', operator: '=', values: [ticket] }],
					sort_filter: { field: 'start_time', operator: 'desc', values: ['start_time'] },
				},
			},
			{ method: 'GET', path: expect.stringMatching(DETAIL), ticket },
		]);
	});

	test('is read twice, a second apart, before it is sent again', async () => {
		coc.standIn.fault({ kind: 'resetBefore' });
		await coc.verify([{}]);
		const histories = coc.reads().filter(({ path }) => path === HISTORY);
		expect(histories).toHaveLength(2);
		expect(histories[1]!.at - histories[0]!.at).toBeGreaterThanOrEqual(990);
		expect(coc.writes()[1]!.at).toBeGreaterThanOrEqual(histories[1]!.at);
	});

	test('is not read at all for an item that was answered', async () => {
		await coc.verify([{}, { ticket: 'IM404' }]);
		expect(coc.reads()).toEqual([]);
	});

	const trouble: Array<[string, Fault]> = [
		['a reset', { kind: 'resetBefore' }],
		['no answer in time', { kind: 'hang' }],
		['an error of the gateway', { kind: 'status', status: 502 }],
		['a web page', { kind: 'html' }],
		['half of its JSON', { kind: 'truncated', complete: true }],
		['an empty answer', { kind: 'empty' }],
		['too many requests', { kind: 'status', status: 429 }],
	];

	test.each([
		['history', HISTORY],
		['status', DETAIL],
	])('is asked for again when that itself fails: the %s', async (_name, path) => {
		const tickets = coc.tickets(trouble.length);
		trouble.forEach(([, fault], index) => {
			const ticket = tickets[index]!;
			coc.standIn.fault({ kind: 'resetAfter', match: { ticket, path: HANDLE } });
			coc.standIn.fault({ ...fault, match: { ticket, path } });
		});
		const run = await coc.verify(
			tickets.map((ticket) => ({ ticket })),
			withOptions({ timeout: 3000, concurrency: 20 }),
		);
		const found = outcomes(run);
		expect(trouble.map(([name], index) => [name, found[index]])).toEqual(
			trouble.map(([name]) => [name, 'recovered']),
		);
		expect(coc.writes()).toHaveLength(trouble.length);
	});

	test('belongs to the own user, for an empty Operator of an IAM user and any other', async () => {
		const ticket = coc.ticket();
		const operator = 'f'.repeat(32);
		coc.standIn.fault({ kind: 'resetAfter' });
		const { success } = await coc.verify([{ ticket, operator }]);
		expect(success).toMatchObject([{ json: { outcome: 'recovered', operator } }]);
		expect(coc.entries(ticket)).toMatchObject([{ operator }]);
		expect(operator).not.toBe(OPERATOR);
	});
});
