/** A proxy, a firewall or a login page answers in IAM's place: it says nothing about the user. */
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { useDeployment } from '../support/deployment.cts';
import { TESTED, whatUsersRead } from './whatUsersRead.cts';

const d = useDeployment();

describe('something in IAM’s place says no', () => {
	test.each<[string, Fault, RegExp]>([
		['without a word', { kind: 'raw', status: 401, body: '' }, /HTTP 401.*is empty/],
		[
			'with a page',
			{ kind: 'raw', status: 403, body: '<title>Firewall: blocked</title>' },
			/HTTP 403.*"Firewall: blocked"/,
		],
		[
			'with JSON of its own',
			{ kind: 'raw', status: 401, body: '{"message":"Log in first"}' },
			/HTTP 401.*"Log in first"/,
		],
		['with a login page', { kind: 'raw', status: 200, body: '<h1>Sign in</h1>' }, /"Sign in"/],
	])('%s: neither password nor user is blamed', async (_what, answer, said) => {
		d.iam.fault(answer);
		for (const text of await whatUsersRead(d, () => d.credential('iamUser'))) {
			expect(text).toMatch(/something between n8n and IAM answered/);
			expect(text).toMatch(said);
			expect(text).toMatch(/a proxy, a firewall, a login page.*'IAM Endpoint'/);
			expect(text).not.toMatch(/'Password'|'User Name'|disabled|IAM refuses/);
		}
	});

	test('in words that n8n replaces in a message: other nodes have them in the description', async () => {
		const body = '<title>502 Bad Gateway</title>';
		d.iam.fault({ kind: 'raw', status: 502, body });
		const said = await whatUsersRead(d, () => d.credential('iamUser'));
		const [tested = ''] = said.splice(TESTED, 1);
		for (const text of said) expect(text).toContain('"502 Bad Gateway"');
		expect(tested).toMatch(/IAM at .* something between n8n and IAM answered \(HTTP 502\)/);
	});

	test('n8n is not told that the credential is wrong', async () => {
		d.iam.fault({ kind: 'raw', status: 403, body: '<h1>Blocked</h1>' });
		const run = await d.verify(d.credential('iamUser'), 1, { onError: 'stopWorkflow' });
		expect(run.executionError).not.toHaveProperty('failure.cause', 'credential-invalid');
	});
});
