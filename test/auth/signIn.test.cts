/** Who asks IAM, and how often: whatever the order in which promises settle. */
import { beforeEach, expect, test } from '@jest/globals';
import type { IHttpRequestHelper } from 'n8n-workflow';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/auth/signIn.ts';

const { forget, isNew, signIn } = built<typeof source>('nodes/auth/signIn');

let asked = 0;
const helpers: IHttpRequestHelper['helpers'] = {
	httpRequest: () =>
		Promise.resolve({
			statusCode: 201,
			headers: { 'x-subject-token': `token-${++asked}` },
			body: JSON.stringify({ token: { expires_at: '2099-01-01T00:00:00Z', user: { id: 'u' } } }),
		}),
};
let logins = 0;
const newLogin = () => ({
	iam: { url: 'https://iam.example', origin: 'https://iam.example' },
	accountName: 'account',
	userName: `user-${++logins}`,
	password: 'password',
	projectName: null,
});
beforeEach(() => {
	asked = 0;
});

const TRUST = { ignoreSslIssues: false, ca: null };

/** Lets so many promises settle that have settled already. */
async function turns(count: number): Promise<void> {
	for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

async function sessionOf(login: ReturnType<typeof newLogin>) {
	const session = await signIn(helpers, login, TRUST);
	if (!session.ok) throw new Error(session.reason);
	return session.value;
}

test.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 15])(
	'two requests whose token is refused %d turns after one another get the same new one',
	async (distance) => {
		const login = newLogin();
		const dead = await sessionOf(login);
		const renew = async (start: number) => {
			await turns(start);
			forget(login, dead);
			return (await sessionOf(login)).token;
		};
		const [first, second] = await Promise.all([renew(0), renew(distance)]);
		expect(asked).toBe(2);
		expect(first).toBe('token-2');
		expect(second).toBe(first);
	},
);

test('a token that is not the last one is not forgotten', async () => {
	const login = newLogin();
	const first = await sessionOf(login);
	forget(login, first);
	const second = await sessionOf(login);
	forget(login, first);
	expect(await sessionOf(login)).toEqual(second);
	expect(isNew(second.token)).toBe(true);
	expect(isNew(first.token)).toBe(false);
});

const failing = (answer: () => Promise<unknown>): IHttpRequestHelper['helpers'] => ({
	httpRequest: answer,
});
const networkFault = (code: string) =>
	Promise.reject(Object.assign(new Error(code), { code, syscall: 'connect' }));
const saying = (statusCode: number) =>
	Promise.resolve({ statusCode, headers: {}, body: '{"error":{"code":0,"message":"No"}}' });

test.each<[string, boolean, () => Promise<unknown>]>([
	['nobody listens', true, () => networkFault('ECONNREFUSED')],
	['DNS is away', true, () => networkFault('EAI_AGAIN')],
	['IAM is in trouble', true, () => saying(503)],
	['IAM throttles', true, () => saying(429)],
	['the password is wrong', false, () => saying(401)],
	['the user may not', false, () => saying(403)],
	['the certificate is not trusted', false, () => networkFault('SELF_SIGNED_CERT_IN_CHAIN')],
])('a sign-in that fails as %s may pass by itself: %p', async (_why, mayPass, answer) => {
	const session = await signIn(failing(answer), newLogin(), TRUST);
	expect(session).toMatchObject({ ok: false, mayPass });
});
