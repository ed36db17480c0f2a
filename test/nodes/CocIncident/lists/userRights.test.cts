// Which right is missing when IAM's users can't be listed: its two calls need one each.
import { describe, expect, test } from '@jest/globals';
import { reasonOf, useLists } from './support.cts';

const USERS = '/v3/users';
const USERS_V5 = '/v5/users';

describe('the users of IAM', () => {
	const d = useLists();
	const credential = () => d.credential('token', { iamEndpoint: d.iam.url });
	const give = (status: number, path: string, body: object) =>
		d.iam.fault({ kind: 'raw', status, body: JSON.stringify(body), match: { path } });
	const forbidden = { error: { code: 403, message: 'Not allowed.', title: 'Forbidden' } };
	const unknown = { error: { code: 404, message: 'No such call.', title: 'Not Found' } };

	test('that may not be listed by either call name the permission of each', async () => {
		give(403, USERS, forbidden);
		give(403, USERS_V5, forbidden);
		expect(reasonOf(await d.list('searchUsers', credential()))).toMatch(
			/iam:users:listUsers, or for iam:users:listUsersV5 where/,
		);
	});

	test('of an IAM without the older call name the permission of the newer one', async () => {
		give(404, USERS, unknown);
		give(403, USERS_V5, forbidden);
		const said = reasonOf(await d.list('searchUsers', credential()));
		expect(said).toMatch(/Not allowed\..*IAM action iam:users:listUsersV5\./);
	});

	test('of an IAM without the newer call name the permission of the older one', async () => {
		give(403, USERS, forbidden);
		give(404, USERS_V5, unknown);
		const said = reasonOf(await d.list('searchUsers', credential()));
		expect(said).toMatch(/Not allowed\..*IAM action iam:users:listUsers\./);
	});

	test('when the right to a further page is taken away, that of the newer call is named', async () => {
		give(403, USERS_V5, forbidden);
		const listed = await d.list('searchUsers', credential(), { paginationToken: 'next' });
		expect(reasonOf(listed)).toMatch(/IAM action iam:users:listUsersV5\./);
	});

	test('behind a firewall’s page say so, and name no permission', async () => {
		for (const path of [USERS, USERS_V5]) {
			d.iam.fault({ kind: 'raw', status: 403, body: '<title>Blocked</title>', match: { path } });
		}
		const said = reasonOf(await d.list('searchUsers', credential()));
		expect(said).toMatch(/Something between n8n and IAM answered \(HTTP 403\).*"Blocked"/);
		expect(said).toMatch(/a proxy, a firewall, a login page.*'IAM Endpoint'/);
		expect(said).not.toMatch(/iam:users|'Token'|COC/);
	});
});
