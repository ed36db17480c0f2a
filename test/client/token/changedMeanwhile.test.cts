/** The stored credential changes while the node runs: by another worker, or in the editor. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { StoredCredential } from '../../engine/index.cts';
import { built } from '../../support/built.cts';
import { useClock } from '../../support/clock.cts';
import { useDeployment } from '../../support/deployment.cts';
import { withOptions } from '../../support/watch.cts';
import type * as credentialSource from '../../../nodes/auth/credential.ts';

let onRequest: ((path: string) => void) | undefined;
const clock = useClock();
const { now } = clock;
const d = useDeployment({ coc: { now, onRequest: ({ path }) => onRequest?.(path) }, iam: { now } });
afterEach(() => {
	onRequest = undefined;
});

const MINUTE = 60_000;
const oneByOne = withOptions({ concurrency: 1 });
const sessionToken = ({ data }: StoredCredential) => data.sessionToken as string;

describe('another worker has renewed the token', () => {
	const { storeSession, readCredential } = built<typeof credentialSource>('nodes/auth/credential');

	/** What another process of n8n does: it gets a token and stores it. */
	function renewElsewhere(credential: StoredCredential) {
		const read = readCredential(credential.data, Date.now());
		if (!read.ok || read.value.authentication.kind !== 'iamUser')
			throw new Error('Not an IAM user');
		const { userId } = d.user;
		const token = d.coc.issueToken({ userId });
		const expiresAt = new Date(Date.now() + 24 * 60 * MINUTE).toISOString();
		const session = storeSession(
			{ token, expiresAt, userId, signedInAt: Date.now() },
			read.value.authentication.login,
		);
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
		expect((await d.verify(credential, 6, oneByOne)).success).toHaveLength(6);
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
			clock.forward = 24 * 60 * MINUTE - 5 * MINUTE;
			renewed = renewElsewhere(credential);
		};
		expect((await d.verify(credential, 4, oneByOne)).success).toHaveLength(4);
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
		const { success, failed } = await d.verify(credential, 4, oneByOne);
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
