/** What IAM says no to reaches the user, with what to do, and IAM is not asked for every item. */
import { describe, expect, test } from '@jest/globals';
import { useDeployment } from '../support/deployment.cts';
import { iamError } from '../standin/iam.cts';
import type { Fault } from '../standin/index.cts';

const d = useDeployment();

/** What a refusal does to the items and to the credential's test. */
async function refusal(more: Record<string, string> = {}) {
	const credential = d.credential('iamUser', more);
	const { failed } = await d.verify(credential, 3);
	const tested = await d.test(credential);
	expect(failed).toHaveLength(3);
	expect(failed.map(({ details }) => details.outcome)).toEqual(['notSent', 'notSent', 'notSent']);
	expect(tested.status).toBe('Error');
	expect(d.iam.requests.length).toBeLessThanOrEqual(1);
	expect(d.coc.requests).toEqual([]);
	return { error: failed[2]!.error, tested: tested.message };
}

describe('IAM’s own message and what to do reach the user:', () => {
	test('a wrong password', async () => {
		const { error, tested } = await refusal({ password: 'wrong' });
		for (const text of [error, tested]) {
			expect(text).toContain('The username or password is wrong.');
			expect(text).toContain("'Password'");
		}
	});

	test('an unknown account', async () => {
		const { error } = await refusal({ accountName: 'nobody' });
		expect(error).toContain('nobody');
		expect(error).toContain("'Account Name'");
	});

	test('a locked user', async () => {
		d.user.locked = true;
		const { error } = await refusal();
		expect(error).toContain('The user is locked.');
		expect(error).toContain('locks a user for a while');
	});

	test('login protection (MFA)', async () => {
		d.user.mfa = true;
		expect((await refusal()).error).toContain('MFA');
	});

	test('a disabled user', async () => {
		d.user.disabled = true;
		expect((await refusal()).error).toMatch(/disabled/);
	});

	test('a project that does not exist', async () => {
		const { error } = await refusal({ scope: 'project', projectName: 'moon-1' });
		expect(error).toContain('moon-1');
		expect(error).toContain("'Project Name'");
	});

	test.each<[what: string, fault: Fault, says: RegExp]>([
		['throttled', { kind: 'raw', ...iamError(429, 'Too fast.') }, /Too fast.*wait some minutes/],
		['in trouble', { kind: 'raw', ...iamError(500, 'Sorry.', { doubled: true }) }, /Sorry/],
		['a web page', { kind: 'html' }, /not as IAM does|IAM refuses/],
		['no token in the answer', { kind: 'raw', status: 201, body: '{}' }, /not as IAM does/],
		['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, /HTTP 302/],
		['a lost connection', { kind: 'resetBefore' }, /could not be asked/],
	])('IAM is %s', async (_what, fault, says) => {
		d.iam.fault({ ...fault, times: 9 });
		expect((await refusal()).error).toMatch(says);
	});

	test('nobody listens at the IAM endpoint', async () => {
		const { error } = await refusal({ iamEndpoint: 'http://127.0.0.1:9' });
		expect(error).toContain('ECONNREFUSED');
		expect(error).toContain("'IAM Endpoint'");
	});
});

test('a new password counts at the next request, with no wait', async () => {
	const credential = d.credential('iamUser', { password: 'wrong' });
	await d.verify(credential, 1);
	credential.data.password = d.user.password;
	expect((await d.verify(credential, 1)).success).toHaveLength(1);
	expect((await d.test(credential)).status).toBe('OK');
});
