// What is tried again, because it is proven that nothing was done, and what never.
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { startStandIn, type Fault } from '../standin/index.cts';
import { failLookups, startDoor } from '../support/door.cts';
import { cocRefuses } from '../run/faults/coc.cts';
import { closedPort, endLater, endServersAfterEach } from '../support/loopback.cts';
import { failure, SUCCESS } from '../support/coc.cts';
import { HANDLE, outcomes, tally, useWatchedCoc, withOptions } from '../support/watch.cts';
import { inReality, useQuickTime } from '../support/quickTime.cts';

endServersAfterEach();
afterEach(() => {
	jest.restoreAllMocks();
});

const throttled: Fault = { kind: 'status', status: 429 };
const asItems = (tickets: string[]) => tickets.map((ticket) => ({ ticket }));

describe('an item is sent again and applied', () => {
	useQuickTime();
	const coc = useWatchedCoc();
	const provably: Array<[string, Fault]> = [
		['too many requests', throttled],
		['too many requests, in older words', { ...throttled, code: 'APIG.0308' }],
		['too many requests, as a web page', { kind: 'html', status: 429 }],
		['an IAM that is down', { kind: 'status', status: 503, code: 'APIGW.0613' }],
		['an IAM that is down, in older words', { kind: 'status', status: 503, code: 'APIG.0613' }],
	];

	test.each(provably)('after %s', async (_name, fault) => {
		const ticket = coc.ticket();
		coc.standIn.fault({ ...fault, times: 2 });
		const { success } = await coc.verify([{ ticket, result: false }]);
		expect(success).toMatchObject([{ json: { ticket, outcome: 'applied', response: SUCCESS } }]);
		expect(coc.writes()).toHaveLength(3);
		expect(new Set(coc.writes().map(({ text }) => text)).size).toBe(1);
		expect(coc.reads()).toEqual([]);
		expect(coc.entries(ticket)).toHaveLength(1);
	});

	test.each([
		['ENOTFOUND', 'getaddrinfo'],
		['EAI_AGAIN', 'getaddrinfo'],
		['ECONNREFUSED', 'connect'],
		['EHOSTUNREACH', 'connect'],
		['ENETUNREACH', 'connect'],
	])('after %s', async (code, syscall) => {
		coc.credential.data.endpoint = coc.standIn.url.replace('127.0.0.1', 'localhost');
		const lookups = failLookups(2, code, syscall);
		const { success, failed } = await coc.verify([{}]);
		expect(failed.map(({ json }) => json.error)).toEqual([]);
		expect(success).toHaveLength(1);
		expect(lookups.count).toBe(3);
		expect(coc.requests()).toHaveLength(1);
	});
});

describe('an item is sent again and applied, in real time,', () => {
	const coc = useWatchedCoc();

	test('once somebody listens at the port again', async () => {
		const port = await closedPort();
		coc.credential.data.endpoint = `http://127.0.0.1:${port}`;
		const running = coc.verify([{ ticket: 'IM1' }]);
		await new Promise((resolve) => setTimeout(resolve, 300));
		const back = await startStandIn({ port });
		endLater(back);
		back.addTicket({ number: 'IM1' });
		const { failed } = await running;
		// It got there, where nobody knows its token.
		expect(back.requests.map(({ ticket }) => ticket)).toContain('IM1');
		expect(failed[0]?.json.details.errorCode).not.toBe('ECONNREFUSED');
	});
});

describe('over TLS', () => {
	const coc = useWatchedCoc({ tls: true });

	test('an item is sent again and applied when no TLS was spoken at first', async () => {
		const door = await startDoor(coc.standIn.url, 2, 'HTTP/1.1 400 Bad Request\r\n\r\n');
		Object.assign(coc.credential.data, {
			endpoint: `https://127.0.0.1:${door.port}`,
			ignoreSslIssues: true,
		});
		const { success, failed } = await coc.verify([{}]);
		expect(failed.map(({ json }) => json.error)).toEqual([]);
		expect(success).toHaveLength(1);
		expect(door.knocks).toBe(3);
	});

	test('a certificate that is not trusted is not tried again', async () => {
		const door = await startDoor(coc.standIn.url, 0);
		const { outcome } = await failure(coc, `https://127.0.0.1:${door.port}`);
		expect(outcome).toBe('notSent');
		expect(door.knocks).toBe(1);
		expect(coc.requests()).toEqual([]);
	});
});

describe('an item is not sent again', () => {
	const coc = useWatchedCoc();
	const never: Array<[string, Fault]> = [
		...cocRefuses.map(({ name, fault }) => [name, fault] as [string, Fault]),
		...[400, 403, 404, 409, 413, 422].map((status): [string, Fault] => [
			`the gateway answers ${status}`,
			{ kind: 'status', status },
		]),
		['the token is refused', { kind: 'expiredToken' }],
		['wrong authentication', { kind: 'expiredToken', code: 'APIGW.0305' }],
		['the address redirects', { kind: 'redirect', status: 307, location: HANDLE }],
	];

	test('after a refusal, whatever its kind', async () => {
		const tickets = coc.tickets(never.length);
		never.forEach(([, fault], index) => {
			coc.standIn.fault({ ...fault, match: { ticket: tickets[index]! } });
		});
		const run = await coc.verify(asItems(tickets));
		expect(tally(outcomes(run))).toEqual({ refused: never.length });
		const sent = tickets.map((ticket, index) => [never[index]?.[0], coc.writes(ticket).length]);
		expect(sent).toEqual(never.map(([name]) => [name, 1]));
		expect(coc.reads()).toEqual([]);
	});

	test('more than three times, and then says what COC said', async () => {
		coc.standIn.fault({ ...throttled, times: 100 });
		const { failed } = await coc.verify([{}]);
		expect(coc.writes()).toHaveLength(4);
		expect(failed[0]?.json.details).toMatchObject({
			outcome: 'refused',
			httpStatus: 429,
			errorCode: 'APIGW.0308',
		});
	});

	test('together with those that failed with it', async () => {
		const tickets = coc.tickets(40);
		for (const ticket of tickets) coc.standIn.fault({ ...throttled, match: { ticket } });
		await coc.verify(asItems(tickets), withOptions({ concurrency: 40 }));
		const order = (time: number) =>
			tickets
				.map((ticket) => coc.writes(ticket)[time]!)
				.sort((a, b) => coc.requests().indexOf(a) - coc.requests().indexOf(b))
				.map(({ ticket }) => ticket);
		const [first, second] = [order(0), order(1)];
		// With full jitter half of all pairs change places, on a busy machine fewer; without it hardly any.
		const swapped = first.flatMap((one, index) =>
			first.slice(index + 1).filter((other) => second.indexOf(other) < second.indexOf(one)),
		);
		expect(swapped.length).toBeGreaterThan(30);
		expect(swapped.length).toBeLessThan(630);
	});
});

describe('Retry-After', () => {
	useQuickTime();
	const coc = useWatchedCoc();
	const waited = () => coc.writes()[1]!.at - coc.writes()[0]!.at;

	test('in seconds is honoured', async () => {
		coc.standIn.fault({ ...throttled, retryAfter: '2' });
		expect((await coc.verify([{}])).success).toHaveLength(1);
		expect(waited()).toBeGreaterThanOrEqual(1990);
		expect(waited()).toBeLessThan(2000 + inReality(6000));
	});

	test('as a date is honoured', async () => {
		const date = new Date(Date.now() + 3000).toUTCString();
		coc.standIn.fault({ ...throttled, retryAfter: date });
		expect((await coc.verify([{}])).success).toHaveLength(1);
		expect(coc.writes()[1]!.at).toBeGreaterThanOrEqual(Date.parse(date) - 10);
		expect(waited()).toBeLessThan(3000 + inReality(6000));
	});

	test.each(['0', '-5', 'soon', '', 'Thu, 01 Jan 1970 00:00:10 GMT', '9'.repeat(400)])(
		'of %j does not hold the item',
		async (retryAfter) => {
			coc.standIn.fault({ ...throttled, retryAfter });
			expect((await coc.verify([{}])).success).toHaveLength(1);
			expect(waited()).toBeLessThan(inReality(5000));
		},
	);

	test.each(['29', '30'])('of %j seconds is waited for, not passed over', async (retryAfter) => {
		coc.standIn.fault({ ...throttled, retryAfter });
		const stop = new AbortController();
		setTimeout(() => stop.abort(), 1500);
		const { status } = await coc.verify([{}], {}, { signal: stop.signal });
		expect(status).toBe('canceled');
		expect(coc.requests()).toHaveLength(1);
	});

	test('holds the other items back as well: the gateway asked all of them', async () => {
		const tickets = coc.tickets(6);
		coc.standIn.fault({ ...throttled, retryAfter: '2', match: { ticket: tickets[0]! } });
		coc.standIn.fault({ kind: 'latency', ms: 100, match: { ticket: tickets[1]! } });
		const { success } = await coc.verify(asItems(tickets), withOptions({ concurrency: 2 }));
		expect(success).toHaveLength(6);
		const [first, , ...later] = coc.writes();
		for (const { at } of later) expect(at - first!.at).toBeGreaterThanOrEqual(1950);
	});
});
