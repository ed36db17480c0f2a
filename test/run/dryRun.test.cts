// Options > Dry Run: says what would be sent, and sends no write.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { useDeployment } from '../support/deployment.cts';
import { OPERATOR, SUCCESS } from '../support/coc.cts';
import {
	DETAIL,
	HANDLE,
	HISTORY,
	outcomes,
	useWatchedCoc,
	withOptions,
} from '../support/watch.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const WAITING = 'INCIDENT_STATUS_RESOLVED';
const DONE = 'INCIDENT_STATUS_COMPLETED';
const done = { action: 'confirm', operator: OPERATOR, comment: 'Works again', result: true, at: 1 };

describe('a dry run', () => {
	const coc = useWatchedCoc({ basePath: '/gateway' });

	test('gives the very request that is sent without it', async () => {
		const items = [
			{ ticket: coc.ticket(), result: false, comment: ' 验证 “ok” \n' },
			{ ticket: ` ${coc.ticket()}`, operator: 'f'.repeat(32) },
		];
		const dry = await coc.verify(items, withOptions({ dryRun: true }));
		expect(coc.requests().map(({ path }) => DETAIL.test(path))).toEqual([true, true]);
		const wet = await coc.verify(items);
		expect(outcomes(wet)).toEqual(['applied', 'applied']);
		for (const [index, { json, pairedItem }] of dry.success.entries()) {
			const [sent] = coc.writes((items[index]?.ticket ?? '').trim());
			const { ticket, operator, result, comment } = wet.success[index]!.json;
			expect(json).toEqual({
				...{ ticket, operator, result, comment },
				outcome: 'dryRun',
				response: null,
				request: {
					method: 'POST',
					url: `${coc.standIn.url}${HANDLE}`,
					body: JSON.parse(sent!.text) as unknown,
				},
				wouldBeAccepted: true,
			});
			expect(new URL((json.request as { url: string }).url).pathname).toBe(sent?.url);
			expect(pairedItem).toEqual({ item: index });
		}
	});

	const matrix = [false, true].flatMap((checkStatus) =>
		(['fail', 'succeed'] as const).flatMap((ifAlreadyVerified) =>
			([WAITING, DONE, 'INCIDENT_STATUS_ACKNOWLEDGED'] as const).map((status) => ({
				checkStatus,
				ifAlreadyVerified,
				status,
			})),
		),
	);
	test.each(matrix)('never writes, and says what it knows: %j', async (row) => {
		const { status, ...options } = row;
		const ticket = coc.ticket({ status, history: status === DONE ? [done] : [] });
		const before = structuredClone(coc.standIn.tickets.get(ticket));
		const run = await coc.verify([{ ticket }], withOptions({ dryRun: true, ...options }));
		expect(outcomes(run)).toEqual(['dryRun']);
		expect(coc.writes()).toEqual([]);
		expect(coc.standIn.tickets.get(ticket)).toEqual(before);
		const { wouldBeAccepted } = run.success[0]!.json;
		expect(wouldBeAccepted).toBe(status === WAITING);
		if (options.ifAlreadyVerified === 'fail') expect(coc.requests()).toHaveLength(1);
	});

	const unreadable: Array<[string, Fault]> = [
		['the permission is missing', { kind: 'status', status: 403 }],
		['COC is in trouble', { kind: 'status', status: 502, times: 99 }],
		[
			'there is no status',
			{ kind: 'raw', status: 200, body: '{"error_code":"0","data":{}}', times: 9 },
		],
	];
	test.each(unreadable)('does not know when %s', async (_name, fault) => {
		for (const checkStatus of [false, true]) {
			coc.standIn.fault({ ...fault, match: { path: DETAIL } });
			const run = await coc.verify([{}], withOptions({ dryRun: true, checkStatus }));
			expect(run.success).toMatchObject([{ json: { outcome: 'dryRun', wouldBeAccepted: null } }]);
		}
		expect(coc.writes()).toEqual([]);
	});

	test('does not know in a status that COC does not document', async () => {
		const body = JSON.stringify({ ...SUCCESS, data: { status: 'INCIDENT_STATUS_ARCHIVED' } });
		coc.standIn.fault({ kind: 'raw', status: 200, body, match: { path: DETAIL } });
		const run = await coc.verify([{}], withOptions({ dryRun: true }));
		expect(coc.requests()).toHaveLength(1);
		expect(run.success).toMatchObject([{ json: { outcome: 'dryRun', wouldBeAccepted: null } }]);
	});

	test('of a ticket that does not exist is not accepted', async () => {
		const run = await coc.verify(
			[{ ticket: 'IM404' }],
			withOptions({ dryRun: true, checkStatus: true }),
		);
		expect([false, null]).toContain(run.success[0]?.json.wouldBeAccepted);
		expect(coc.writes()).toEqual([]);
	});

	test('refuses bad input like any other run', async () => {
		const items = [{ comment: '' }, { ticket: 'I M' }, { result: 'no' }, {}];
		const run = await coc.verify(items, withOptions({ dryRun: true }));
		expect(outcomes(run)).toEqual(['notSent', 'notSent', 'notSent', 'dryRun']);
		expect(coc.writes()).toEqual([]);
	});

	test('may be wanted for some items only', async () => {
		const items = [{ dry: true }, { dry: false }, { dry: true }].map((item) => ({
			...item,
			ticket: coc.ticket(),
		}));
		const run = await coc.verify(items, withOptions({ dryRun: '={{ $json.dry }}' }));
		expect(outcomes(run)).toEqual(['dryRun', 'applied', 'dryRun']);
		expect(coc.writes().map(({ ticket }) => ticket)).toEqual([items[1]?.ticket]);
	});

	test('is not remembered: the next try of Retry On Fail looks again', async () => {
		coc.standIn.fault({ kind: 'status', status: 403, match: { path: HISTORY } });
		const node = withOptions({ dryRun: true, checkStatus: true, ifAlreadyVerified: 'succeed' });
		const run = await coc.verify([{}, {}], { ...node, retryOnFail: true, maxTries: 3 });
		expect(outcomes(run)).toEqual(['dryRun', 'dryRun']);
		expect(coc.writes()).toEqual([]);
	});
});

describe('a dry run with an IAM user and an empty Operator', () => {
	const d = useDeployment();

	test('names the user that the token is for', async () => {
		const { success } = await d.verify(
			d.credential('iamUser'),
			[{ operator: '' }],
			withOptions({ dryRun: true }),
		);
		expect(success).toMatchObject([
			{ operator: d.user.userId, request: { body: { operator: d.user.userId } } },
		]);
		expect(d.writes()).toEqual([]);
	});

	test('with a wrong password says so', async () => {
		const { failed } = await d.verify(
			d.credential('iamUser', { password: 'wrong' }),
			[{ operator: '' }],
			withOptions({ dryRun: true }),
		);
		expect(failed[0]?.error).toContain('The username or password is wrong.');
		expect(failed[0]?.details.outcome).toBe('notSent');
	});

	test.each(['token', 'accessKey'] as const)('%s: no secret is shown', async (mode) => {
		const credential = d.credential(mode);
		const run = await d.verify(credential, 2, withOptions({ dryRun: true }));
		expect(run.success).toHaveLength(2);
		const { token = '-', secretAccessKey = '-' } = credential.data as Record<string, string>;
		for (const secret of [token, secretAccessKey]) {
			if (secret !== '-') expect(run.dump()).not.toContain(secret);
		}
		expect(d.writes()).toEqual([]);
	});
});
