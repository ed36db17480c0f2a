// What is told of what stands between n8n and COC: its answers, and where it fails.
import { describe, expect, test } from '@jest/globals';
import type * as source from '../../nodes/errors/failure.ts';
import { built } from '../support/built.cts';
import { reading, shown, words } from '../coc/reading.cts';

const { answerFailure, noAnswerFailure } = built<typeof source>('nodes/errors/failure');

/** The failure that an answer becomes, judged as the node judges it. */
function failed(httpStatus: number, body: unknown, headers: Record<string, string> = {}) {
	const answer = reading(body, { httpStatus, headers });
	return shown(answerFailure(answer, words, 'token'));
}

/** What comes from a proxy, a firewall or a login page, and who says so. */
const OTHERS: Array<[body: unknown, says: RegExp]> = [
	['<html><head><title>Request &quot;blocked&quot;</title></head></html>', /"Request "blocked""/],
	['<HTML><style>p{color:red}</style><p>Please <b>log in</b></p></HTML>', /"Please log in"/],
	['<html></html>', /"<html><\/html>"/],
	['Access denied', /"Access denied"/],
	['', /is empty/],
	[{ message: 'no Route matched with those values' }, /"no Route matched/],
	[{ status: 401, error: 'Unauthorized', path: '/v1' }, /"\{"status":401/],
	[{ code: 401 }, /"\{"code":401\}"/],
	['null', /"null"/],
];

describe('an answer of something in COC’s place', () => {
	const advice = /a proxy, a firewall, a login page.*'Endpoint'/;
	const wrong = /token|key|Scope|permission|IAM action|no COC API|the ticket waits/;

	test.each([400, 401, 402, 403, 404, 405, 409, 418, 422, 451])(
		'HTTP %d: its words are told, and its status proves nothing',
		(status) => {
			for (const [body, says] of OTHERS) {
				const { reason, hint, ...failure } = failed(status, body);
				expect(reason).toContain(`something between n8n and COC answered (HTTP ${status}): `);
				expect(reason).toMatch(says);
				expect(hint).toMatch(advice);
				expect(hint).not.toMatch(wrong);
				expect(failure).toMatchObject({ outcome: 'refused', errorCode: null, cause: null });
			}
		},
	);

	test('HTTP 429: the wait is kept, and not laid to COC’s charge', () => {
		const failure = failed(429, '<html></html>', { 'retry-after': '7' });
		expect(failure).toMatchObject({ cause: 'rate-limited', retryAfterMs: 7000 });
		expect(failure.hint).toMatch(/^Something between n8n and COC limits the number of requests/);
	});

	test.each([408, 502, 503, 504, 521])('HTTP %d: the outcome is unknown, as it was', (status) => {
		const failure = failed(status, '<title>502 Bad Gateway</title>');
		expect(failure).toMatchObject({ outcome: 'unknown', cause: null });
		expect(failure.reason).toContain('it says "502 Bad Gateway"');
		expect(failure.hint).toMatch(advice);
	});

	test('is told in few words, cleaned, however long it is', () => {
		const { reason } = failed(403, `<title>\u001b[31m${'Blocked\n'.repeat(5000)}</title>`);
		expect(reason).toContain('"[31mBlocked Blocked');
		expect(reason.length).toBeLessThan(250);
		expect(failed(403, '<script>'.repeat(5000)).reason.length).toBeLessThan(250);
	});

	test('that breaks off is nobody’s: HTTP 401 alone proves nothing', () => {
		for (const { reason, hint } of [
			failed(401, '{"error_code":"APIGW.03'),
			answerFailure(
				reading('', { httpStatus: 401, body: null, bodyProblem: 'lost' }),
				words,
				'token',
			),
		]) {
			expect(reason).toMatch(/^the answer \(HTTP 401\) (is no readable JSON|broke off)$/);
			expect(hint).not.toMatch(wrong);
		}
	});
});

describe('a proxy that wants a login', () => {
	test.each([
		['https://coc.example/v1/x', 'notSent'],
		['http://127.0.0.1:8049/v1/x', 'refused'],
	])('on the way to %s: nothing came there, and it is told what to do', (url, outcome) => {
		const answer = reading('<html>Squid</html>', { httpStatus: 407, url });
		expect(answer.outcome).toBe(outcome);
		const failure = answerFailure(answer, words, 'token');
		expect(failure.reason).toBe(
			'a proxy between n8n and COC wants a user name and password (HTTP 407)',
		);
		expect(failure.hint).toMatch(/HTTPS_PROXY/);
		expect(failure).toMatchObject({ outcome, httpStatus: 407, cause: 'configuration-invalid' });
	});
});

test('where not its own address failed, that is named: it is probably a proxy', () => {
	for (const kind of ['dns', 'refusedConnection', 'unreachable'] as const) {
		const noAnswer = { kind, code: 'CODE', failedHost: 'proxy.example:3128' };
		const request = { host: 'coc.example', timeoutMs: 30_000, field: 'Endpoint' as const };
		const failure = shown(noAnswerFailure(noAnswer, words, request));
		expect(failure.reason).toMatch(/proxy\.example:3128.*not coc\.example, but probably a proxy/);
		expect(failure.hint).toMatch(/HTTPS_PROXY/);
		expect(failure.hint).not.toMatch(/'Endpoint'/);
	}
});
