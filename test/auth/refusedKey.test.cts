/** A refused access key is left alone, by all executions and all processes of n8n. */
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { anotherProcess } from '../support/anotherProcess.cts';
import { LIST, useDeployment } from '../support/deployment.cts';
import { outcomeOf, tally } from '../support/watch.cts';
import type { Packages, StoredCredential } from '../engine/index.cts';

/** How far COC's clock is ahead. */
let ahead = 0;
const d = useDeployment({ coc: { now: () => Date.now() + ahead } });
let worker: Packages;
beforeAll(async () => {
	worker = await anotherProcess();
});
afterEach(() => {
	ahead = 0;
	jest.restoreAllMocks();
});

const MINUTE = 60_000;
const wrong = (more = {}) =>
	d.credential('accessKey', { secretAccessKey: 'wrong'.repeat(8), ...more });
const correct = (credential: StoredCredential) =>
	void (credential.data.secretAccessKey = d.key.secretAccessKey);
const onWorker = (credential: StoredCredential, count = 1) =>
	d.verify(credential, count, {}, { packages: worker });
/** So many executions of one ticket each. */
const executions = async (count: number, run: () => ReturnType<typeof d.verify>) => {
	const runs = await Promise.all(Array.from({ length: count }, run));
	return tally(runs.flatMap(({ success, failed }) => [...success, ...failed].map(outcome)));
};
const outcome = (json: object) => outcomeOf(json as Parameters<typeof outcomeOf>[0]);
const refusals = () => d.coc.requests.filter(({ status }) => status === 401).length;
function later(minutes: number) {
	const time = Date.now() + minutes * MINUTE;
	jest.spyOn(Date, 'now').mockImplementation(() => time);
}

describe('50 executions at the same moment', () => {
	const slowly = () => d.coc.fault({ kind: 'latency', ms: 1000, times: 200 });

	test('try a wrong key once', async () => {
		slowly();
		const credential = wrong();
		expect(await executions(50, () => d.verify(credential))).toEqual({ refused: 1, notSent: 49 });
		expect(d.coc.requests).toHaveLength(1);
		// It isn't locked.
		correct(credential);
		expect((await d.verify(credential)).success).toHaveLength(1);
	});

	test('in two processes try it once each', async () => {
		slowly();
		const credential = wrong();
		await Promise.all([
			executions(25, () => d.verify(credential)),
			executions(25, () => onWorker(credential)),
		]);
		expect(refusals()).toBeLessThanOrEqual(2);
		expect(d.coc.requests).toHaveLength(refusals());
	});

	test('with a good key are all done, and wait for the first alone', async () => {
		d.coc.fault({ kind: 'latency', ms: 200, times: 200 });
		const credential = d.credential('accessKey');
		expect(await executions(50, () => d.verify(credential))).toEqual({ applied: 50 });
		expect(d.coc.peakConnections).toBeGreaterThan(5);
	});

	test('try it one after the other while nothing is known of it', async () => {
		d.coc.fault({ kind: 'status', status: 500, times: 1 });
		d.coc.fault({ kind: 'latency', ms: 100, times: 200 });
		const credential = wrong();
		await executions(10, () => d.verify(credential));
		expect(refusals()).toBe(1);
	});
});

describe('a refusal counts', () => {
	test('for 15 minutes, and then for one more trial', async () => {
		const credential = wrong();
		await d.verify(credential);
		later(14);
		expect((await d.verify(credential, 3)).failed.map(outcome)).toEqual(Array(3).fill('notSent'));
		expect(refusals()).toBe(1);
		jest.restoreAllMocks();
		later(15.1);
		await d.verify(credential, 3);
		expect(refusals()).toBe(2);
	});

	test('for a process that has not met it, by the stored credential', async () => {
		const credential = wrong();
		await d.verify(credential);
		const { failed } = await onWorker(credential, 3);
		expect(failed.map(outcome)).toEqual(Array(3).fill('notSent'));
		expect(failed[0]?.error).toMatch(/COC refused the access key at .*until it is corrected/);
		expect(d.coc.requests).toHaveLength(1);
	});

	test('until the key is corrected, in every process', async () => {
		const credential = wrong();
		await d.verify(credential);
		await onWorker(credential);
		correct(credential);
		expect((await onWorker(credential)).success).toHaveLength(1);
		expect((await d.verify(credential)).success).toHaveLength(1);
	});

	test('for other nodes as well: nothing is signed', async () => {
		const credential = wrong();
		await d.verify(credential);
		const url = d.coc.url + LIST;
		for (const send of [
			() => d.request(credential, { url }),
			() => d.call(credential, { helper: 'httpRequestWithAuthentication', options: { url } }),
		]) {
			await expect(send()).rejects.toThrow(/COC refused the access key at/);
		}
		expect(d.coc.requests).toHaveLength(1);
	});
});

describe('what n8n stores of it', () => {
	test('holds no secret, and leaves all else as it was written', async () => {
		const accessKeyId = `={{ "${d.key.accessKeyId}" }}`;
		const credential = wrong({ accessKeyId, token: 'of another mode', scope: 'account' });
		const before = structuredClone(credential.data);
		await d.verify(credential);
		const { decision, decidedAt, decisionFingerprint, sessionToken, ...others } = credential.data;
		expect(others).toEqual(before);
		expect({ decision, sessionToken }).toEqual({ decision: 'refused', sessionToken: '' });
		expect(Math.abs(Date.parse(decidedAt as string) - Date.now())).toBeLessThan(MINUTE);
		expect(decisionFingerprint).toMatch(/^[0-9a-f]{16}\.[0-9a-f]{8}$/);
		expect((await onWorker(credential)).failed.map(outcome)).toEqual(['notSent']);
		expect(d.coc.requests).toHaveLength(1);
	});

	// n8n before 2.41 stores the decrypted data with what `preAuthentication` returns.
	test('is complete, so that no n8n stores values in the place of expressions', async () => {
		const type = d.packages.getCredentialType('huaweiCloudCocApi');
		const returned: object[] = [];
		const original = type.preAuthentication!;
		type.preAuthentication = async function (data) {
			const output = await original.call(this, data);
			returned.push({ ...data, ...output });
			return output;
		};
		try {
			const accessKeyId = `={{ "${d.key.accessKeyId}" }}`;
			const credential = wrong({ accessKeyId, token: 'of another mode' });
			const before = structuredClone(credential.data);
			await d.verify(credential);
			expect(returned).toEqual([expect.objectContaining(before)]);
		} finally {
			type.preAuthentication = original;
		}
	});
});

describe('a key that was good', () => {
	test('and is refused from then on is tried a few times at most, and left alone', async () => {
		const credential = d.credential('accessKey');
		expect(await executions(10, () => d.verify(credential))).toEqual({ applied: 10 });
		later(2);
		ahead = 60 * MINUTE;
		await executions(20, () => d.verify(credential));
		expect(refusals()).toBe(1);
	});

	test('is tried again by the credential test, whose success counts at once', async () => {
		const credential = d.credential('accessKey');
		ahead = 60 * MINUTE;
		await d.verify(credential);
		expect((await d.test(credential)).message).toMatch(/COC refused the access key at/);
		expect(refusals()).toBe(2);
		ahead = 0;
		expect(await d.test(credential)).toMatchObject({ status: 'OK' });
		expect((await d.verify(credential)).success).toHaveLength(1);
		// Where it has done something, the other processes learn of it.
		expect(credential.data.decision).toBe('accepted');
		expect((await onWorker(credential)).success).toHaveLength(1);
		expect(refusals()).toBe(2);
	});
});
