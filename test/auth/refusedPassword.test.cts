/** A password that IAM refuses is left alone, by all executions and all processes of n8n. */
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { anotherProcess } from '../support/anotherProcess.cts';
import { LIST, useDeployment } from '../support/deployment.cts';
import { iamError } from '../standin/iam.cts';
import type { Packages, StoredCredential } from '../engine/index.cts';

let onRequest: ((path: string) => void) | undefined;
const d = useDeployment({ coc: { onRequest: ({ path }) => onRequest?.(path) } });
let worker: Packages;
beforeAll(async () => {
	worker = await anotherProcess();
});
afterEach(() => {
	onRequest = undefined;
	jest.restoreAllMocks();
});

const MINUTE = 60_000;
const wrong = () => d.credential('iamUser', { password: 'wrong password' });
const correct = ({ data }: StoredCredential) => void (data.password = d.user.password);
const onWorker = (credential: StoredCredential, count = 1) =>
	d.verify(credential, count, {}, { packages: worker });
function later(minutes: number) {
	jest.restoreAllMocks();
	const time = Date.now() + minutes * MINUTE;
	jest.spyOn(Date, 'now').mockImplementation(() => time);
}

describe('IAM’s no to a password', () => {
	test('counts for 15 minutes in all processes: the user is never locked', async () => {
		const credential = wrong();
		for (const minutes of [0, 0.6, 2, 5, 10, 14]) {
			later(minutes);
			for (const { failed } of [await d.verify(credential, 2), await onWorker(credential, 2)]) {
				expect(failed).toHaveLength(2);
				for (const { error, details } of failed) {
					expect(error).toMatch(/IAM refuses to sign in/);
					expect(error).toMatch(/'Password'/);
					expect(details.outcome).toBe('notSent');
				}
			}
		}
		expect(d.iam.requests).toHaveLength(1);
		later(15.1);
		await d.verify(credential, 2);
		await onWorker(credential, 2);
		expect(d.iam.requests).toHaveLength(2);
		expect(d.user.locked).toBe(false);
	});

	test('is told in IAM’s words, with when it said so and until when it counts', async () => {
		const credential = wrong();
		await d.verify(credential);
		later(1);
		const [{ error } = { error: '' }] = (await d.verify(credential)).failed;
		expect(error).toMatch(/"The username or password is wrong\."/);
		expect(error).toMatch(/IAM said so at \d{4}-.*not asked again until.*corrected.*or until/);
	});

	test('holds for other nodes and the credential test as well', async () => {
		const credential = wrong();
		await d.verify(credential);
		later(1);
		const url = d.coc.url + LIST;
		await expect(d.request(credential, { url })).rejects.toThrow(/IAM refuses to sign in/);
		expect((await d.test(credential)).message).toMatch(/IAM refuses to sign in/);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('counts no more once the password is corrected, in every process', async () => {
		const credential = wrong();
		await d.verify(credential);
		await onWorker(credential);
		correct(credential);
		expect((await onWorker(credential)).success).toHaveLength(1);
		expect((await d.verify(credential)).success).toHaveLength(1);
		expect(await d.test(credential)).toMatchObject({ status: 'OK' });
	});

	test('leaves no secret in what n8n stores of it', async () => {
		const credential = wrong();
		await d.verify(credential);
		const { decision, decisionFingerprint } = credential.data;
		expect(decision).toBe('refused');
		expect(decisionFingerprint).toMatch(/^[0-9a-f]{16}\.[0-9a-f]{8}$/);
	});

	test('is something else than an IAM that could not be asked', async () => {
		d.iam.fault({ kind: 'raw', ...iamError(503, 'Maintenance.'), times: 1 });
		const credential = d.credential('iamUser');
		expect((await d.verify(credential)).failed).toHaveLength(1);
		expect(credential.data).not.toHaveProperty('decision');
		later(1);
		expect((await d.verify(credential)).success).toHaveLength(1);
	});
});

describe('once COC has refused a token', () => {
	test('an older one of another sign-in doesn’t count: a new one is got', async () => {
		const credential = await d.signedIn();
		const own = structuredClone(credential.data);
		// Another process has signed in as well, and stores its token while this one is at work.
		later(1);
		delete credential.data.sessionToken;
		expect((await onWorker(credential)).success).toHaveLength(1);
		const others = credential.data;
		expect(others.sessionToken).not.toBe(own.sessionToken);
		credential.data = own;
		d.iam.requests.length = 0;

		later(2);
		onRequest = () => {
			onRequest = undefined;
			for (const token of d.user.tokens) d.coc.expireToken(token);
			credential.data = others;
		};
		const { success, failed } = await d.verify(credential, 20);
		expect(failed).toEqual([]);
		expect(success).toHaveLength(20);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('a token that another process got afterwards does count', async () => {
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		const before = structuredClone(credential.data);
		later(1);
		expect((await onWorker(credential)).success).toHaveLength(1);
		const renewed = credential.data;
		credential.data = before;
		d.iam.requests.length = 0;
		onRequest = () => {
			onRequest = undefined;
			credential.data = renewed;
		};
		expect((await d.verify(credential, 5)).success).toHaveLength(5);
		expect(d.iam.requests).toHaveLength(0);
	});
});
