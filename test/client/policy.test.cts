// What is tried again: a write only when it is proven that nothing was done, a read whenever it may help.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import { reading } from '../coc/reading.cts';
import type * as source from '../../nodes/client/policy.ts';

const { WRITE, READ, ITEM_TOTAL_MS, MOST_LOST_SENDS } = built<typeof source>('nodes/client/policy');

type Result = Parameters<typeof WRITE.triesAgain>[0];
const answered = (httpStatus: number, body: unknown): Result => {
	const answer = reading(body, { httpStatus });
	return { outcome: answer.outcome, answer };
};
const gateway = (status: number, code: string) =>
	answered(status, { error_code: code, error_msg: 'No', request_id: '1' });
const unanswered = (kind: string, code: string | null = null) =>
	({ outcome: 'unknown', noAnswer: { kind, code } }) as Result;
const judged = (result: Result) => [WRITE.triesAgain(result), READ.triesAgain(result)];

describe('both are tried again after', () => {
	test.each<[string, Result]>([
		['a name that can’t be resolved', unanswered('dns', 'ENOTFOUND')],
		['a refused connection', unanswered('refusedConnection', 'ECONNREFUSED')],
		['an unreachable host', unanswered('unreachable', 'EHOSTUNREACH')],
		['TLS that can’t be agreed on', unanswered('tlsProtocol', 'EPROTO')],
		['429 APIGW.0308', gateway(429, 'APIGW.0308')],
		['429 APIG.0308', gateway(429, 'APIG.0308')],
		['429 with a web page', answered(429, '<html>')],
		['503 APIGW.0613', gateway(503, 'APIGW.0613')],
		['503 APIG.0613', gateway(503, 'APIG.0613')],
	])('%s', (_name, result) => {
		expect(judged(result)).toEqual([true, true]);
	});
});

describe('only a read is tried again after', () => {
	test.each<[string, Result]>([
		['a time-out', unanswered('timeout')],
		['a lost connection', unanswered('lost', 'ECONNRESET')],
		['an empty answer', answered(200, '')],
		['a web page', answered(200, '<html>')],
		['half of its JSON', answered(200, '{"error_code":"GOM')],
		['503 of another kind', gateway(503, 'APIGW.0201')],
		['503 without a word', answered(503, '')],
		['APIGW.0613 with another status', gateway(500, 'APIGW.0613')],
		...[408, 500, 501, 502, 504, 520].map((status): [string, Result] => [
			`${status}`,
			gateway(status, 'APIGW.0201'),
		]),
	])('%s', (_name, result) => {
		expect(judged(result)).toEqual([false, true]);
	});
});

describe('neither is tried again after', () => {
	test.each<[string, Result]>([
		['success', answered(200, { error_code: 'GOM.00000000', data: null })],
		['a refusal of COC', answered(400, { error_code: 'GOM.00007256', error_msg: 'No' })],
		['a refusal of COC with 200', answered(200, { error_code: 'GOM.00007256' })],
		['a certificate that is not trusted', unanswered('certificate', 'CERT_HAS_EXPIRED')],
		['a host that n8n does not allow', unanswered('blocked')],
		['the user’s stop', unanswered('cancelled')],
		['the end of the run', unanswered('stopped')],
		['the end of its retries', unanswered('budgetSpent')],
		['a credential that can’t be used', { outcome: 'notSent', fault: { reason: 'No' } }],
		...[301, 307, 400, 401, 403, 404, 405, 409, 413, 422].map((status): [string, Result] => [
			`${status}`,
			answered(status, ''),
		]),
	])('%s', (_name, result) => {
		expect(judged(result)).toEqual([false, false]);
	});
});

test('an item is tried a few times only, for about two minutes', () => {
	for (const { tries } of [WRITE, READ]) {
		expect(tries).toBeGreaterThanOrEqual(3);
		expect(tries).toBeLessThanOrEqual(5);
	}
	expect(MOST_LOST_SENDS).toBeLessThanOrEqual(WRITE.tries);
	expect(ITEM_TOTAL_MS).toBeLessThanOrEqual(180_000);
});
