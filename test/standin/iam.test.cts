/** The stand-in for IAM: who may sign in, with what, and what comes back. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { call, LIST } from './client.cts';
import { type Iam, iamError, type IamUser, startIam } from './iam.cts';
import { type StandIn, startStandIn } from './index.cts';

let now: number;
let coc: StandIn;
let iam: Iam;
let user: IamUser;
beforeEach(async () => {
	now = Date.UTC(2026, 10, 24, 9);
	coc = await startStandIn({ now: () => now });
	iam = await startIam({ coc, now: () => now, basePath: '/iam' });
	user = iam.addUser({
		accountName: 'account',
		userName: 'bot',
		password: 'Corr3ct!',
		projects: ['p1'],
	});
});
afterEach(async () => {
	await iam.close();
	await coc.close();
});

const domain = { name: 'account' };
const body = (password = 'Corr3ct!', scope: object = { domain }, name = 'bot') => ({
	auth: {
		identity: { methods: ['password'], password: { user: { name, password, domain } } },
		scope,
	},
});
async function signIn(
	wanted: unknown = body(),
	path = '/v3/auth/tokens?nocatalog=true',
	more = {},
) {
	const response = await fetch(iam.url + path, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', ...more },
		body: JSON.stringify(wanted),
	});
	const answer = (await response.json()) as { token?: unknown; error?: { message: string } };
	return { status: response.status, token: response.headers.get('x-subject-token'), answer };
}

test.each([{ domain }, { project: { name: 'p1' } }])(
	'a token for %j, with its end and its user, which COC accepts until then',
	async (scope) => {
		const { status, token, answer } = await signIn(body(undefined, scope));
		expect({ status, answer }).toMatchObject({
			status: 201,
			answer: { token: { expires_at: '2026-11-25T09:00:00.000000Z', user: { id: user.userId } } },
		});
		expect(user.tokens).toEqual([token]);
		expect(iam.signIns).toBe(1);
		expect((await call(coc, LIST, { token })).status).toBe(200);
		expect(coc.requests[0]?.userId).toBe(user.userId);
		now += 24 * 3600 * 1000;
		expect((await call(coc, LIST, { token })).status).toBe(401);
	},
);

describe('a refusal', () => {
	test.each([
		['a wrong password', body('wrong'), 401, /wrong/],
		['an unknown user', body(undefined, undefined, 'nobody'), 401, /nobody/],
		['another account', body(undefined, { domain: { name: 'other' } }), 401, /domain: other/],
		['an unknown project', body(undefined, { project: { name: 'p2' } }), 401, /project: p2/],
		['two scopes', body(undefined, { domain, project: { name: 'p1' } }), 400, /scope/],
		['no scope', { auth: { identity: body().auth.identity } }, 400, /scope/],
		['a field too many', { ...body(), a: 1 }, 400, /unknown/],
		['an empty password', body(''), 400, /password/],
		['no JSON object', [], 400, /object/],
	])('of %s, in the shape of IAM', async (_what, wanted, code, message) => {
		const { status, token, answer } = await signIn(wanted);
		expect({ status, token }).toEqual({ status: code, token: null });
		expect(answer).toEqual({
			error: {
				code,
				message: expect.stringMatching(message),
				title: expect.stringMatching(/\w/),
			},
		});
		expect(iam.signIns).toBe(0);
	});

	test('of a wrong call', async () => {
		expect((await signIn(body(), '/v3/auth/tokens')).status).toBe(400);
		expect((await signIn(body(), '/v3/users?nocatalog=true')).status).toBe(404);
		expect((await signIn(body(), undefined, { 'Content-Type': 'text/plain' })).status).toBe(400);
		expect((await signIn(body(), undefined, { 'X-Auth-Token': 't' })).status).toBe(400);
		expect(iam.requests).toHaveLength(4);
	});

	test('of a user who is disabled, or has login protection', async () => {
		user.disabled = true;
		expect(await signIn()).toMatchObject({ status: 403 });
		Object.assign(user, { disabled: false, mfa: true });
		expect((await signIn()).answer.error?.message).toMatch(/totp/);
	});

	test('after five wrong passwords in a row, of the right one too', async () => {
		for (let times = 0; times < 4; times++) await signIn(body('wrong'));
		expect((await signIn()).status).toBe(201);
		for (let times = 0; times < 5; times++) await signIn(body('wrong'));
		expect((await signIn()).answer.error?.message).toMatch(/locked/);
		user.locked = false;
		expect((await signIn()).status).toBe(201);
	});
});

test('an own fault, in both shapes of IAM', async () => {
	iam.fault({ kind: 'raw', ...iamError(429, 'Too many.', { doubled: true }) });
	expect(await signIn()).toEqual({
		status: 429,
		token: null,
		answer: {
			error: { code: 429, message: 'Too many.', title: 'Too Many Requests' },
			error_code: '429',
			error_msg: 'Too many.',
		},
	});
	iam.fault({ kind: 'raw', ...iamError(500, 'No.') });
	expect((await signIn()).answer).toEqual({
		error: { code: 500, message: 'No.', title: 'Internal Server Error' },
	});
	expect((await signIn()).status).toBe(201);
});
