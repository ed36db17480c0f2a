import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, HANDLE, LIST, stops, succeeds, verifying } from './client.cts';
import { type AccessKey, type StandIn, startStandIn } from './index.cts';
import { signed, type ToSign } from './signer.cts';
import { isSignedWith, readAuthorization } from './signatures.cts';

const MINUTE = 60_000;
let now = Date.UTC(2026, 10, 24, 9);
let standIn: StandIn;

beforeAll(async () => {
	standIn = await startStandIn({ now: () => now, basePath: '/gateway/coc' });
});
afterAll(() => standIn.close());

type Wanted = ToSign & { at?: number };

const sign = (key: AccessKey, path: string, { at = now, ...wanted }: Wanted = {}) =>
	signed(standIn.url, key, path, at, wanted);

const send = (key: AccessKey, path: string, wanted: Wanted = {}) =>
	call(standIn, path, { token: null, body: wanted.body, headers: sign(key, path, wanted) });

async function refused(sending: ReturnType<typeof call>, message: RegExp): Promise<void> {
	const answered = await sending;
	stops(answered, 401, 'APIGW.0301');
	expect(answered.json).toMatchObject({ error_msg: expect.stringMatching(message) });
	expect(standIn.requests.at(-1)).toMatchObject({ userId: null, applied: false });
}

describe('a signature', () => {
	test('is accepted, and speaks for the user whose key it is', async () => {
		const key = standIn.issueAccessKey({ userId: 'somebody' });
		expect(key).toEqual({
			accessKeyId: expect.stringMatching(/^[0-9A-F]{20}$/),
			secretAccessKey: expect.stringMatching(/^[\w-]{40}$/),
			userId: 'somebody',
		});
		const { number } = standIn.addTicket();
		succeeds(await send(key, HANDLE, { body: verifying(number, true, '验证通过 ✅') }));
		expect(standIn.requests.at(-1)).toMatchObject({ userId: 'somebody', applied: true });
		expect((await send(key, `${LIST}?offset=1&limit=2`)).status).toBe(200);
	});

	test('allows what its user may do', async () => {
		const key = standIn.issueAccessKey({ permissions: ['coc:ticket:list'] });
		expect((await send(key, LIST)).status).toBe(200);
		stops(await send(key, HANDLE, { body: {} }), 403, 'APIGW.0302');
	});

	test('with another secret is refused, and the gateway tells what it should have signed', async () => {
		const key = standIn.issueAccessKey();
		const { host } = new URL(standIn.url);
		await refused(
			send(key, LIST, { secret: 'x' }),
			new RegExp(
				`^Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:GET\\|/gateway/coc/v1/incident-tickets/\\|\\|host:${host}\\|x-sdk-date:20261124T090000Z\\|\\|host;x-sdk-date\\|e3b0c4`,
			),
		);
	});

	test.each([
		['another body', HANDLE, { body: { a: 1 } }, HANDLE, { body: { a: 2 } }],
		['a body rewritten', HANDLE, { body: '{ }' }, HANDLE, { body: {} }],
		['another path', `${LIST}`, {}, `${LIST}/x`, {}],
		['another query', `${LIST}?a=1`, {}, `${LIST}?a=2`, {}],
		['another method', LIST, {}, LIST, { method: 'HEAD' }],
	])('over %s is refused', async (_what, path, sent, signedPath, wanted) => {
		const key = standIn.issueAccessKey();
		const headers = sign(key, signedPath, wanted);
		await refused(call(standIn, path, { token: null, ...sent, headers }), /verify aksk signature/);
	});

	test.each([
		['the date', 'x-sdk-date'],
		['a signed header', 'x-project-id'],
	])('without %s is refused', async (_what, name) => {
		const key = standIn.issueAccessKey();
		const headers = sign(key, LIST, { headers: { 'x-project-id': 'p' } });
		delete headers[name];
		await refused(call(standIn, LIST, { token: null, headers }), /./);
	});

	test('may leave the payload out, when it says so', async () => {
		const key = standIn.issueAccessKey();
		const headers = { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' };
		const body = verifying(standIn.addTicket().number);
		const unsigned = sign(key, HANDLE, { method: 'POST', headers });
		succeeds(await call(standIn, HANDLE, { token: null, body, headers: unsigned }));
		const other = { 'x-sdk-content-sha256': 'UNSIGNED' };
		const wrong = sign(key, HANDLE, { method: 'POST', headers: other });
		await refused(call(standIn, HANDLE, { token: null, body, headers: wrong }), /verify aksk/);
	});

	test.each([
		['no signature', 'SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date'],
		['another algorithm', 'SDK-HMAC-SM3 Access=AK, SignedHeaders=host, Signature=00'],
		[
			'unsorted names',
			`SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date;host, Signature=${'0'.repeat(64)}`,
		],
		[
			'the host unsigned',
			`SDK-HMAC-SHA256 Access=AK, SignedHeaders=x-sdk-date, Signature=${'0'.repeat(64)}`,
		],
	])('that has %s is refused', async (_what, authorization) => {
		const headers = { authorization, 'x-sdk-date': '20261124T090000Z' };
		await refused(call(standIn, LIST, { token: null, headers }), /not complete/);
	});
});

describe('an access key', () => {
	test('that is unknown is refused', async () => {
		const key = { ...standIn.issueAccessKey(), accessKeyId: 'NOBODYS' };
		await refused(send(key, LIST), /Get secretKey failed,ak:NOBODYS,err:ak not exist/);
	});

	test.each([-1, 1])('takes a clock that is 15 minutes off (%d), and no more', async (sign) => {
		const key = standIn.issueAccessKey();
		expect((await send(key, LIST, { at: now + sign * 15 * MINUTE })).status).toBe(200);
		await refused(
			send(key, LIST, { at: now + sign * (15 * MINUTE + 1000) }),
			/calc aksk signature fail:signature expired, signature time:20261124T0\d{5}Z,server time:20261124T090000Z/,
		);
	});

	test('is locked for five minutes by six failures in a row, for good signatures too', async () => {
		const [key, other] = [standIn.issueAccessKey(), standIn.issueAccessKey()];
		for (let failure = 1; failure <= 6; failure++) {
			await refused(send(key, LIST, { secret: 'x' }), /verify aksk signature fail/);
		}
		await refused(send(key, LIST), /AK access failed to reach the limit,forbidden/);
		expect((await send(other, LIST)).status).toBe(200);
		now += 5 * MINUTE - 1;
		await refused(send(key, LIST), /reach the limit/);
		now += 1;
		expect((await send(key, LIST)).status).toBe(200);
	});

	test('is not locked by five failures, nor by more that are not in a row', async () => {
		const key = standIn.issueAccessKey();
		for (let round = 0; round < 2; round++) {
			for (let failure = 1; failure <= 5; failure++) {
				await refused(send(key, LIST, { secret: 'x' }), /verify aksk signature fail/);
			}
			expect((await send(key, LIST)).status).toBe(200);
		}
	});

	test('that is temporary works with its security token only, until it expires', async () => {
		const key = standIn.issueAccessKey({ securityToken: true, expiresInMs: MINUTE });
		const { accessKeyId, secretAccessKey, userId, securityToken } = key;
		expect(securityToken).toMatch(/^[\w+/]{80}$/);
		expect((await send(key, LIST)).status).toBe(200);
		await refused(send({ accessKeyId, secretAccessKey, userId }, LIST), /ak not exist/);
		await refused(send({ ...key, securityToken: 'another' }, LIST), /decrypt token fail/);
		now += MINUTE;
		await refused(send(key, LIST), /the security token has expired/);
	});

	test('is temporary when it is given a time', () => {
		expect(standIn.issueAccessKey({ expiresInMs: MINUTE })).toHaveProperty('securityToken');
		expect(standIn.issueAccessKey()).not.toHaveProperty('securityToken');
	});
});

test('the verifier accepts a signature of the COC contract', () => {
	const request = {
		method: 'GET',
		url: `/v1/applications?limit=100&id_list=b&id_list=a&name_like=${encodeURIComponent('支付')}`,
		headers: {
			host: 'coc.myhuaweicloud.com',
			'content-type': 'application/json',
			'x-sdk-date': '20261124T090000Z',
			authorization:
				'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=235717342de9ba737f439b84f42f8acad3d49143b1fc12ae7131578afe094766',
		},
		body: Buffer.alloc(0),
	};
	const authorization = readAuthorization(request)!;
	expect(authorization.signedAt).toBe(Date.UTC(2026, 10, 24, 9));
	const secret = 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc';
	expect(isSignedWith(secret, request, authorization)).toBe(true);
	expect(isSignedWith('another', request, authorization)).toBe(false);
});
