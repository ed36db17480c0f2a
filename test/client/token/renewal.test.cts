/** COC refuses an IAM user's token: it is renewed without anybody's help. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { StoredCredential } from '../../engine/index.cts';
import type { Fault } from '../../standin/index.cts';
import { HANDLE, useDeployment } from '../../support/deployment.cts';
import { withOptions } from '../../support/watch.cts';

let onRequest: ((path: string) => void) | undefined;
const d = useDeployment({ coc: { onRequest: ({ path }) => onRequest?.(path) } });
afterEach(() => {
	onRequest = undefined;
});

const sessionToken = ({ data }: StoredCredential) => data.sessionToken as string;
/** What a lost answer came to can't be looked up then, and is unknown. */
const forbidReading = () =>
	d.coc.fault({ kind: 'status', status: 403, times: 99, match: { path: /list-histories/ } });
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
		const { success } = await d.verify(credential, 4, withOptions({ concurrency: 1 }));
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
		[401, 'APIGW.0305', 1],
		[403, 'APIGW.0302', 1],
		[403, 'APIGW.0306', 1],
		[403, 'APIGW.0802', 1],
		[404, 'APIGW.0101', 1],
		[429, 'APIGW.0308', 4],
		[400, 'GOM.00007256', 1],
		[400, 'COC.00011013', 1],
		[500, 'APIGW.0601', 1],
		[500, 'APIGW.0301', 1],
		[502, 'APIGW.0301', 1],
		[503, 'APIGW.0613', 4],
		[504, 'APIGW.0201', 1],
	])('%d %s', async (status, code, sends) => {
		const credential = await d.signedIn();
		d.coc.fault({ kind: 'status', status, code, times: sends, match: { path: HANDLE } });
		forbidReading();
		const { failed } = await d.verify(credential);
		expect(failed[0]?.details.errorCode).toBe(code);
		expect(d.iam.requests).toEqual([]);
		expect(d.writes()).toHaveLength(sends);
	});

	test.each<[string, Fault]>([
		['a page', { kind: 'html', status: 401 }],
		['a word', { kind: 'raw', status: 401, body: 'Unauthorized' }],
		['nothing', { kind: 'raw', status: 401, body: '' }],
		['JSON without a code', { kind: 'raw', status: 401, body: '{"message":"Unauthorized"}' }],
	])('401 and %s, of something between n8n and COC', async (_what, fault) => {
		const credential = await d.signedIn();
		d.coc.fault({ ...fault, match: { path: HANDLE } });
		const { failed } = await d.verify(credential);
		expect(failed[0]?.details).toMatchObject({ outcome: 'refused', errorCode: null });
		expect(failed[0]?.error).toMatch(/something between n8n and COC answered \(HTTP 401\)/);
		expect(failed[0]?.error).not.toMatch(/Scope|token/);
		expect(d.iam.requests).toEqual([]);
		expect(d.writes()).toHaveLength(1);
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
		forbidReading();
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

describe('IAM refuses in the middle of a run, when the token is to be renewed', () => {
	test('also the item whose request COC refused says what IAM said', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		d.user.password = 'changed in the console';
		const { failed } = await d.verify(credential, 3);
		for (const { error } of failed) {
			expect(error).toContain('The username or password is wrong.');
			expect(error).not.toMatch(/token that IAM has just given/);
		}
		expect(failed.map(({ details }) => details.outcome)).toEqual(['refused', 'notSent', 'notSent']);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('also a workflow that stops at that item', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		d.user.disabled = true;
		const run = await d.verify(credential, 3, { onError: 'stopWorkflow' });
		expect(run.executionError?.description).toContain('The user is disabled.');
	});

	test('the items before it stay verified', async () => {
		const credential = await d.signedIn();
		d.user.locked = true;
		const tickets = [1, 2, 3, 4].map(() => d.coc.addTicket().number);
		d.coc.fault({ kind: 'expiredToken', match: { ticket: tickets[2]! } });
		const { success, failed } = await d.verify(
			credential,
			tickets.map((ticket) => ({ ticket })),
			withOptions({ concurrency: 1 }),
		);
		expect(success.map(({ ticket }) => ticket)).toEqual(tickets.slice(0, 2));
		expect(failed.map(({ details }) => details.outcome)).toEqual(['refused', 'notSent']);
		expect(d.iam.requests).toHaveLength(1);
	});
});
