/** What can go wrong with a request, by chance; nothing here lies about what COC did. */
import type { Random } from '../support/random.cts';
import type { Disturbance, Latency } from '../standin/index.cts';
import { chance, weighted } from './dice.cts';

export interface Trouble {
	/** What the tally counts it as. */
	name: string;
	faults: Array<Latency | Disturbance>;
}

interface Dice {
	dice: Random;
	/** Whether COC did what was asked before the trouble began: chance decides. */
	apply: boolean;
	now: number;
	timeoutMs: number;
}

type Make = (by: Dice) => Disturbance | Array<Latency | Disturbance>;

/** The gateway ends these before COC sees the request. */
const REFUSED = [
	...[400, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421],
	...[422, 423, 424, 425, 426, 428, 431, 451, 494, 499],
];
/** They leave open what COC did. */
const TROUBLED = [408, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 522, 524, 599];
const REDIRECTED = [301, 302, 303, 307, 308];
/** Complete answers with status 200 that are no envelope of COC's. */
const FOREIGN = [
	...['null', '[]', '{}', '"GOM.00000000"', '0', 'true', '\u0000', '{"data":null}'],
	...['{"error_code":null}', '{"error_code":{}}', '{"error_code":""}', '\ufeff', 'GOM.00000000'],
	`${'['.repeat(20_000)}${']'.repeat(20_000)}`,
	'{"__proto__":{"error_code":"GOM.00000000"}}',
	Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
	'<html><body>Please accept the terms of use of this network</body></html>',
];

const status = (code: number, { apply }: Dice): Disturbance => ({
	kind: 'status',
	status: code,
	apply,
	// 503 with the documented code would say that COC was never asked.
	...(code === 503 && { code: 'APIGW.0201' }),
});

const httpDate = (at: number) => new Date(at).toUTCString();

/** With an open end for the item: something may have happened. */
const LOST: Array<readonly [number, string, Make]> = [
	[6, 'reset before COC did it', () => ({ kind: 'resetBefore' })],
	[8, 'reset after COC did it', () => ({ kind: 'resetAfter' })],
	[5, 'no answer', ({ apply }) => ({ kind: 'hang', apply })],
	// COC does it when the client has given up.
	[
		3,
		'done after the time-out',
		({ dice, timeoutMs }) => [latency(timeoutMs + 50 + dice.below(500))],
	],
	[7, 'status 408, 5xx', (by) => status(by.dice.pick(TROUBLED), by)],
	[2, 'web page with 5xx', (by) => ({ kind: 'html', status: 502, apply: by.apply })],
	[3, 'web page with 200', ({ apply }) => ({ kind: 'html', apply })],
	[3, 'empty body', ({ apply, dice }) => ({ kind: 'empty', status: pick204(dice), apply })],
	[3, 'half the body, then reset', ({ apply }) => ({ kind: 'truncated', apply })],
	[3, 'half the JSON', ({ apply }) => ({ kind: 'truncated', complete: true, apply })],
	[2, 'endless body', ({ apply }) => ({ kind: 'endless', apply })],
	[
		2,
		'too slow a drip',
		({ apply, timeoutMs }) => ({ kind: 'drip', everyMs: timeoutMs / 20, apply }),
	],
	[3, 'foreign JSON', ({ dice, apply }) => foreign(dice, apply)],
	[1, 'oversized body', ({ apply }) => ({ ...OVERSIZED, apply })],
];

/** COC did nothing, and the answer says so. */
const NOT_DONE: Array<readonly [number, string, Make]> = [
	[6, 'throttled', () => ({ kind: 'status', status: 429 })],
	[1, 'throttled for a second', () => ({ kind: 'status', status: 429, retryAfter: '1' })],
	[
		1,
		'throttled until a time',
		({ now }) => ({ kind: 'status', status: 429, retryAfter: httpDate(now + 1000) }),
	],
	[1, 'throttled, nonsense delay', () => ({ kind: 'status', status: 429, retryAfter: 'soon' })],
	[4, 'IAM down', () => ({ kind: 'status', status: 503, code: 'APIGW.0613' })],
	[
		1,
		'IAM down for a second',
		() => ({ kind: 'status', status: 503, code: 'APIGW.0613', retryAfter: '1' }),
	],
];

/** COC did nothing, and nobody should ask again. */
const REFUSALS: Array<readonly [number, string, Make]> = [
	[4, 'status 4xx', ({ dice }) => ({ kind: 'status', status: dice.pick(REFUSED) })],
	[1, 'web page with 4xx', () => ({ kind: 'html', status: 403 })],
	[
		2,
		'redirect',
		({ dice }) => ({
			kind: 'redirect',
			status: dice.pick(REDIRECTED),
			location: 'http://127.0.0.1:9/elsewhere',
		}),
	],
	[1, 'error code with 200', () => error(200)],
	[1, 'error code with 400', () => error(400)],
];

/** Slow, but whole: nothing is wrong. */
const SLOW: Array<readonly [number, string, Make]> = [
	[4, 'slow answer', ({ dice }) => [latency(100 + dice.below(300))]],
	[1, 'slow drip in time', () => ({ kind: 'drip', everyMs: 2, apply: true })],
];

const OVERSIZED: Disturbance = {
	kind: 'raw',
	status: 200,
	headers: { 'Content-Type': 'application/json' },
	body: `{"provider_code":"049","error_msg":"${'and so on '.repeat(300_000)}"}`,
};

function latency(ms: number): Latency {
	return { kind: 'latency', ms };
}

function error(code: number): Disturbance {
	const message = 'The field[operator] is not a person of COC.';
	return { kind: 'errorCode', status: code, code: 'COC.00010002', message };
}

function pick204(dice: Random): number {
	return dice.pick([200, 200, 201, 204]);
}

function foreign(dice: Random, apply: boolean): Disturbance {
	const headers = { 'Content-Type': dice.pick(['application/json', 'text/plain']) };
	return { kind: 'raw', status: 200, headers, body: dice.pick(FOREIGN), apply };
}

export interface Shares {
	/** How many of the requests have trouble, 0 … 1. */
	share: number;
	/** How long the client waits: what is slower is lost. */
	timeoutMs: number;
	/** How many of these are refusals for no reason of the request's, 0 … 1. */
	refusals: number;
}

/** What happens to one request; null: nothing, beside some milliseconds of latency. */
export function troubleFor(
	dice: Random,
	now: number,
	{ share, timeoutMs, refusals }: Shares,
): Trouble | null {
	if (!chance(dice, share)) return null;
	const by = { dice, now, timeoutMs, apply: chance(dice, 0.5) };
	const kinds = chance(dice, refusals)
		? REFUSALS
		: weighted(dice, [
				[60, LOST],
				[20, NOT_DONE],
				[20, SLOW],
			]);
	const [name, make] = weighted(
		dice,
		kinds.map(([weight, ...kind]) => [weight, kind]),
	);
	const faults = make(by);
	return { name, faults: Array.isArray(faults) ? faults : [faults] };
}
