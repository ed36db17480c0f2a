/** IAM throttles sign-ins: it is asked once, however many need a new token at the same time. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { LIST, useDeployment } from '../support/deployment.cts';
import { iamError } from '../standin/iam.cts';

const d = useDeployment();
afterEach(() => {
	jest.restoreAllMocks();
});

/** Lets all of them meet IAM while it is still busy with the first. */
const slowIam = () => d.iam.fault({ kind: 'latency', ms: 300, times: 100 });

describe('IAM is asked once', () => {
	test('for 200 items with an expired token', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		const { success } = await d.verify(credential, 200);
		expect(success).toHaveLength(200);
		expect(d.iam.requests).toHaveLength(1);
		expect(d.writes().filter(({ applied }) => !applied)).toHaveLength(1);
	});

	test('for five executions of 40 items each that start together without a token', async () => {
		const credential = d.credential('iamUser');
		slowIam();
		const runs = await Promise.all([1, 2, 3, 4, 5].map(() => d.verify(credential, 40)));
		expect(runs.map(({ success }) => success.length)).toEqual([40, 40, 40, 40, 40]);
		expect(d.iam.requests).toHaveLength(1);
		expect(credential.data.sessionToken).toBe(d.user.tokens[0]);
	});

	test('for five executions of 40 items each that meet an expired token together', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		slowIam();
		const runs = await Promise.all([1, 2, 3, 4, 5].map(() => d.verify(credential, 40)));
		expect(runs.map(({ success }) => success.length)).toEqual([40, 40, 40, 40, 40]);
		expect(d.iam.requests).toHaveLength(1);
		expect(d.writes().filter(({ applied }) => !applied).length).toBeLessThanOrEqual(5);
		expect(credential.data.sessionToken).toBe(d.user.tokens[1]);
	});

	test('for an execution that starts while another one is waiting for IAM', async () => {
		const credential = d.credential('iamUser');
		slowIam();
		const first = d.verify(credential);
		while (d.iam.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const second = d.verify(credential);
		expect((await first).success).toHaveLength(1);
		expect((await second).success).toHaveLength(1);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('for 30 requests of other nodes at the same time, in both dialects', async () => {
		for (const expired of [false, true]) {
			const credential = expired ? await d.signedIn() : d.credential('iamUser');
			if (expired) d.coc.expireToken(credential.data.sessionToken as string);
			d.iam.requests.length = 0;
			slowIam();
			const url = d.coc.url + LIST;
			await Promise.all(
				Array.from({ length: 15 }, () => [
					d.request(credential, { url }),
					d.call(credential, { helper: 'httpRequestWithAuthentication', options: { url } }),
				]).flat(),
			);
			expect(d.iam.requests).toHaveLength(expired ? 1 : 1);
			d.iam.clearFaults();
			// The second round must not live from the first one's sign-in.
			Object.assign(d.user, { password: 'another password' });
		}
	});

	test('for the node and other nodes together', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		slowIam();
		const [run] = await Promise.all([
			d.verify(credential, 5),
			d.request(credential, { url: d.coc.url + LIST }),
			d.test(credential),
		]);
		expect(run.success).toHaveLength(5);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('when it refuses: for all items, and all executions at the same time', async () => {
		const credential = d.credential('iamUser', { password: 'wrong password' });
		slowIam();
		const runs = await Promise.all([1, 2, 3].map(() => d.verify(credential, 30)));
		for (const { failed } of runs) {
			expect(failed).toHaveLength(30);
			for (const { error, details } of failed) {
				expect(error).toContain('The username or password is wrong.');
				expect(details.outcome).toBe('notSent');
			}
		}
		expect(d.iam.requests).toHaveLength(1);
		expect(d.user.locked).toBe(false);
		expect(d.coc.requests).toEqual([]);
	});

	test('when it refuses: in all tries of Retry On Fail', async () => {
		const credential = d.credential('iamUser', { password: 'wrong password' });
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			const retry = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1, onError };
			await d.verify(credential, 3, retry);
		}
		expect(d.iam.requests).toHaveLength(1);
	});

	test('or twice, when COC refuses every token: in all tries of Retry On Fail', async () => {
		const credential = await d.signedIn();
		d.coc.fault({ kind: 'expiredToken', times: 1000 });
		const retry = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
		await d.verify(credential, 5, { ...retry, onError: 'stopWorkflow' });
		await d.verify(credential, 5, { ...retry, onError: 'continueErrorOutput' });
		expect(d.iam.requests.length).toBeLessThanOrEqual(2);
	});

	test('when it is in trouble: for all items of a run', async () => {
		d.iam.fault({ kind: 'raw', ...iamError(503, 'IAM is being maintained.'), times: 100 });
		const { failed } = await d.verify(d.credential('iamUser'), 50);
		expect(failed).toHaveLength(50);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('when it refuses the renewal in mid-run: for all items behind', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		d.user.disabled = true;
		const { failed } = await d.verify(credential, 30);
		expect(failed).toHaveLength(30);
		expect(d.iam.requests).toHaveLength(1);
		expect(d.writes()).toHaveLength(1);
	});
});

describe('two accounts', () => {
	test('never share a token, although they work at the same time', async () => {
		const other = d.iam.addUser({
			...d.user,
			accountName: 'other',
			userId: 'f'.repeat(32),
			tokens: [],
		});
		const credentials = [
			d.credential('iamUser'),
			d.credential('iamUser', { accountName: 'other' }),
		];
		slowIam();
		const runs = await Promise.all(
			credentials.flatMap((one) => [
				d.verify(one, [{ operator: '' }]),
				d.verify(one, [{ operator: '' }]),
			]),
		);
		expect(runs.map(({ success }) => success[0]?.operator)).toEqual([
			d.user.userId,
			d.user.userId,
			other.userId,
			other.userId,
		]);
		for (const { userId, json } of d.writes()) {
			expect((json as { operator: string }).operator).toBe(userId);
		}
		expect(d.iam.requests).toHaveLength(2);
	});

	test.each([
		['user', { userName: 'second' }],
		['password', { password: 'another password' }],
		['account', { accountName: 'second' }],
		['scope', { scope: 'project', projectName: 'cn-north-4' }],
	])('a sign-in counts for no credential with another %s', async (_what, difference) => {
		const { accountName, userName, password } = { ...d.user, ...difference };
		await d.verify(d.credential('iamUser'));
		// With another password it is the same user, who has changed it since.
		if ('password' in difference) d.user.password = password;
		else d.iam.addUser({ ...d.user, accountName, userName, userId: 'e'.repeat(32), tokens: [] });
		expect((await d.verify(d.credential('iamUser', difference))).success).toHaveLength(1);
		expect(d.iam.requests).toHaveLength(2);
	});
});

describe('what is remembered of a sign-in', () => {
	test('is no refusal any more 15 minutes later: the user may have been unlocked', async () => {
		const credential = d.credential('iamUser');
		d.user.locked = true;
		expect((await d.verify(credential)).failed[0]?.error).toContain('The user is locked.');
		d.user.locked = false;
		const later = Date.now() + 15 * 60_000 + 1000;
		jest.spyOn(Date, 'now').mockImplementation(() => later);
		expect((await d.verify(credential)).success).toHaveLength(1);
	});

	test('is no refusal any more when the credential was corrected', async () => {
		const credential = d.credential('iamUser', { password: 'wrong password' });
		expect((await d.verify(credential)).failed).toHaveLength(1);
		credential.data.password = d.user.password;
		expect((await d.verify(credential)).success).toHaveLength(1);
	});
});
