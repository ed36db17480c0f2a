/** The stand-in for IAM: the users of an account. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Iam, type IamUser, startIam } from './iam.cts';
import { type StandIn, startStandIn } from './index.cts';
import { signed } from './signer.cts';

const USERS = '/v3/users';
const now = Date.UTC(2026, 10, 24, 9);
let coc: StandIn;
let iam: Iam;
let bot: IamUser;
let ann: IamUser;
let other: IamUser;
beforeEach(async () => {
	coc = await startStandIn({ now: () => now });
	iam = await startIam({ coc, now: () => now, basePath: '/iam' });
	const password = 'Corr3ct!';
	bot = iam.addUser({ accountName: 'account', userName: 'bot', password });
	ann = iam.addUser({ accountName: 'account', userName: 'ann', password, disabled: true });
	other = iam.addUser({ accountName: 'other', userName: 'bot', password });
});
afterEach(async () => {
	await iam.close();
	await coc.close();
});

async function get(query = '', headers: Record<string, string> = asBot()) {
	const response = await fetch(`${iam.url}${USERS}${query}`, { headers });
	return { status: response.status, answer: await response.json() };
}
const asBot = (permissions?: string[]) => ({
	'X-Auth-Token': coc.issueToken({ userId: bot.userId, ...(permissions && { permissions }) }),
});
const listed = (user: IamUser) => ({
	id: user.userId,
	name: user.userName,
	enabled: !user.disabled,
	domain_id: user.domainId,
});

test('a user sees those of the own account', async () => {
	expect(bot.domainId).toBe(ann.domainId);
	expect(await get()).toEqual({ status: 200, answer: { users: [listed(bot), listed(ann)] } });
	expect(iam.requests[0]).toMatchObject({ path: USERS, userId: bot.userId, status: 200 });
	expect(iam.signIns).toBe(0);
});

test('users are found by name, by account and by whether they are enabled', async () => {
	const found = async (query: string, headers?: Record<string, string>) =>
		(await get(query, headers)).answer;
	expect(await found('?name=ann')).toEqual({ users: [listed(ann)] });
	expect(await found('?name=an')).toEqual({ users: [] });
	expect(await found('?enabled=true')).toEqual({ users: [listed(bot)] });
	expect(await found(`?domain_id=${bot.domainId}&enabled=false`)).toEqual({
		users: [listed(ann)],
	});
	const stranger = { 'X-Auth-Token': coc.issueToken() };
	expect(await found('?name=bot', stranger)).toEqual({ users: [listed(bot), listed(other)] });
});

test('an access key of COC counts here as well', async () => {
	const key = coc.issueAccessKey({ userId: other.userId });
	const path = `${USERS}?enabled=true`;
	const answered = await get('?enabled=true', signed(iam.url, key, path, now));
	expect(answered).toEqual({ status: 200, answer: { users: [listed(other)] } });
	expect(await get('?enabled=false', signed(iam.url, key, path, now))).toMatchObject({
		status: 401,
	});
});

describe('a refusal', () => {
	test.each([
		['an unknown query', '?limit=1', undefined, 400, /\[limit\] is unknown/],
		['a wrong flag', '?enabled=1', undefined, 400, /\[enabled\]/],
		['another account', '?domain_id=x', undefined, 403, /account x/],
		['no login', '', {}, 401, /token/],
		['an unknown token', '', { 'X-Auth-Token': 't' }, 401, /token/],
	])('of %s, in the shape of IAM', async (_what, query, headers, code, message) => {
		expect(await get(query, headers)).toEqual({
			status: code,
			answer: {
				error: {
					code,
					message: expect.stringMatching(message),
					title: expect.stringMatching(/\w/),
				},
			},
		});
	});

	test('of a user without the permission', async () => {
		expect(await get('', asBot(['coc:ticket:action']))).toMatchObject({
			status: 403,
			answer: { error: { message: expect.stringMatching(/iam:users:listUsers/) } },
		});
		expect(await get('', asBot(['iam:users:listUsers']))).toMatchObject({ status: 200 });
	});
});
