/** An IAM user's token nears its end: it is renewed before any request meets that. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { useClock } from '../../support/clock.cts';
import { HANDLE, useDeployment } from '../../support/deployment.cts';
import { withOptions } from '../../support/watch.cts';

let onRequest: ((path: string) => void) | undefined;
const clock = useClock();
const { now } = clock;
const d = useDeployment({ coc: { now, onRequest: ({ path }) => onRequest?.(path) }, iam: { now } });
afterEach(() => {
	onRequest = undefined;
});

const MINUTE = 60_000;
const oneByOne = withOptions({ concurrency: 1 });
const refusedWrites = () => d.writes().filter(({ applied }) => !applied).length;

describe('a token is renewed before it ends', () => {
	test('so that no request meets its end', async () => {
		const credential = await d.signedIn();
		clock.forward = 24 * 60 * MINUTE - 5 * MINUTE;
		expect((await d.verify(credential, 3)).success).toHaveLength(3);
		expect(d.iam.signIns).toBe(1);
		expect(refusedWrites()).toBe(0);
		expect(d.writes()[0]?.headers['x-auth-token']).toBe(d.user.tokens[1]);
		const end = Date.parse(credential.data.sessionExpiresAt as string);
		expect(end - Date.now()).toBeGreaterThan(23 * 60 * MINUTE);
	});

	test('when its end is long past', async () => {
		const credential = await d.signedIn();
		clock.forward = 30 * 24 * 60 * MINUTE;
		expect((await d.verify(credential)).success).toHaveLength(1);
		expect(refusedWrites()).toBe(0);
	});

	test('not while it lasts', async () => {
		const credential = await d.signedIn();
		clock.forward = 23 * 60 * MINUTE;
		await d.verify(credential, 2);
		expect(d.iam.requests).toEqual([]);
	});

	test('in the middle of a long run, between two items', async () => {
		const credential = await d.signedIn();
		onRequest = () => {
			if (d.writes().length === 3) clock.forward = 24 * 60 * MINUTE - 9 * MINUTE;
		};
		expect((await d.verify(credential, 6, oneByOne)).success).toHaveLength(6);
		expect(d.iam.signIns).toBe(1);
		expect(refusedWrites()).toBe(0);
	});

	test('again and again in a run of several days', async () => {
		const credential = d.credential('iamUser');
		onRequest = (path) => void (path === HANDLE && (clock.forward += 12 * 60 * MINUTE));
		expect((await d.verify(credential, 8, oneByOne)).success).toHaveLength(8);
		expect(refusedWrites()).toBe(0);
		expect(d.iam.signIns).toBe(4);
	});

	test.each(['', 'tomorrow', undefined, null])('and when its end is not known: %j', async (end) => {
		const credential = await d.signedIn();
		credential.data.sessionExpiresAt = end as string;
		// A sign-in of just now would still count.
		clock.forward = 2 * MINUTE;
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
		clock.ahead = 25 * 60 * MINUTE;
		const { failed } = await d.verify(d.credential('iamUser'), 2);
		for (const { error } of failed) expect(error).toMatch(/clock/i);
		expect(d.iam.requests).toHaveLength(1);
	});
});
