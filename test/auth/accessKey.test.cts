/** An access key as credential: every request is signed, and a refused key is left alone. */
import { describe, expect, test } from '@jest/globals';
import { useDeployment } from '../support/deployment.cts';
import type { Fault } from '../standin/index.cts';
import { useQuickTime } from '../support/quickTime.cts';

/** How far COC's clock is ahead. */
let ahead = 0;
useQuickTime();
const d = useDeployment({ coc: { now: () => Date.now() + ahead } });

const times = (count: number, text: string) => Array<string>(count).fill(text);

describe('a signed request is accepted', () => {
	test('with a body of all sorts of characters, and no token beside it', async () => {
		const comments = [
			'ok',
			'验证通过 ✅ “ok” – é',
			' \t"\\/\u2028 ',
			'%20+&=?',
			'{}',
			'é'.normalize('NFD'),
		];
		const { success, failed } = await d.verify(
			d.credential('accessKey'),
			comments.map((comment) => ({ comment })),
		);
		expect(failed).toEqual([]);
		expect(success).toHaveLength(comments.length);
		for (const { headers, userId, text, json } of d.writes()) {
			expect(headers.authorization).toMatch(
				/^SDK-HMAC-SHA256 Access=\w+, SignedHeaders=[a-z;-]+, Signature=[0-9a-f]{64}$/,
			);
			expect(headers).not.toHaveProperty('x-auth-token');
			expect(userId).toBe(d.key.userId);
			expect(text).toBe(JSON.stringify(json));
		}
		expect(d.iam.requests).toEqual([]);
	});

	test('with a temporary key and its security token', async () => {
		const { accessKeyId, secretAccessKey, securityToken } = d.coc.issueAccessKey({
			securityToken: true,
		});
		const key = { accessKeyId, secretAccessKey, securityToken: ` ${securityToken} ` };
		expect((await d.verify(d.credential('accessKey', key))).success).toHaveLength(1);
		expect(d.writes()[0]?.headers['x-security-token']).toBe(securityToken);
	});

	test.each([
		[{}, {}],
		[{ accountId: '', projectId: '  ' }, {}],
		[{ accountId: 'a1' }, { 'x-domain-id': 'a1' }],
		[{ projectId: 'p1' }, { 'x-project-id': 'p1' }],
		[{ accountId: 'a1', projectId: 'p1' }, { 'x-domain-id': 'a1' }],
	])('with %j the headers %j are sent, and signed', async (fields, sent) => {
		expect((await d.verify(d.credential('accessKey', fields))).success).toHaveLength(1);
		const { headers = {} } = d.writes()[0] ?? {};
		const scope = Object.entries(headers).filter(([name]) => /^x-(domain|project)-id$/.test(name));
		expect(Object.fromEntries(scope)).toEqual(sent);
		for (const name of Object.keys(sent)) expect(headers.authorization).toContain(name);
	});

	test('within 15 minutes of COC’s clock', async () => {
		for (ahead of [-14 * 60_000, 14 * 60_000]) {
			expect((await d.verify(d.credential('accessKey'))).success).toHaveLength(1);
		}
		ahead = 0;
	});

	test.each([
		['accessKeyId', '', "'Access Key ID' is empty"],
		['secretAccessKey', ' ', "'Secret Access Key' is empty"],
		['secretAccessKey', 'a b', "'Secret Access Key' contains white space"],
		['securityToken', 'a\nb', "'Security Token' contains a line break"],
	])('%s %j is refused before anything is signed', async (field, value, reason) => {
		const { failed } = await d.verify(d.credential('accessKey', { [field]: value }), 2);
		expect(failed.map(({ error }) => error)).toEqual([
			expect.stringContaining(reason),
			expect.stringContaining(reason),
		]);
		expect(d.coc.requests).toEqual([]);
	});
});

describe('after a refused signature', () => {
	const wrong = () => d.credential('accessKey', { secretAccessKey: 'wrong'.repeat(8) });

	test('nothing more is sent with this key; the items behind say why', async () => {
		const { success, failed } = await d.verify(wrong(), 20);
		expect(success).toEqual([]);
		expect(d.coc.requests).toHaveLength(1);
		expect(failed.map(({ details }) => details.outcome)).toEqual([
			'refused',
			...times(19, 'notSent'),
		]);
		for (const { error } of failed.slice(1)) {
			expect(error).toMatch(/refused the access key at \d{4}-.*Nothing more is sent/);
		}
	});

	test.each<[string, Fault]>([
		['401 APIGW.0301', { kind: 'expiredToken' }],
		['403 APIG.0301', { kind: 'expiredToken', status: 403, code: 'APIG.0301' }],
		['200 APIGW.0301', { kind: 'expiredToken', status: 200 }],
		['401 APIGW.0305', { kind: 'expiredToken', code: 'APIGW.0305' }],
		['401 APIGW.0307', { kind: 'expiredToken', code: 'APIGW.0307' }],
		['401 and an unknown code', { kind: 'expiredToken', code: 'APIGW.9999' }],
	])('as %s, too', async (_what, fault) => {
		d.coc.fault(fault);
		const { failed } = await d.verify(d.credential('accessKey'), 5);
		expect(d.coc.requests).toHaveLength(1);
		expect(failed.map(({ details }) => details.outcome)).toEqual([
			'refused',
			...times(4, 'notSent'),
		]);
	});

	test.each<[string, Fault]>([
		['a missing permission', { kind: 'status', status: 403, code: 'APIGW.0302' }],
		['a page with 401, which is nobody’s word', { kind: 'html', status: 401 }],
		['an empty 401', { kind: 'raw', status: 401, body: '' }],
		['a refusal of COC itself', { kind: 'errorCode', status: 400, code: 'GOM.1', message: 'No.' }],
		['trouble', { kind: 'status', status: 500 }],
	])('but not after %s', async (_what, fault) => {
		d.coc.fault(fault);
		const { success, failed } = await d.verify(d.credential('accessKey'), 3);
		expect(success.length).toBeGreaterThanOrEqual(2);
		for (const { details } of failed) expect(details.outcome).toBe('refused');
	});

	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'Retry On Fail sends nothing more with it either: %s',
		async (onError) => {
			const retry = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1, onError };
			await d.verify(wrong(), 3, retry);
			expect(d.coc.requests).toHaveLength(1);
		},
	);

	test('a corrected key works in the next run', async () => {
		const credential = wrong();
		await d.verify(credential, 2);
		credential.data.secretAccessKey = d.key.secretAccessKey;
		expect((await d.verify(credential, 2)).success).toHaveLength(2);
	});

	test('nor does a corrected endpoint have to wait: elsewhere the key was never refused', async () => {
		const credential = d.credential('accessKey');
		d.coc.fault({ kind: 'expiredToken' });
		expect((await d.verify(credential)).failed).toHaveLength(1);
		credential.data.endpoint = d.coc.url.replace('127.0.0.1', 'localhost');
		expect((await d.verify(credential)).success).toHaveLength(1);
	});

	test('another credential goes on', async () => {
		await Promise.all([d.verify(wrong(), 3), d.verify(d.credential('accessKey'), 3)]);
		expect(d.writes().filter(({ applied }) => applied)).toHaveLength(3);
	});
});

describe('each refusal has its hint', () => {
	const hint = async (fields: Record<string, string>) => {
		const { failed } = await d.verify(d.credential('accessKey', fields));
		expect(failed[0]?.details).toMatchObject({ outcome: 'refused', errorCode: 'APIGW.0301' });
		return failed[0]?.error ?? '';
	};

	test('a wrong secret', async () => {
		const text = await hint({ secretAccessKey: 'wrong'.repeat(8) });
		expect(text).toMatch(/'Secret Access Key'.*belong together/);
		expect(text).not.toMatch(/no such access key|is locked after|has expired/);
	});

	test('an unknown key', async () => {
		const text = await hint({ accessKeyId: 'UNKNOWNKEY0123456789' });
		expect(text).toMatch(/no such access key.*'Access Key ID'/);
		expect(text).not.toMatch(/clock/);
	});

	test.each([-16, 16, 24 * 60])('a clock that differs by %d minutes', async (minutes) => {
		ahead = minutes * 60_000;
		const text = await hint({});
		ahead = 0;
		expect(text).toMatch(/this machine's clock/);
		expect(text).not.toMatch(/temporary|belong together/);
	});

	test('a locked key', async () => {
		// Another secret each time: with one that was refused the node sends nothing more.
		for (let time = 0; time < 6; time++) await hint({ secretAccessKey: `wrong${time}`.repeat(8) });
		expect(await hint({})).toMatch(/is locked.*wait five minutes/);
	});

	test('an expired temporary key', async () => {
		const {
			accessKeyId,
			secretAccessKey,
			securityToken = '',
		} = d.coc.issueAccessKey({ expiresInMs: -1 });
		const text = await hint({ accessKeyId, secretAccessKey, securityToken });
		expect(text).toMatch(/temporary access key has expired.*new one/);
		expect(text).not.toMatch(/clock/);
	});

	test('a temporary key without, and with a wrong security token', async () => {
		const { accessKeyId, secretAccessKey } = d.coc.issueAccessKey({ securityToken: true });
		expect(await hint({ accessKeyId, secretAccessKey })).toMatch(/'Security Token'/);
		const securityToken = d.coc.issueAccessKey({ securityToken: true }).securityToken ?? '';
		expect(await hint({ accessKeyId, secretAccessKey, securityToken })).toMatch(/'Security Token'/);
	});

	test('a security token with a key that is permanent', async () => {
		expect(await hint({ securityToken: 'x'.repeat(80) })).toMatch(/'Security Token'/);
	});
});
