// A read, or IAM, that asks to be left alone for longer than anybody waits.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { useClock } from '../support/clock.cts';
import { useDeployment } from '../support/deployment.cts';
import { iamError } from '../standin/iam.cts';
import type { Fault } from '../standin/index.cts';
import { failureOf, operate } from '../support/operate.cts';
import { listenToNode } from '../support/coc.cts';
import { outcomes, useWatchedCoc, withOptions } from '../support/watch.cts';
import { ASKS, asking, until } from './retryAfter.cts';
import { useQuickTime } from '../support/quickTime.cts';

afterEach(() => {
	jest.restoreAllMocks();
});
useQuickTime();

describe('a read', () => {
	const coc = useWatchedCoc();

	test.each([
		['Get', 'get', { ticket: 'IM1' }],
		['Get Many', 'getAll', { returnAll: true }],
	])('(%s) ends at once, and the other items with it', async (_name, operation, fields) => {
		coc.standIn.fault({ ...asking('3600'), times: 9 });
		const given = listenToNode(coc);
		const run = await operate(coc, operation, [fields, fields, fields], {
			parameters: { options: { concurrency: 1 } },
		});
		expect(coc.requests()).toHaveLength(1);
		expect(outcomes(run)).toEqual(['notRead', 'notSent', 'notSent']);
		for (const { json } of run.failed) expect(json.error).toMatch(ASKS);
		expect(given()[0]?.[0]?.error).toMatchObject({
			failure: { cause: 'rate-limited', retryAfterMs: 3_600_000 },
		});
	});

	test.each([
		['in trouble', 502],
		['without the permission', 403],
	])('%s says when to come back, too', async (_why, status) => {
		coc.standIn.fault({ ...asking('3600', status), times: 9 });
		const run = await operate(coc, 'get', [{ ticket: 'IM1' }]);
		expect(coc.requests()).toHaveLength(1);
		expect(failureOf(run)).toMatchObject({
			outcome: 'notRead',
			error: expect.stringMatching(ASKS),
		});
	});

	test('before a verification (Check Status First) leaves it unsent', async () => {
		coc.standIn.fault({ ...asking('3600'), times: 9 });
		const run = await coc.verify([{}, {}], withOptions({ checkStatus: true, concurrency: 1 }));
		expect(outcomes(run)).toEqual(['notSent', 'notSent']);
		expect(coc.requests()).toHaveLength(1);
		for (const { json } of run.failed) expect(json.error).toMatch(ASKS);
	});
});

describe('an item whose time is nearly over', () => {
	const coc = useWatchedCoc();
	const clock = useClock();

	test('does not begin a wait that it has no time for, and says when to come back', async () => {
		coc.standIn.fault({ ...asking('20'), times: 9 });
		coc.onRequest = () => (clock.forward += 110_000);
		// The first answer leaves 10 s.
		const { failed } = await coc.verify([{}]);
		expect(coc.writes()).toHaveLength(1);
		expect(failed[0]?.json.error).toMatch(/COC asks to be left alone for 20 seconds, until /);
	});
});

describe('IAM', () => {
	const d = useDeployment();
	const clock = useClock();
	const said = (status: number, retryAfter: string): Fault => {
		const { headers, ...answer } = iamError(status, 'Not now.');
		return { kind: 'raw', ...answer, headers: { ...headers, 'Retry-After': retryAfter }, times: 9 };
	};
	const verify = async (more = {}) => {
		const { failed, success } = await d.verify(d.credential('iamUser', more), 2);
		return { failed: failed, success };
	};

	test.each([429, 503])('that says %d isn’t asked again before that time', async (status) => {
		d.iam.fault(said(status, '3600'));
		const { failed } = await verify();
		expect(failed.map(({ details }) => details.outcome)).toEqual(['notSent', 'notSent']);
		expect(failed[0]?.error).toContain('"Not now."');
		expect(failed[0]?.error).toMatch(ASKS);
		d.iam.clearFaults();

		// Long after IAM's word counts otherwise, and whoever asks.
		clock.forward = 1_800_000;
		const again = await verify();
		expect(again.failed[0]?.error).toMatch(/left alone for 30 minutes, until /);
		expect(until(again.failed[0]?.error)).toBe(until(failed[0]?.error));
		expect((await d.test(d.credential('iamUser'))).message).toMatch(/left alone for 30 minutes/);
		expect(d.iam.requests).toHaveLength(1);
		expect(d.coc.requests).toEqual([]);

		clock.forward = 3_601_000;
		expect((await verify()).success).toHaveLength(2);
		expect(d.iam.requests).toHaveLength(2);
	});

	test('that throttles one account is asked for another one', async () => {
		d.iam.fault({ ...said(429, '3600'), times: 1 });
		await verify();
		const { accountName, userName } = d.iam.addUser({
			...{ accountName: 'elsewhere', userName: `other-${Math.random()}`, password: 'secret-1' },
		});
		const other = { accountName, userName, password: 'secret-1' };
		expect((await verify(other)).success).toHaveLength(2);
	});

	test.each(['0', '-5', 'soon', 'Thu, 01 Jan 1970 00:00:10 GMT'])(
		'that asks for %j is asked again as without it',
		async (retryAfter) => {
			d.iam.fault({ ...said(503, retryAfter), times: 1 });
			expect((await verify()).failed).toHaveLength(2);
			clock.forward = 31_000;
			expect((await verify()).success).toHaveLength(2);
		},
	);

	test('that asks for ages is asked again after an hour', async () => {
		d.iam.fault({ ...said(429, '1000000000'), times: 1 });
		expect((await verify()).failed[0]?.error).toMatch(/left alone for \d+ days, until 20\d\d-/);
		clock.forward = 3_601_000;
		expect((await verify()).success).toHaveLength(2);
	});
});
