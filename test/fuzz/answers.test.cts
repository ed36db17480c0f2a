// Answers to a write that nobody would expect, generated: whatever comes, it is read without harm,
// and success is claimed only when COC's pages say so.
import { expect, test } from '@jest/globals';
import type { Answer, Outcome } from '../../nodes/coc/answer.ts';
import type * as callSource from '../../nodes/coc/calls/handleCocIncident.ts';
import type * as explainSource from '../../nodes/errors/failure.ts';
import type * as outcomeSource from '../../nodes/coc/classify.ts';
import type * as answerSource from '../../nodes/coc/readAnswer.ts';
import type * as policySource from '../../nodes/client/policy.ts';
import { built } from '../support/built.cts';
import { byLength } from '../support/length.cts';
import { createRandom } from '../support/random.cts';
import { anyBody } from './generate/envelope.cts';
import { anyHeaders, anyStatus } from './generate/headers.cts';
import { SECRET } from './generate/json.cts';
import * as oracle from './oracle.cts';
import { collectViolations, tell } from './violations.cts';

const { readAnswer } = built<typeof answerSource>('nodes/coc/readAnswer');
const { HANDLE_ACTION } = built<typeof callSource>('nodes/coc/calls/handleCocIncident');
const { answerFailure } = built<typeof explainSource>('nodes/errors/failure');
const outcomes = built<typeof outcomeSource>('nodes/coc/classify');
const { READ, WRITE } = built<typeof policySource>('nodes/client/policy');

const COUNT = byLength(5000, 40_000);
const SEED = 20_261_125;
const SECRETS = [SECRET];
const WORDS = {
	done: 'verified',
	iamAction: HANDLE_ACTION,
	refusedHint: 'Check it.',
};
const { isFinite } = Number;
const now = performance.now.bind(performance);

test(`${COUNT} generated answers to a write are judged as COC's pages say, and none does harm`, () => {
	const violations = collectViolations();
	const seen = { applied: 0, refused: 0, unknown: 0, notSent: 0 };
	let slowest = 0;
	for (let index = 0; index < COUNT; index++) {
		const random = createRandom(SEED + index);
		const came = { status: anyStatus(random), body: anyBody(random) };
		const headers = anyHeaders(random);
		const before = now();
		violations.check(index, () => {
			const answer = readAnswer(
				{ url: 'https://coc.example/v1/x', httpStatus: came.status, headers, body: came.body },
				SECRETS,
				1_795_510_800_000,
			);
			const { outcome } = answer;
			seen[outcome]++;
			judge(came, answer, outcome);
			inspectTexts(answer, headers);
		});
		slowest = Math.max(slowest, now() - before);
	}

	function judge(came: oracle.Came, answer: Answer, outcome: Outcome) {
		const note = violations.note.bind(violations);
		const shown = [came.status, came.body] as const;
		if (outcome === 'applied' && !oracle.mayBeSuccess(came)) note('a false applied', ...shown);
		if (outcome !== 'applied' && oracle.mustBeSuccess(came)) note('a lost applied', ...shown);
		if (outcome === 'refused' && !oracle.mayBeRefused(came)) note('a false refused', ...shown);
		// Of a proxy that gives no tunnel, which is how https is led through it.
		if (outcome === 'notSent' && came.status !== 407)
			note('an answer that was never sent', ...shown);
		if (WRITE.triesAgain({ outcome, answer }) && !oracle.mayBeRepeated(came)) {
			note('a write that is sent again without proof', ...shown);
		}
		READ.triesAgain({ outcome, answer });
		const { isTokenRefusal, isKeyRefusal, isOwnRefusal } = outcomes;
		for (const isRefusal of [isTokenRefusal, isOwnRefusal]) {
			if (isRefusal(answer) && outcome !== 'refused') note('a refusal that is none', ...shown);
		}
		if (typeof isKeyRefusal(answer) !== 'boolean') note('a key that is neither', ...shown);
	}

	function inspectTexts(answer: Answer, headers: Record<string, unknown>) {
		const note = violations.note.bind(violations);
		const failure = answerFailure(answer, WORDS, 'token');
		const { code, message, requestId, redirectHost, retryAfterMs, serverTime, envelope } = answer;
		for (const text of [code, message, requestId, redirectHost, failure.reason, failure.hint]) {
			if (text === null) continue;
			if (typeof text !== 'string' || text === '') note('a text that is none', text);
			else if (oracle.UNSHOWABLE.test(text)) note('a text that is not fit to be shown', text);
			else if (text.length > 2000) note('a text without end', text.length);
		}
		const leaks = JSON.stringify([answer, failure]);
		if (leaks.includes(SECRET)) note('a secret is shown', leaks.slice(0, 2000));
		if (retryAfterMs !== null && !(isFinite(retryAfterMs) && retryAfterMs >= 0)) {
			note('a wait that is none', retryAfterMs);
		}
		const dates = [headers.date].flat().map(String);
		if (serverTime !== null && !dates.some(oracle.isHttpDate)) {
			note("a server's time that is none", serverTime, headers.date);
		}
		if (envelope && Object.getPrototypeOf(envelope) !== Object.prototype) {
			note('an envelope with a foreign prototype', envelope);
		}
	}

	tell('read', COUNT, SEED, seen);
	expect(violations.list).toEqual([]);
	// The generator reaches everything.
	expect(seen.applied).toBeGreaterThan(COUNT / 50);
	expect(seen.refused).toBeGreaterThan(COUNT / 20);
	expect(seen.unknown).toBeGreaterThan(COUNT / 20);
	// None holds the process up, a busy machine allowed for.
	expect(slowest).toBeLessThan(5000);
	expect(Object.keys(Object.prototype)).toEqual([]);
}, 300_000);
