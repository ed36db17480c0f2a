// Options > If Already Verified: what was done before counts as done, and nothing is sent.
import { describe, expect, test } from '@jest/globals';
import type { Fault, HistoryEntry } from '../../../../standin/index.cts';
import { OPERATOR, SUCCESS } from '../../../../support/coc.cts';
import {
	DETAIL,
	HANDLE,
	HISTORY,
	outcomes,
	useWatchedCoc,
	withOptions,
} from '../../../../support/watch.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';

useQuickTime();
const coc = useWatchedCoc();
const COMMENT = 'Works again';
const OTHER = 'f'.repeat(32);
const succeeding = withOptions({ ifAlreadyVerified: 'succeed', timeout: 3000 });
const ago = (minutes: number) => Date.now() - minutes * 60_000;

const entry = (minutes: number, fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
	action: 'confirm',
	operator: OPERATOR,
	comment: COMMENT,
	result: true,
	at: ago(minutes),
	...fields,
});
const solution = (minutes: number) =>
	entry(minutes, { action: 'commitSolution1', operator: OTHER, comment: null, result: null });
const completed = (...history: HistoryEntry[]) =>
	coc.ticket({ status: 'INCIDENT_STATUS_COMPLETED', history });
const handedBack = (...history: HistoryEntry[]) =>
	coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', history });

describe('with Succeed', () => {
	test.each<[string, () => string, boolean]>([
		['Resolved and completed', () => completed(entry(5)), true],
		['Resolved by somebody else', () => completed(entry(5, { operator: OTHER })), true],
		['Resolved in other words', () => completed(entry(5, { comment: 'All well' })), true],
		[
			'Resolved, after it was Unresolved',
			() => completed(entry(9, { result: false }), solution(7), entry(5)),
			true,
		],
		[
			'Resolved, with remarks behind',
			() => completed(entry(5), entry(3, { action: 'addRemark', result: null })),
			true,
		],
		['Unresolved and handed back', () => handedBack(entry(5, { result: false })), false],
		[
			'Unresolved by somebody else',
			() => handedBack(entry(5, { result: false, operator: OTHER, comment: 'No' })),
			false,
		],
	])('a ticket that was verified so counts as done: %s', async (_name, make, result) => {
		const ticket = make();
		const before = structuredClone(coc.standIn.tickets.get(ticket));
		const { success } = await coc.verify([{ ticket, result }], succeeding);
		expect(success.map(({ json }) => json)).toEqual([
			{
				ticket,
				operator: OPERATOR,
				result,
				comment: COMMENT,
				outcome: 'alreadyVerified',
				response: null,
			},
		]);
		expect(coc.writes()).toEqual([]);
		expect(coc.standIn.tickets.get(ticket)).toEqual(before);
	});

	test.each<[string, () => string, boolean]>([
		['never verified', () => coc.ticket(), true],
		['never verified, Unresolved', () => coc.ticket(), false],
		['other things happened only', () => coc.ticket({ history: [solution(5)] }), true],
		[
			'Unresolved before, and solved anew',
			() => coc.ticket({ history: [entry(9, { result: false }), solution(5)] }),
			true,
		],
		[
			'Unresolved before in other words, and solved anew',
			() => coc.ticket({ history: [entry(9, { result: false, comment: 'No' }), solution(5)] }),
			false,
		],
	])('a ticket that waits is verified: %s', async (_name, make, result) => {
		const ticket = make();
		const { success } = await coc.verify([{ ticket, result }], succeeding);
		expect(success).toMatchObject([{ json: { outcome: 'applied', response: SUCCESS } }]);
		expect(coc.writes()).toHaveLength(1);
	});

	// A second webhook for one event, a re-run: it would wrongly refuse the new solution.
	test('the very same Unresolved does not hit the solution that came after it', async () => {
		const ticket = coc.ticket({ history: [entry(9, { result: false }), solution(5)] });
		const { success } = await coc.verify([{ ticket, result: false }], succeeding);
		expect(success).toMatchObject([{ json: { outcome: 'alreadyVerified' } }]);
		expect(coc.writes()).toEqual([]);
		expect(coc.standIn.tickets.get(ticket)?.status).toBe('INCIDENT_STATUS_RESOLVED');
	});

	const stored = 'A &amp; B\nagain';
	test('it is recognised in the spelling in which COC stores it', async () => {
		const ticket = coc.ticket({
			history: [entry(9, { result: false, comment: stored }), solution(5)],
		});
		const { success } = await coc.verify(
			[{ ticket, result: false, comment: 'A & B\r\nagain' }],
			succeeding,
		);
		expect(success).toMatchObject([{ json: { outcome: 'alreadyVerified' } }]);
	});

	test.each<[string, string | null]>([
		['cut', 'Works ag'],
		['without its signs', 'works, again'],
		['left out', null],
	])('one whose comment COC has %s is neither sent nor taken for it', async (_how, comment) => {
		const ticket = coc.ticket({ history: [entry(9, { result: false, comment }), solution(5)] });
		const { failed } = await coc.verify([{ ticket, result: false }], succeeding);
		expect(failed[0]?.json.details.outcome).toBe('notSent');
		expect(failed[0]?.json.error).toContain('its comment in the history is like this one');
		expect(coc.writes()).toEqual([]);
		// It was Unresolved for sure: Resolved is another verification.
		const { success } = await coc.verify([{ ticket, result: true }], succeeding);
		expect(success).toMatchObject([{ json: { outcome: 'applied' } }]);
	});

	test.each<[string, () => string, boolean]>([
		['completed, and Unresolved is wanted', () => completed(entry(5)), false],
		['handed back, and Resolved is wanted', () => handedBack(entry(5, { result: false })), true],
		['completed without any verification', () => completed(solution(5)), true],
	])('a ticket that was verified otherwise is not done: %s', async (_name, make, result) => {
		const ticket = make();
		const { success, failed } = await coc.verify([{ ticket, result }], succeeding);
		expect(success).toEqual([]);
		// COC has the last word, unless its status was checked.
		expect(failed[0]?.json.details).toMatchObject({ outcome: 'refused', httpStatus: 400 });
		const checked = withOptions({ ifAlreadyVerified: 'succeed', checkStatus: true });
		const again = await coc.verify([{ ticket, result }], checked);
		expect(again.failed[0]?.json.details.outcome).toBe('notSent');
		expect(again.failed[0]?.json.error).toContain(coc.standIn.tickets.get(ticket)?.status);
		expect(coc.writes()).toHaveLength(1);
	});

	test('together with Check Status First it is still done', async () => {
		const both = withOptions({ ifAlreadyVerified: 'succeed', checkStatus: true });
		const run = await coc.verify([{ ticket: completed(entry(5)) }, {}], both);
		expect(outcomes(run)).toEqual(['alreadyVerified', 'applied']);
	});

	test('a whole execution can be run again', async () => {
		const items = [true, false, true, false].map((result) => ({ ticket: coc.ticket(), result }));
		const first = await coc.verify(items, succeeding);
		expect(outcomes(first)).toEqual(['applied', 'applied', 'applied', 'applied']);
		const second = await coc.verify(items, succeeding);
		expect(outcomes(second)).toEqual(Array<string>(4).fill('alreadyVerified'));
		expect(coc.writes()).toHaveLength(4);
	});

	test('two executions of one event at the same time leave one entry', async () => {
		for (const result of [true, false]) {
			const ticket = coc.ticket();
			const runs = await Promise.all(
				[1, 2].map(() => coc.verify([{ ticket, result }], succeeding)),
			);
			expect(coc.entries(ticket)).toHaveLength(1);
			expect(runs.flatMap((run) => outcomes(run))).toContain('applied');
		}
	});

	describe('one event delivered twice at the same moment', () => {
		/** Both executions have looked before COC hears of either verification. */
		const twice = async (items: Array<{ ticket: string; result: boolean }>) => {
			for (const { ticket } of items) {
				const match = { path: HANDLE, ticket };
				coc.standIn.fault({ kind: 'latency', ms: 60_000, together: 2, match, times: 2 });
			}
			const node = withOptions({ ifAlreadyVerified: 'succeed', concurrency: items.length });
			return await Promise.all([1, 2].map(() => coc.verify(items, node)));
		};

		test('ends each pair as applied and alreadyVerified', async () => {
			const items = [true, false, true, false, true, false].map((result) => ({
				ticket: coc.ticket(),
				result,
			}));
			const runs = (await twice(items)).map((run) => outcomes(run));
			for (const [index, { ticket }] of items.entries()) {
				expect(runs.map((run) => run[index]).sort()).toEqual(['alreadyVerified', 'applied']);
				expect(coc.entries(ticket)).toHaveLength(1);
			}
			expect(coc.writes()).toHaveLength(2 * items.length);
		});

		test('with the other result, it is COC’s refusal that counts', async () => {
			const ticket = coc.ticket();
			const match = { path: HANDLE, ticket };
			coc.standIn.fault({ kind: 'latency', ms: 60_000, together: 2, match, times: 2 });
			const runs = await Promise.all(
				[true, false].map((result) => coc.verify([{ ticket, result }], succeeding)),
			);
			expect(runs.flatMap((run) => outcomes(run)).sort()).toEqual(['applied', 'refused']);
		});

		test('where the record can’t be read afterwards, COC’s refusal stays', async () => {
			const ticket = coc.ticket();
			coc.onAnswer = ({ path }) => {
				if (path !== HANDLE) return;
				coc.standIn.fault({ kind: 'status', status: 403, match: { path: HISTORY }, times: 9 });
			};
			const runs = (await twice([{ ticket, result: true }])).map((run) => outcomes(run));
			expect(runs.flat().sort()).toEqual(['applied', 'refused']);
		});
	});

	test('equal items of one run are done once', async () => {
		const ticket = coc.ticket();
		const run = await coc.verify([{ ticket }, { ticket }, { ticket }], succeeding);
		expect(outcomes(run)).toEqual(['applied', 'alreadyVerified', 'alreadyVerified']);
		expect(coc.writes()).toHaveLength(1);
	});
});

describe('with Succeed, nothing is sent', () => {
	test.each([
		['the history', 'coc:ticket:getOperationHistories', ['coc:ticket:action', 'coc:ticket:get']],
	])('without the permission for %s, which is named', async (_name, action, permissions) => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions });
		const { failed } = await coc.verify([{}], succeeding);
		expect(failed[0]?.json.details).toMatchObject({ outcome: 'notSent', errorCode: 'APIGW.0302' });
		expect(failed[0]?.json.error).toContain(action);
		expect(coc.writes()).toEqual([]);
	});

	const raw = (data: unknown): Fault => ({
		kind: 'raw',
		status: 200,
		body: JSON.stringify({ ...SUCCESS, data }),
		times: 99,
	});
	test.each<[string, Fault, string | RegExp]>([
		['the history is no list', raw({ total: 0, info: null }), HISTORY],
		['the history is not whole', raw({ total: 2000, info: [] }), HISTORY],
		['an entry can’t be read', raw({ total: 1, info: [null] }), HISTORY],
		['the history can’t be had', { kind: 'status', status: 502, times: 99 }, HISTORY],
		['the status is missing', raw({}), DETAIL],
	])('when %s', async (_name, fault, path) => {
		coc.standIn.fault({ ...fault, match: { path } });
		const { failed } = await coc.verify([{ ticket: coc.ticket() }], succeeding);
		expect(failed[0]?.json.details.outcome).toBe('notSent');
		expect(coc.writes()).toEqual([]);
	});
});

describe('with Fail, the default,', () => {
	test('a ticket that was verified before is refused by COC, as it says itself', async () => {
		for (const node of [{}, withOptions({ ifAlreadyVerified: 'fail' })]) {
			const { failed } = await coc.verify([{ ticket: completed(entry(5)) }], node);
			expect(failed[0]?.json.details).toMatchObject({ outcome: 'refused', httpStatus: 400 });
		}
		expect(coc.requests().map(({ path }) => path)).toEqual([HANDLE, HANDLE]);
	});
});
