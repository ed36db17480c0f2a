/** An IAM user as credential: how the node gets its token, and who acts. */
import { describe, expect, test } from '@jest/globals';
import { OPERATOR } from '../support/coc.cts';
import { useDeployment } from '../support/deployment.cts';

const d = useDeployment();

describe('the first login', () => {
	test('is made when the first item needs it, and the token is stored with its end', async () => {
		const credential = d.credential('iamUser');
		const { success } = await d.verify(credential, 3);
		expect(success).toHaveLength(3);
		expect(d.iam.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'POST /v3/auth/tokens?nocatalog=true',
		]);
		expect(credential.data).toMatchObject({
			sessionToken: d.user.tokens[0],
			sessionUserId: d.user.userId,
			password: d.user.password,
		});
		const end = Date.parse(credential.data.sessionExpiresAt as string);
		expect(end - Date.now()).toBeGreaterThan(23.9 * 3600_000);
		expect(end - Date.now()).toBeLessThanOrEqual(24 * 3600_000);
		expect(d.writes().map(({ userId, applied }) => [userId, applied])).toEqual(
			Array(3).fill([d.user.userId, true]),
		);
	});

	test('is not made for items that are refused before anything is sent', async () => {
		const { failed } = await d.verify(d.credential('iamUser'), [{ comment: '' }, { ticket: '' }]);
		expect(failed.map(({ details }) => details.outcome)).toEqual(['notSent', 'notSent']);
		expect(d.iam.requests).toEqual([]);
		expect(d.coc.requests).toEqual([]);
	});

	test('asks for the account, or for the project that the user chose', async () => {
		const scope = () => (d.iam.requests.at(-1)?.json as { auth: { scope: object } }).auth.scope;
		await d.verify(d.credential('iamUser', { scope: 'account', projectName: 'cn-north-4' }));
		expect(scope()).toEqual({ domain: { name: 'account' } });
		await d.verify(d.credential('iamUser', { scope: 'project', projectName: ' cn-north-4 ' }));
		expect(scope()).toEqual({ project: { name: 'cn-north-4' } });
		expect(d.iam.signIns).toBe(2);
	});

	test('takes the password as it is, and the names without blanks around them', async () => {
		d.user.password = ' pass word\t ';
		const { accountName, userName } = d.user;
		const fields = { accountName: ` ${accountName} `, userName: `\t${userName}\n` };
		expect((await d.verify(d.credential('iamUser', fields))).success).toHaveLength(1);
	});

	test('is not repeated in the next execution', async () => {
		const credential = await d.signedIn();
		expect((await d.verify(credential, 2)).success).toHaveLength(2);
		expect(d.iam.requests).toEqual([]);
		expect(d.coc.requests).toHaveLength(2);
	});

	test.each([
		['accountName', "'Account Name' is empty"],
		['userName', "'User Name' is empty"],
		['password', "'Password' is empty"],
	])('is not tried without %s', async (field, reason) => {
		const { failed } = await d.verify(d.credential('iamUser', { [field]: '' }), 2);
		expect(failed.map(({ error }) => error)).toEqual([
			expect.stringContaining(reason),
			expect.stringContaining(reason),
		]);
		expect(failed[0]?.details.outcome).toBe('notSent');
		expect(d.iam.requests).toEqual([]);
		expect(d.coc.requests).toEqual([]);
	});

	test('for a project wants its name', async () => {
		const { failed } = await d.verify(d.credential('iamUser', { scope: 'project' }));
		expect(failed[0]?.error).toContain("'Project Name' is empty");
		expect(d.iam.requests).toEqual([]);
	});
});

describe('the IAM endpoint', () => {
	test.each(['', '   ', undefined])(
		'%j is refused for a COC of one’s own, whose IAM nobody knows',
		async (iamEndpoint) => {
			const credential = d.credential('iamUser', { iamEndpoint: iamEndpoint as string });
			if (iamEndpoint === undefined) delete credential.data.iamEndpoint;
			const { failed } = await d.verify(credential);
			expect(failed[0]?.error).toMatch(/'IAM Endpoint' is empty.*enter/);
			expect(failed[0]?.details.outcome).toBe('notSent');
			expect(d.coc.requests).toEqual([]);
		},
	);

	test.each([
		['http://iam.example', /'IAM Endpoint' must start with https/],
		['iam.example', /'IAM Endpoint' needs a scheme/],
		['https://u:p@iam.example', /'IAM Endpoint' must not contain a user name/],
		['https://iam.example?a', /'IAM Endpoint' must not contain a query/],
	])('%s is refused, and nothing is sent', async (iamEndpoint, message) => {
		const { failed } = await d.verify(d.credential('iamUser', { iamEndpoint }));
		expect(failed[0]?.error).toMatch(message);
		expect(d.coc.requests).toEqual([]);
	});

	test('may be written with white space around and slashes behind', async () => {
		const credential = d.credential('iamUser', { iamEndpoint: ` ${d.iam.url}// ` });
		expect((await d.verify(credential)).success).toHaveLength(1);
	});
});

describe("an empty 'Operator'", () => {
	const blank = ['', '   ', '\u200B', null, undefined];

	test.each(blank)('%j stands for the own user of the IAM user', async (operator) => {
		const { success, failed } = await d.verify(d.credential('iamUser'), [{ operator }]);
		expect(failed).toEqual([]);
		expect(success).toMatchObject([{ operator: d.user.userId, outcome: 'applied' }]);
		expect(d.writes()).toMatchObject([{ json: { operator: d.user.userId } }]);
	});

	test.each(
		blank.flatMap((operator) => [['token', operator] as const, ['accessKey', operator] as const]),
	)('is refused with %s as credential (%j), with a clear message', async (mode, operator) => {
		const { failed } = await d.verify(d.credential(mode), [{ operator }]);
		expect(failed[0]?.error).toMatch(/'Operator' is empty.*IAM user ID/);
		expect(failed[0]?.details.outcome).toBe('notSent');
		expect(d.coc.requests).toEqual([]);
	});

	test('is known from the stored token, without asking IAM', async () => {
		const credential = await d.signedIn();
		const { success } = await d.verify(credential, [{ operator: '' }]);
		expect(success).toMatchObject([{ operator: d.user.userId }]);
		expect(d.iam.requests).toEqual([]);
	});

	test('is the user whose token it was: with that of another one nothing is sent', async () => {
		const credential = await d.signedIn();
		// As when the user was deleted and created again under the same name.
		d.coc.expireToken(d.user.tokens[0]!);
		d.user.userId = 'e'.repeat(32);
		const { failed } = await d.verify(credential, [{ operator: '' }]);
		expect(failed[0]?.details.outcome).toBe('notSent');
		expect(failed[0]?.error).toContain('the renewed token is that of another user');
		expect(d.writes().map(({ applied }) => applied)).toEqual([false]);
		const { success } = await d.verify(credential, [{ operator: '' }]);
		expect(success).toMatchObject([{ operator: d.user.userId, outcome: 'applied' }]);
	});

	test('beside a given one: each item has its own', async () => {
		const { success } = await d.verify(d.credential('iamUser'), [
			{ operator: '' },
			{ operator: OPERATOR },
			{ operator: ' ' },
		]);
		expect(success.map(({ operator }) => operator)).toEqual([
			d.user.userId,
			OPERATOR,
			d.user.userId,
		]);
	});

	test('in a credential that can’t be used is told by what is wrong with that', async () => {
		const { failed } = await d.verify(d.credential('iamUser', { password: '' }), [
			{ operator: '' },
		]);
		expect(failed[0]?.error).toContain("'Password' is empty");
	});

	test.each([7, ['a'], {}, false])('%j is no empty one, and is refused', async (operator) => {
		const { failed } = await d.verify(d.credential('iamUser'), [{ operator }]);
		expect(failed[0]?.error).toContain("'Operator' must be text");
		expect(d.coc.requests).toEqual([]);
	});
});
