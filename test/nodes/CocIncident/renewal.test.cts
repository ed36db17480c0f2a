/** An IAM user's token ends, or COC refuses it: it is renewed without anybody's help. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { built } from '../../support/built.cts';
import { useDeployment, HANDLE } from '../../support/deployment.cts';
import type { StoredCredential } from '../../engine/index.cts';
import type { Fault } from '../../standin/index.cts';
import type * as credentialSource from '../../../nodes/shared/contract/credential.ts';

const MINUTE = 60_000;
/** How far the clock of all, COC and IAM included, has been put forward. */
let forward = 0;
/** How far this machine's clock is ahead of that of COC and IAM. */
let ahead = 0;
const now = () => Date.now() - ahead;
const d = useDeployment({
	coc: { now, onRequest: (request) => onRequest?.(request.path) },
	iam: { now },
});
let onRequest: ((path: string) => void) | undefined;

beforeEach(() => {
	const realNow = Date.now.bind(Date);
	forward = ahead = 0;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + forward + ahead);
});
afterEach(() => {
	jest.restoreAllMocks();
	onRequest = undefined;
});

const sessionToken = ({ data }: StoredCredential) => data.sessionToken as string;
const refusedWrites = () => d.writes().filter(({ applied }) => !applied).length;

describe('a token that COC refuses is renewed, and the item succeeds', () => {
	test('when it was ended before its time', async () => {
		const credential = await d.signedIn();
		const old = sessionToken(credential);
		d.coc.expireToken(old);
		const { success } = await d.verify(credential, 3);
		expect(success).toHaveLength(3);
		expect(d.iam.signIns).toBe(1);
		expect(sessionToken(credential)).toBe(d.user.tokens[1]);
		expect(d.writes().map(({ headers }) => headers['x-auth-token'])).toEqual([
			old,
			...Array<string>(3).fill(sessionToken(credential)),
		]);
	});

	test('also when it dies between two items', async () => {
		const credential = await d.signedIn();
		onRequest = () => {
			if (d.writes().length === 2) d.coc.expireToken(sessionToken(credential));
			if (d.writes().length === 2) onRequest = undefined;
		};
		const { success } = await d.verify(credential, 4);
		expect(success).toHaveLength(4);
		expect(d.iam.signIns).toBe(1);
		expect(refusedWrites()).toBeLessThanOrEqual(1);
	});

	const refusals: Array<[string, Fault]> = [
		[401, 'APIGW.0301'],
		[403, 'APIGW.0301'],
		[200, 'APIGW.0301'],
		[400, 'APIGW.0301'],
		[401, 'APIG.0301'],
		[403, 'APIG.0301'],
		[401, 'APIGW.0307'],
		[403, 'APIGW.0307'],
		[200, 'APIG.0307'],
	].map(([status, code]) => [
		`${status} ${code}`,
		{ kind: 'expiredToken', status: Number(status), code: String(code), match: { path: HANDLE } },
	]);
	refusals.push([
		'401 without a code',
		{ kind: 'raw', status: 401, body: 'Unauthorized', match: { path: HANDLE } },
	]);
	refusals.push([
		'401 in the shape of IAM',
		{
			kind: 'raw',
			status: 401,
			body: '{"error":{"code":401,"message":"The token is invalid.","title":"Unauthorized"}}',
			match: { path: HANDLE },
		},
	]);
	test.each(refusals)('as %s', async (_what, fault) => {
		const credential = await d.signedIn();
		d.coc.fault(fault);
		const { success } = await d.verify(credential);
		expect(success).toHaveLength(1);
		expect(d.iam.signIns).toBe(1);
		expect(d.writes()).toHaveLength(2);
	});
});

describe('what is no refusal of the token does not renew it', () => {
	test.each([
		[401, 'APIGW.0305'],
		[403, 'APIGW.0302'],
		[403, 'APIGW.0306'],
		[403, 'APIGW.0802'],
		[404, 'APIGW.0101'],
		[429, 'APIGW.0308'],
		[400, 'GOM.00007256'],
		[400, 'COC.00011013'],
		[500, 'APIGW.0601'],
		[500, 'APIGW.0301'],
		[502, 'APIGW.0301'],
		[503, 'APIGW.0613'],
		[504, 'APIGW.0201'],
	])('%d %s', async (status, code) => {
		const credential = await d.signedIn();
		d.coc.fault({ kind: 'status', status, code });
		const { failed } = await d.verify(credential);
		expect(failed[0]?.details.errorCode).toBe(code);
		expect(d.iam.requests).toEqual([]);
		expect(d.coc.requests).toHaveLength(1);
	});

	test.each<[string, Fault]>([
		['a 500 although the token is dead', { kind: 'status', status: 500 }],
		[
			'a 500 after the change, although the token is dead',
			{ kind: 'status', status: 500, apply: true },
		],
		['a time-out although the token is dead', { kind: 'hang' }],
		['a lost connection although the token is dead', { kind: 'resetBefore' }],
		['a web page although the token is dead', { kind: 'html' }],
		['an empty answer although the token is dead', { kind: 'empty' }],
		['an answer that breaks off although the token is dead', { kind: 'truncated' }],
	])('nor is the write repeated: %s', async (_what, fault) => {
		const credential = await d.signedIn();
		d.coc.expireToken(sessionToken(credential));
		d.coc.fault(fault);
		const options = { parameters: { options: { timeout: 300 } } };
		const { failed } = await d.verify(credential, 1, options);
		expect(failed[0]?.details.outcome).toBe('unknown');
		expect(d.writes()).toHaveLength(1);
		expect(d.iam.requests).toEqual([]);
	});
});

describe('a token that is refused again after its renewal', () => {
	const always: Fault = { kind: 'expiredToken', times: 1000, match: { path: HANDLE } };

	test('is not renewed once more for the same item', async () => {
		const credential = await d.signedIn();
		d.coc.fault(always);
		const { failed } = await d.verify(credential);
		expect(d.writes()).toHaveLength(2);
		expect(d.iam.requests).toHaveLength(1);
		expect(failed[0]?.details).toMatchObject({ outcome: 'refused', errorCode: 'APIGW.0301' });
		expect(failed[0]?.error).toMatch(/'Scope'.*'Endpoint'.*'IAM Endpoint'/);
	});

	test('nor for each of the items behind it', async () => {
		const credential = await d.signedIn();
		d.coc.fault(always);
		const { failed } = await d.verify(credential, 20);
		expect(failed).toHaveLength(20);
		expect(d.iam.requests.length).toBeLessThanOrEqual(2);
	});

	test('right after the first login is not renewed at all', async () => {
		d.coc.fault(always);
		await d.verify(d.credential('iamUser'));
		expect(d.iam.requests.length).toBeLessThanOrEqual(2);
		expect(d.writes().length).toBeLessThanOrEqual(2);
	});
});

describe('a token is renewed before it ends', () => {
	test('so that no request meets its end', async () => {
		const credential = await d.signedIn();
		forward = 24 * 60 * MINUTE - 5 * MINUTE;
		expect((await d.verify(credential, 3)).success).toHaveLength(3);
		expect(d.iam.signIns).toBe(1);
		expect(refusedWrites()).toBe(0);
		expect(d.writes()[0]?.headers['x-auth-token']).toBe(d.user.tokens[1]);
		const end = Date.parse(credential.data.sessionExpiresAt as string);
		expect(end - Date.now()).toBeGreaterThan(23 * 60 * MINUTE);
	});

	test('when its end is long past', async () => {
		const credential = await d.signedIn();
		forward = 30 * 24 * 60 * MINUTE;
		expect((await d.verify(credential)).success).toHaveLength(1);
		expect(refusedWrites()).toBe(0);
	});

	test('not while it lasts', async () => {
		const credential = await d.signedIn();
		forward = 23 * 60 * MINUTE;
		await d.verify(credential, 2);
		expect(d.iam.requests).toEqual([]);
	});

	test('in the middle of a long run, between two items', async () => {
		const credential = await d.signedIn();
		onRequest = () => {
			if (d.writes().length === 3) forward = 24 * 60 * MINUTE - 9 * MINUTE;
		};
		expect((await d.verify(credential, 6)).success).toHaveLength(6);
		expect(d.iam.signIns).toBe(1);
		expect(refusedWrites()).toBe(0);
	});

	test('again and again in a run of several days', async () => {
		const credential = d.credential('iamUser');
		onRequest = (path) => void (path === HANDLE && (forward += 12 * 60 * MINUTE));
		expect((await d.verify(credential, 8)).success).toHaveLength(8);
		expect(refusedWrites()).toBe(0);
		expect(d.iam.signIns).toBe(4);
	});

	test.each(['', 'tomorrow', undefined, null])('and when its end is not known: %j', async (end) => {
		const credential = await d.signedIn();
		credential.data.sessionExpiresAt = end as string;
		// A sign-in of just now would still count.
		forward = 2 * MINUTE;
		expect((await d.verify(credential)).success).toHaveLength(1);
		expect(d.iam.signIns).toBe(1);
	});
});

describe('a token that is near its end from the start', () => {
	test('is used while it lasts, when IAM gives no longer one', async () => {
		d.iam.tokenLifeMs = 5 * MINUTE;
		const { success, failed } = await d.verify(d.credential('iamUser'), 3);
		expect(failed.map(({ error }) => error)).toEqual([]);
		expect(success).toHaveLength(3);
		expect(d.iam.signIns).toBe(1);
	});

	test('because the clock of this machine is fast either works, or is told so', async () => {
		ahead = 25 * 60 * MINUTE;
		const { failed } = await d.verify(d.credential('iamUser'), 2);
		for (const { error } of failed) expect(error).toMatch(/clock/i);
		expect(d.iam.requests).toHaveLength(1);
	});
});

describe('another worker has renewed the token', () => {
	const { storeSession, readCredential } = built<typeof credentialSource>(
		'nodes/shared/contract/credential',
	);

	/** What another process of n8n does: it gets a token and stores it. */
	function renewElsewhere(credential: StoredCredential) {
		const read = readCredential(credential.data, Date.now());
		if (!read.ok || read.value.authentication.kind !== 'iamUser')
			throw new Error('Not an IAM user');
		const { userId } = d.user;
		const token = d.coc.issueToken({ userId });
		const expiresAt = new Date(Date.now() + 24 * 60 * MINUTE).toISOString();
		const session = storeSession({ token, expiresAt, userId }, read.value.authentication.login);
		credential.data = { ...credential.data, ...session };
		return token;
	}

	test('in mid-run: its token is taken when the own one is refused, IAM is not asked', async () => {
		const credential = await d.signedIn();
		let renewed = '';
		onRequest = () => {
			if (d.writes().length !== 3) return;
			onRequest = undefined;
			d.coc.expireToken(sessionToken(credential));
			renewed = renewElsewhere(credential);
		};
		expect((await d.verify(credential, 6)).success).toHaveLength(6);
		expect(d.iam.requests).toEqual([]);
		expect(d.writes().at(-1)?.headers['x-auth-token']).toBe(renewed);
		expect(sessionToken(credential)).toBe(renewed);
	});

	test('in mid-run: its token is taken when the own one nears its end', async () => {
		const credential = await d.signedIn();
		let renewed = '';
		onRequest = () => {
			if (d.writes().length !== 2) return;
			onRequest = undefined;
			forward = 24 * 60 * MINUTE - 5 * MINUTE;
			renewed = renewElsewhere(credential);
		};
		expect((await d.verify(credential, 4)).success).toHaveLength(4);
		expect(d.iam.requests).toEqual([]);
		expect(d.writes().at(-1)?.headers['x-auth-token']).toBe(renewed);
	});

	test('with a token that is dead as well: IAM is asked, once', async () => {
		const credential = await d.signedIn();
		onRequest = () => {
			if (d.writes().length !== 1) return;
			onRequest = undefined;
			d.coc.expireToken(sessionToken(credential));
			d.coc.expireToken(renewElsewhere(credential));
		};
		const { success, failed } = await d.verify(credential, 4);
		// The item that met both dead tokens was resent once; those behind it must succeed.
		expect(success.length).toBeGreaterThanOrEqual(3);
		expect(failed.every(({ details }) => details.outcome === 'refused')).toBe(true);
		expect(d.iam.signIns).toBe(1);
	});
});

describe('the credential is edited while the node runs', () => {
	test('to another account: the next token is of that account, and so is the operator', async () => {
		const credential = await d.signedIn();
		const other = d.iam.addUser({
			accountName: 'other',
			userName: 'other',
			password: 'other password',
		});
		onRequest = () => {
			if (d.writes().length !== 1) return;
			onRequest = undefined;
			d.coc.expireToken(sessionToken(credential));
			const { accountName, userName, password } = other;
			credential.data = { ...credential.data, accountName, userName, password };
		};
		await d.verify(credential, [{ operator: '' }, { operator: '' }, { operator: '' }]);
		for (const { userId, json, applied } of d.writes()) {
			if (applied) expect((json as { operator: string }).operator).toBe(userId);
		}
		expect(other.tokens).toHaveLength(1);
	});
});
