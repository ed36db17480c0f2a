/** An access key signs every request; a refused signature is never tried again. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { useDeployment } from '../support/deployment.cts';

const MINUTE = 60_000;
let ahead = 0;
const d = useDeployment({ coc: { now: () => Date.now() + ahead } });
afterEach(() => {
	ahead = 0;
	jest.restoreAllMocks();
});

test('signs what is sent, whatever the comment holds', async () => {
	const comments = ['ok', '验证通过 ✅ “ok” – é', '\\"\t{}%20+&', '🏳️‍🌈'];
	const { success, failed } = await d.verify(
		d.credential('accessKey'),
		comments.map((comment) => ({ comment })),
	);
	expect(failed).toEqual([]);
	expect(success.map(({ comment }) => comment)).toEqual(comments);
	expect(d.coc.requests.every(({ headers }) => headers['x-auth-token'] === undefined)).toBe(true);
});

test('may be a temporary one, with its security token', async () => {
	const { accessKeyId, secretAccessKey, securityToken } = d.coc.issueAccessKey({
		securityToken: true,
	});
	const more = { accessKeyId, secretAccessKey, securityToken: `${securityToken}\n` };
	expect((await d.verify(d.credential('accessKey', more))).success).toHaveLength(1);
	expect(d.coc.requests[0]?.headers['x-security-token']).toBe(securityToken);
});

test('names account or project only when the user does', async () => {
	await d.verify(d.credential('accessKey'));
	await d.verify(d.credential('accessKey', { accountId: '0a1b', projectId: '' }));
	await d.verify(d.credential('accessKey', { accountId: '', projectId: 'p1' }));
	const sent = d.coc.requests.map(({ headers, status }) => [
		headers['x-domain-id'],
		headers['x-project-id'],
		status,
	]);
	expect(sent).toEqual([
		[undefined, undefined, 200],
		['0a1b', undefined, 200],
		[undefined, 'p1', 200],
	]);
});

test("an empty 'Operator' stays refused: a key has no user that is known", async () => {
	const { failed } = await d.verify(d.credential('accessKey'), [{ operator: '' }]);
	expect(failed[0]?.error).toContain("'Operator' is empty");
	expect(d.coc.requests).toEqual([]);
});

describe('a refused key is told why, and nothing more is sent with it:', () => {
	async function refused(more: Record<string, string>, says: RegExp) {
		const { failed } = await d.verify(d.credential('accessKey', more), 8);
		expect(failed).toHaveLength(8);
		expect(failed[0]).toMatchObject({ details: { outcome: 'refused', httpStatus: 401 } });
		expect(failed[0]?.error).toMatch(says);
		for (const { error, details } of failed.slice(1)) {
			expect(details.outcome).toBe('notSent');
			expect(error).toContain('refused the access key');
		}
		expect(d.coc.requests).toHaveLength(1);
	}

	test('a wrong secret', () =>
		refused({ secretAccessKey: 'not-this-one' }, /'Secret Access Key'.*belong together/));

	test('an unknown key', () =>
		refused({ accessKeyId: 'NOSUCHKEY00000000000' }, /no such access key/));

	test('a locked key', async () => {
		for (let times = 0; times < 6; times++) {
			await d.verify(d.credential('accessKey', { secretAccessKey: 'not-this-one' }), 1);
		}
		d.coc.requests.length = 0;
		await refused({}, /locked.*five minutes/);
	});

	test('a clock that is wrong', async () => {
		ahead = 20 * MINUTE;
		await refused({}, /clock/);
	});

	test('a temporary key that has expired', async () => {
		const {
			accessKeyId,
			secretAccessKey,
			securityToken = '',
		} = d.coc.issueAccessKey({
			expiresInMs: 10 * MINUTE,
		});
		ahead = 14 * MINUTE;
		await refused({ accessKeyId, secretAccessKey, securityToken }, /temporary access key|clock/);
	});
});

test.each([
	['works', {}, 'OK', /successful/],
	['wrong secret', { secretAccessKey: 'not-this-one' }, 'Error', /access key/],
	['empty secret', { secretAccessKey: ' ' }, 'Error', /'Secret Access Key' is empty/],
	['a line break in the key', { accessKeyId: 'A\nB' }, 'Error', /line break at position 2/],
] as const)('the credential test tells: %s', async (_what, more, status, says) => {
	const result = await d.test(d.credential('accessKey', more));
	expect(result).toMatchObject({ status, message: expect.stringMatching(says) });
	expect(d.coc.requests.length).toBeLessThanOrEqual(1);
});
