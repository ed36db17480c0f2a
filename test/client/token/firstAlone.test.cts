/** While a credential may be refused or need renewal, one request goes alone. */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { StoredCredential } from '../../engine/index.cts';
import type { Fault, RecordedRequest } from '../../standin/index.cts';
import { HANDLE, useDeployment } from '../../support/deployment.cts';
import { many, withOptions } from '../../support/watch.cts';
import { useQuickTime } from '../../support/quickTime.cts';

let underWay = 0;
/** Most requests under way at once, up to the first answer that proves the credential. */
let peakBefore = 0;
let peakAfter = 0;
let proven = false;
let proves: (request: RecordedRequest) => boolean = () => true;

useQuickTime();
const d = useDeployment({
	coc: {
		onRequest() {
			underWay++;
			if (proven) peakAfter = Math.max(peakAfter, underWay);
			else peakBefore = Math.max(peakBefore, underWay);
		},
		onAnswer(request) {
			underWay--;
			proven ||= proves(request);
		},
	},
});
afterEach(() => {
	underWay = peakBefore = peakAfter = 0;
	proven = false;
	proves = () => true;
});

const slowly = (times = 10_000) => d.coc.fault({ kind: 'latency', ms: 60, times });
/** After so many slow answers to writes nobody gets one before so many writes are under way. */
function gather(together: number, after: number): void {
	const match = { path: HANDLE };
	if (after > 0) d.coc.fault({ kind: 'latency', ms: 60, times: after, match });
	d.coc.fault({ kind: 'latency', ms: 10_000, times: 10_000, together, match });
}
const all = withOptions({ concurrency: 100 });
/** Patient enough that only what hangs counts as hanging. */
const patient = (fault: Fault) =>
	withOptions({ concurrency: 30, timeout: fault.kind === 'hang' ? 1500 : 20_000 });
const refusedSignatures = () => d.coc.requests.filter(({ userId }) => userId === null);
const isAnswered = ({ status }: RecordedRequest) => status === 200 || status === 400;

describe('an IAM user', () => {
	test('signs in once for 100 items, and the first goes alone', async () => {
		gather(51, 1);
		d.iam.fault({ kind: 'latency', ms: 200, times: 100 });
		const { success } = await d.verify(d.credential('iamUser'), 100, all);
		expect(success).toHaveLength(100);
		expect(d.iam.requests).toHaveLength(1);
		expect(peakBefore).toBe(1);
		expect(peakAfter).toBeGreaterThan(50);
	});

	test('with an expired token renews it once, and costs one refused request', async () => {
		const credential = await d.signedIn();
		proven = false;
		peakBefore = 0;
		proves = ({ applied }) => applied;
		d.coc.expireToken(credential.data.sessionToken as string);
		gather(51, 2);
		const { success } = await d.verify(credential, 100, all);
		expect(success).toHaveLength(100);
		expect(d.iam.requests).toHaveLength(1);
		expect(d.writes()).toHaveLength(101);
		expect(d.writes()[0]?.ticket).toBe(d.writes()[1]?.ticket);
		expect(peakBefore).toBe(1);
		expect(peakAfter).toBeGreaterThan(50);
	});

	test('does not wait for an item that sends nothing', async () => {
		gather(11, 1);
		const items = [{ comment: '' }, { ticket: 'I M' }, ...Array.from({ length: 20 }, () => ({}))];
		const { success, failed } = await d.verify(d.credential('iamUser'), items, all);
		expect(success).toHaveLength(20);
		expect(failed).toHaveLength(2);
		expect(peakBefore).toBe(1);
		expect(peakAfter).toBeGreaterThan(10);
	});

	test('whose password is wrong asks IAM once, for 100 items', async () => {
		const { failed } = await d.verify(d.credential('iamUser', { password: 'wrong' }), 100, all);
		expect(failed).toHaveLength(100);
		for (const { details } of failed) expect(details.outcome).toBe('notSent');
		expect(d.iam.requests).toHaveLength(1);
		expect(d.coc.requests).toEqual([]);
	});
});

describe('a token', () => {
	test('holds nobody back: it can be neither renewed nor locked', async () => {
		gather(51, 0);
		const { success } = await d.verify(d.credential('token'), 100, all);
		expect(success).toHaveLength(100);
		expect(peakBefore).toBeGreaterThan(50);
	});
});

describe('an access key', () => {
	test('goes alone until COC has accepted it, and then with all', async () => {
		gather(51, 1);
		const { success } = await d.verify(d.credential('accessKey'), 100, all);
		expect(success).toHaveLength(100);
		expect(peakBefore).toBe(1);
		expect(peakAfter).toBeGreaterThan(50);
	});

	test('is proven by a refusal of COC itself, too', async () => {
		gather(21, 1);
		const items = [{ ticket: 'IM404' }, ...Array.from({ length: 40 }, () => ({}))];
		const { success } = await d.verify(d.credential('accessKey'), items, all);
		expect(success).toHaveLength(40);
		expect(peakBefore).toBe(1);
		expect(peakAfter).toBeGreaterThan(20);
	});

	const inconclusive: Array<[string, Fault]> = [
		['a lost connection', { kind: 'resetBefore' }],
		['too many requests', { kind: 'status', status: 429 }],
		['an error of the gateway', { kind: 'status', status: 500 }],
		['an IAM that is down', { kind: 'status', status: 503, code: 'APIGW.0613' }],
		['a time-out', { kind: 'hang' }],
		['a web page', { kind: 'html' }],
	];

	test.each(inconclusive)('is not proven by %s: one request at a time', async (_name, fault) => {
		proves = isAnswered;
		gather(11, 4);
		// The stand-in judges no signature of these.
		d.coc.fault({ ...fault, times: 3 });
		await d.verify(d.credential('accessKey'), 30, patient(fault));
		expect(d.coc.requests.length).toBeGreaterThan(30);
		expect(peakBefore).toBe(1);
		expect(peakAfter).toBeGreaterThan(10);
	});

	const wrong = (): StoredCredential =>
		d.credential('accessKey', { secretAccessKey: 'wrong'.repeat(8) });

	test('that is wrong is refused once, for 100 items at a time', async () => {
		slowly();
		const { failed } = await d.verify(wrong(), 100, all);
		expect(d.coc.requests).toHaveLength(1);
		expect(failed.map(({ details }) => details.outcome)).toEqual([
			'refused',
			...many(99, 'notSent'),
		]);
	});

	test.each(inconclusive)(
		'that is wrong is not locked when %s hides that',
		async (_name, fault) => {
			slowly();
			d.coc.fault({ ...fault, times: 2 });
			const { success } = await d.verify(wrong(), 40, patient(fault));
			expect(success).toEqual([]);
			expect(refusedSignatures().filter(({ status }) => status === 401)).toHaveLength(1);
			// Those that were not judged may have counted as well.
			expect(refusedSignatures().length).toBeLessThanOrEqual(5);
			expect(peakBefore).toBe(1);
		},
	);
});
