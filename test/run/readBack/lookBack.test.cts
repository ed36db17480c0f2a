// How long the look at the record takes after a lost answer: bounded in proportion to Timeout, and
// long enough to prove what can be proven. Nobody really waits: time is the test's.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type * as verifySource from '../../../nodes/CocIncident/operations/incident/verify.ts';
import type * as inputSource from '../../../nodes/fields/input.ts';
import type * as sessionSource from '../../../nodes/client/session.ts';
import type * as clientSource from '../../../nodes/client/client.ts';
import type * as ownWritesSource from '../../../nodes/run/earlierTries.ts';
import type * as policySource from '../../../nodes/client/policy.ts';
import { built } from '../../support/built.cts';

const { verify } = built<typeof verifySource>('nodes/CocIncident/operations/incident/verify');
const { itemInput } = built<typeof inputSource>('nodes/fields/input');
const { openSession } = built<typeof sessionSource>('nodes/client/session');
const { openClient } = built<typeof clientSource>('nodes/client/client');
const { createOwnWrites } = built<typeof ownWritesSource>('nodes/run/earlierTries');
const { readBackMs } = built<typeof policySource>('nodes/client/policy');

type Kind = 'write' | 'history' | 'status';
interface Answered {
	/** How long it takes, in ms; longer than the request's time-out means none. */
	ms: number;
	status?: number;
	body?: object;
	headers?: object;
}

let now = 0;
let timeoutMs = 0;
beforeEach(() => {
	now = Date.parse('2026-11-24T09:00:00Z');
	jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
		timeoutMs = ms;
		return new AbortController().signal;
	});
});
afterEach(() => {
	jest.restoreAllMocks();
});

const SUCCESS = { error_code: 'GOM.00000000', error_msg: null };
const answers = {
	history: { ...SUCCESS, data: { total: 0, info: [] } },
	status: { ...SUCCESS, data: { status: 'INCIDENT_STATUS_RESOLVED' } },
	write: { ...SUCCESS, data: null },
};
const never: Answered = { ms: Infinity };

/** One verification, in front of a COC that answers as told. */
async function run(
	timeout: number,
	chance: number,
	answer: (kind: Kind, count: number, timeout: number) => Answered | undefined,
) {
	const counts: Record<Kind, number> = { write: 0, history: 0, status: 0 };
	const at: Record<Kind, number[]> = { write: [], history: [], status: [] };
	let lostAt = 0;
	const context = {
		getNodeParameter: (name: string) =>
			({
				ticket: 'IM1',
				operator: 'f'.repeat(32),
				result: true,
				comment: 'Ok',
				options: { timeout },
			})[name],
		getNode: () => ({ type: 'cocIncident', parameters: {}, credentials: {} }),
		getCredentials: () =>
			Promise.resolve({ endpoint: 'https://coc.example', token: 'x'.repeat(40) }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: IHttpRequestOptions) => {
				const kind = url.endsWith('/handle') ? 'write' : url.endsWith('s') ? 'history' : 'status';
				at[kind].push(now);
				const {
					ms,
					status = 200,
					...given
				} = answer(kind, ++counts[kind], timeoutMs) ?? { ms: 10 };
				now += Math.min(ms, timeoutMs);
				if (kind === 'write' && ms >= timeoutMs) lostAt = now;
				if (ms >= timeoutMs) throw Object.assign(new Error('late'), { code: 'ETIMEDOUT' });
				const headers = { date: new Date(now).toUTCString(), ...given.headers };
				const body = [Buffer.from(JSON.stringify(given.body ?? answers[kind]))];
				return await Promise.resolve({ statusCode: status, headers, body });
			},
		},
	} as unknown as IExecuteFunctions;
	const session = await openSession(context);
	if (!session.ok) throw new Error(session.reason);
	const clock = {
		now: () => now,
		random: () => chance,
		sleep: async (ms: number) => {
			now += Math.ceil(ms);
			await Promise.resolve();
		},
	};
	const client = openClient(session.value, { concurrency: 10, requestsPerSecond: null }, clock);
	const item = {
		client,
		ownWrites: createOwnWrites(),
		earlier: [],
		operations: [],
		addHint: () => undefined,
		saveFile: async () => await Promise.reject(new Error('No file is expected')),
	};
	const work = verify.prepare(itemInput(context, 0, false));
	if (!('carryOut' in work)) throw new Error(work.reason);
	const [result] = [await work.carryOut(item)].flat();
	return { outcome: result?.outcome, counts, at, tookMs: now - lostAt };
}

const TIMEOUTS = [100, 700, 5000, 30_000, 300_000];
const CHANCES = [0, 0.5, 0.9];
const cases = TIMEOUTS.flatMap((timeout) => CHANCES.map((chance) => [timeout, chance] as const));

describe.each(cases)('with a Timeout of %d ms and a chance of %d', (timeout, chance) => {
	const bound = readBackMs(Math.min(timeout, 30_000), 1000);

	test.each<[string, (kind: Kind, count: number) => Answered | undefined]>([
		['every read hangs', () => never],
		['every status hangs', (kind) => (kind === 'status' ? never : undefined)],
		['every second read hangs', (_kind, count) => (count % 2 === 1 ? never : undefined)],
		[
			'every read fails at once',
			() => ({ ms: 1, status: 502, body: { error_code: 'APIGW.0201' } }),
		],
	])('the look ends in time when %s', async (_what, answer) => {
		const { outcome, tookMs, counts } = await run(timeout, chance, (kind, count) =>
			kind === 'write' ? (count === 1 ? never : { ms: 10 }) : answer(kind, count),
		);
		expect(['unknown', 'applied']).toContain(outcome);
		// Requests wait for their turn besides, by some ms each.
		if (outcome === 'unknown') expect(tookMs).toBeLessThanOrEqual(bound + 50);
		expect(counts.history).toBeGreaterThan(0);
	});

	test.each<[string, (kind: Kind, count: number, timeout: number) => Answered | undefined]>([
		['every read takes nearly all of its time', (_kind, _count, ms) => ({ ms: 0.9 * ms })],
		[
			'every read fails twice at first',
			(_kind, count) =>
				count <= 2 ? { ms: 5, status: 502, body: { error_code: 'APIGW.0201' } } : undefined,
		],
	])('what was not recorded is proven and sent again, though %s', async (_what, answer) => {
		// Later than two minutes after the first send nothing is sent again.
		if (timeout > 20_000) return;
		const { outcome, counts, at } = await run(timeout, chance, (kind, count, ms) =>
			kind === 'write' ? (count === 1 ? never : { ms: 10 }) : answer(kind, count, ms),
		);
		expect({ outcome, writes: counts.write }).toEqual({ outcome: 'applied', writes: 2 });
		const looks = at.status.length;
		expect(at.history.at(-1)! - at.history.at(-2)!).toBeGreaterThanOrEqual(1000);
		expect(looks).toBeGreaterThanOrEqual(2);
	});
});

test('a wait that COC asks for doesn’t count', async () => {
	const throttled = { ms: 5, status: 429, body: {}, headers: { 'retry-after': '20' } };
	const { outcome, counts } = await run(700, 0.5, (kind, count) => {
		if (kind === 'write') return count === 1 ? never : undefined;
		return kind === 'history' && count === 1 ? throttled : undefined;
	});
	expect({ outcome, writes: counts.write }).toEqual({ outcome: 'applied', writes: 2 });
});
