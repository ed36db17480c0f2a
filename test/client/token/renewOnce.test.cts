/** A refused token is renewed and the item sent once more, among the other tries. */
import { describe, expect, test } from '@jest/globals';
import { HANDLE, useDeployment } from '../../support/deployment.cts';
import type { Fault } from '../../standin/index.cts';
import { withOptions } from '../../support/watch.cts';

const d = useDeployment();

const refused: Fault = { kind: 'expiredToken', match: { path: HANDLE } };
const throttled: Fault = { kind: 'status', status: 429, match: { path: HANDLE } };

describe('an item whose token is refused', () => {
	test.each([
		['before', [refused, throttled]],
		['after', [throttled, refused]],
	])('is sent with a new one %s another try', async (_when, faults) => {
		const credential = await d.signedIn();
		for (const fault of faults) d.coc.fault(fault);
		const { success } = await d.verify(credential);
		expect(success).toHaveLength(1);
		expect(d.writes()).toHaveLength(3);
		expect(d.iam.requests).toHaveLength(1);
	});

	test.each([
		['at once', [refused, refused], 2],
		['after another try', [refused, throttled, refused], 3],
	])('is not sent with a third one, when the new one is refused %s', async (_w, faults, sent) => {
		const credential = await d.signedIn();
		for (const fault of faults) d.coc.fault(fault);
		const { failed } = await d.verify(credential);
		expect(failed[0]?.details).toMatchObject({ outcome: 'refused', httpStatus: 401 });
		expect(d.writes()).toHaveLength(sent);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('while its record is read, is looked for with the new one', async () => {
		const credential = await d.signedIn();
		d.coc.fault({ kind: 'resetAfter', match: { path: HANDLE } });
		d.coc.fault({ kind: 'expiredToken', match: { path: /list-histories/ } });
		const { success } = await d.verify(credential);
		expect(success).toMatchObject([{ outcome: 'recovered' }]);
		expect(d.writes()).toHaveLength(1);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('among a hundred, in the middle of the run, costs one sign-in', async () => {
		const credential = await d.signedIn();
		const tickets = Array.from({ length: 100 }, () => d.coc.addTicket().number);
		d.coc.fault({ kind: 'latency', ms: 50, times: 1000 });
		const old = credential.data.sessionToken as string;
		const running = d.verify(
			credential,
			tickets.map((ticket) => ({ ticket })),
			withOptions({ concurrency: 20 }),
		);
		while (d.writes().length < 40) await new Promise((resolve) => setTimeout(resolve, 5));
		d.coc.expireToken(old);
		const { success } = await running;
		expect(success).toHaveLength(100);
		expect(d.iam.requests).toHaveLength(1);
		expect(d.writes().filter(({ applied }) => applied)).toHaveLength(100);
		expect(d.writes().length).toBeLessThanOrEqual(121);
	});
});
