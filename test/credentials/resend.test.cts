/** From other nodes, first of all n8n's HTTP Request node, no request is sent twice. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { HelperCall, StoredCredential } from '../engine/index.cts';
import type { Fault } from '../standin/index.cts';
import { useClock } from '../support/clock.cts';
import { HANDLE, modes, useDeployment } from '../support/deployment.cts';
import { rejection } from './support.cts';

let onRequest: ((path: string) => void) | undefined;
const clock = useClock();
const { now } = clock;
const d = useDeployment({ coc: { now, onRequest: ({ path }) => onRequest?.(path) }, iam: { now } });
afterEach(() => {
	onRequest = undefined;
});

const HOUR = 3600_000;
const write = () => ({
	incident_num: d.coc.addTicket().number,
	operator: d.user.userId,
	operate_key: 'confirm',
	parameter: { virtual_confirm_result: true, virtual_confirm_comment: 'ok' },
});

/** The HTTP Request node, and both dialects of the helpers behind it and behind other nodes. */
const senders = ['HTTP Request node', 'legacy dialect', 'today’s dialect'] as const;
type Sender = (typeof senders)[number];
async function post(sender: Sender, credential: StoredCredential, timeout = 400): Promise<unknown> {
	const url = d.coc.url + HANDLE;
	if (sender === 'HTTP Request node') {
		return await d.request(credential, { url, method: 'POST', body: write() });
	}
	const call: HelperCall =
		sender === 'legacy dialect'
			? {
					helper: 'requestWithAuthentication',
					options: { uri: url, method: 'POST', body: write(), json: true, timeout },
				}
			: {
					helper: 'httpRequestWithAuthentication',
					options: { url, method: 'POST', body: write(), timeout },
				};
	return await d.call(credential, call);
}

const failures: Array<[what: string, fault: Fault]> = [
	['is answered 500', { kind: 'status', status: 500 }],
	['is answered 500 after it was applied', { kind: 'status', status: 500, apply: true }],
	['is answered 502', { kind: 'status', status: 502 }],
	['is answered 503', { kind: 'status', status: 503, code: 'APIGW.0613' }],
	['is answered 504', { kind: 'status', status: 504 }],
	['is answered 400', { kind: 'errorCode', status: 400, code: 'GOM.00007256', message: 'No.' }],
	['is answered 403', { kind: 'status', status: 403, code: 'APIGW.0302' }],
	['is answered 404', { kind: 'status', status: 404 }],
	['is answered 429', { kind: 'status', status: 429 }],
	['is redirected', { kind: 'redirect', location: '/elsewhere', status: 307 }],
	['loses its connection', { kind: 'resetBefore' }],
	['loses its connection after it was applied', { kind: 'resetAfter' }],
	['times out', { kind: 'hang' }],
	['times out after it was applied', { kind: 'hang', apply: true }],
];
const cases = modes.flatMap((mode) =>
	senders.flatMap((sender) =>
		failures
			// The node's own time-out is five minutes.
			.filter(([what]) => sender !== 'HTTP Request node' || !what.startsWith('times out'))
			.map(([what, fault]) => [mode, sender, what, fault] as const),
	),
);

describe('a POST arrives once', () => {
	test.each(cases)('with %s, from the %s, when it %s', async (mode, sender, _what, fault) => {
		const credential = mode === 'iamUser' ? await d.signedIn() : d.credential(mode);
		d.coc.fault({ ...fault, match: { path: HANDLE } });
		await rejection(post(sender, credential));
		expect(d.writes()).toHaveLength(1);
		expect(d.iam.requests).toEqual([]);
	});

	test.each(senders)(
		'from the %s, with the first token of an IAM user, when it is answered 500',
		async (sender) => {
			d.coc.fault({ kind: 'status', status: 500, apply: true, match: { path: HANDLE } });
			await rejection(post(sender, d.credential('iamUser')));
			expect(d.writes()).toHaveLength(1);
			expect(d.iam.requests).toHaveLength(1);
		},
	);

	test.each(senders)('from the %s, when the token nears its end meanwhile', async (sender) => {
		const credential = await d.signedIn();
		onRequest = (path) => void (path === HANDLE && (clock.forward = 24 * HOUR - HOUR / 12));
		d.coc.fault({ kind: 'status', status: 500, apply: true, match: { path: HANDLE } });
		await rejection(post(sender, credential));
		expect(d.writes()).toHaveLength(1);
	});

	test.each(senders)('from the %s, when COC can’t say whether the token lives', async (sender) => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		d.coc.fault({ kind: 'status', status: 500, times: 10 });
		await rejection(post(sender, credential));
		expect(d.writes()).toHaveLength(1);
		expect(d.iam.requests).toEqual([]);
	});
});

describe('a token that is dead', () => {
	test.each(senders)('is renewed for the %s, and the request succeeds', async (sender) => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		await post(sender, credential);
		expect(d.writes().map(({ applied }) => applied)).toEqual([false, true]);
		expect(d.iam.requests).toHaveLength(1);
		expect(credential.data.sessionToken).toBe(d.user.tokens[1]);
		await post(sender, credential);
		expect(d.writes()).toHaveLength(3);
		expect(d.iam.requests).toHaveLength(1);
	});

	test.each(senders)('or of a changed password is renewed before the %s sends', async (sender) => {
		const credential = await d.signedIn();
		credential.data.password = d.user.password = 'changed, in the console and here';
		await post(sender, credential);
		expect(d.writes().map(({ applied }) => applied)).toEqual([true]);
		expect(credential.data.sessionToken).toBe(d.user.tokens[1]);
	});

	test.each(senders)('or near its end is renewed before the %s sends', async (sender) => {
		const credential = await d.signedIn();
		clock.forward = 24 * HOUR - HOUR / 12;
		await post(sender, credential);
		expect(d.writes().map(({ applied }) => applied)).toEqual([true]);
		expect(d.iam.requests).toHaveLength(1);
	});

	test.each(senders)('again after its renewal is sent no third time by the %s', async (sender) => {
		const credential = await d.signedIn();
		d.coc.fault({ kind: 'expiredToken', times: 100 });
		await rejection(post(sender, credential));
		expect(d.writes().length).toBeLessThanOrEqual(2);
		expect(d.iam.requests).toHaveLength(1);
	});

	test.each(senders)(
		'is told by IAM’s words when it can’t be renewed for the %s',
		async (sender) => {
			const credential = await d.signedIn();
			d.coc.expireToken(credential.data.sessionToken as string);
			d.user.disabled = true;
			const { message } = await rejection(post(sender, credential));
			expect(message).toContain('The user is disabled.');
			expect(d.iam.requests).toHaveLength(1);
			expect(d.writes()).toHaveLength(1);
		},
	);

	test.each(senders)(
		'for ever is not renewed for each of ten requests of the %s',
		async (sender) => {
			const credential = await d.signedIn();
			d.coc.fault({ kind: 'expiredToken', times: 1000 });
			for (let request = 0; request < 10; request++) await rejection(post(sender, credential));
			expect(d.iam.requests.length).toBeLessThanOrEqual(2);
		},
	);
});

describe('a refused signature', () => {
	test.each(senders)('is not sent again by the %s; COC’s reason is told', async (sender) => {
		const credential = d.credential('accessKey', { secretAccessKey: 'wrong'.repeat(8) });
		const error = await rejection(post(sender, credential));
		expect(d.coc.requests).toHaveLength(1);
		expect(error.message).toMatch(/access key|401|authoriz/i);
	});

	test.each(senders)('is not sent again by the %s, whatever it is answered', async (sender) => {
		for (const fault of [
			{ kind: 'expiredToken', status: 403 },
			{ kind: 'expiredToken', code: 'APIGW.0305' },
			{ kind: 'raw', status: 401, body: '' },
		] as Fault[]) {
			d.coc.requests.length = 0;
			d.coc.fault(fault);
			await rejection(post(sender, d.credential('accessKey')));
			expect(d.coc.requests).toHaveLength(1);
		}
	});
});
