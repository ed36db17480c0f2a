import { cleanText, isFromBetween, type Answer } from '../coc/answer';
import { ADVICE, checkBetween } from './hints';
import type { Refused } from '../coc/result';
import type { Authentication } from '../auth/credential';
import { meaningOf } from '../coc/codes';
import { COC, describeAnswer } from './describe';
import { explainNoAnswer, type Asked } from './explain';
import { outcomeOfNoAnswer, type NoAnswer, type Outcome } from '../coc/classify';
import { describeWait, type Wait } from '../coc/retryAfter';

/** Why an item failed, as plain data: all that errors and error items are built from. */
export interface Failure {
	outcome: Exclude<Outcome, 'applied'> | 'notRead';
	/** Whether the user's input is at fault, or what happened on the way to COC and there. */
	origin: 'input' | 'service';
	/** A clause without a full stop, for "Ticket X was not verified: …". */
	reason: string;
	/** What to do next, in full sentences. */
	hint: string;
	/** The service's code, else the network's. */
	errorCode: string | null;
	httpStatus: number | null;
	requestId: string | null;
	/** In n8n's words, where waiting or mending helps; never for an unknown outcome. */
	cause: Cause | null;
	/** Wait that the service asked for, in ms. */
	retryAfterMs: number | null;
}

/** The part of n8n's vocabulary of causes that applies here. */
export type Cause =
	| 'rate-limited'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/** How an operation speaks of itself, so that one set of sentences serves all of them. */
export interface OperationWords {
	/** What it is about when no ticket is named: "*The list* was not read". */
	subject?: string;
	/** Past participle: "Ticket X was not *verified*". */
	done: string;
	/** What is recorded: "whether the *verification* was recorded". */
	effect: string;
	/** IAM action that the call needs. */
	iamAction: string;
	/** What to check when COC refuses for a reason of its own. */
	refusedHint: string;
}

const NOTHING_KNOWN = {
	errorCode: null,
	httpStatus: null,
	requestId: null,
	cause: null,
	retryAfterMs: null,
} as const;

/** A value of the user's that is refused before anything is sent. */
export function inputFailure(reason: string, hint: string): Failure {
	return { ...NOTHING_KNOWN, outcome: 'notSent', origin: 'input', reason, hint };
}

/** An answer that came and can't be relied on; it is the service's fault, and nothing is known of it. */
export function unreadFailure(reason: string, hint: string): Failure {
	return { ...NOTHING_KNOWN, outcome: 'notRead', origin: 'service', reason, hint };
}

/**
 * A credential that can't be used; nothing is sent.
 *
 * @param refusal COC's answer, when it has refused the credential before
 */
export function credentialFailure(refused: Refused, refusal?: Answer): Failure {
	const { reason, hint = 'Open the credential and correct it.', code = null, wait } = refused;
	const byDefault = refused.mayPass === true ? 'temporarily-unavailable' : 'credential-invalid';
	const cause = refused.cause === undefined ? byDefault : refused.cause;
	return {
		...inputFailure(withCode(reason, code), hint),
		errorCode: code,
		cause: wait?.cause ?? cause,
		retryAfterMs: wait?.ms ?? null,
		...(refusal && {
			outcome: 'refused',
			origin: 'service',
			errorCode: refusal.code,
			httpStatus: refusal.httpStatus,
			requestId: refusal.requestId,
		}),
	};
}

/** An answer that isn't success. */
export function answerFailure(
	answer: Answer,
	outcome: Failure['outcome'],
	words: OperationWords,
	authentication: Authentication['kind'],
): Failure {
	const meaning = meaningOf(answer);
	const known = outcome !== 'unknown' && meaning !== null ? ADVICE[meaning] : undefined;
	const between = isFromBetween(answer) ? ` ${checkBetween(COC)}.` : '';
	return {
		outcome,
		origin: 'service',
		reason: describeAnswer(answer, COC),
		hint:
			outcome === 'unknown'
				? unknownHint(words) + between
				: (known?.hint(words, authentication, answer) ?? words.refusedHint),
		errorCode: answer.code,
		httpStatus: answer.httpStatus,
		requestId: answer.requestId,
		cause: known?.cause ?? null,
		retryAfterMs: answer.retryAfterMs,
	};
}

/** A request that got no answer. */
export function noAnswerFailure(
	noAnswer: NoAnswer,
	words: OperationWords,
	request: Asked = { host: 'COC', timeoutMs: 0 },
): Failure {
	const outcome = outcomeOfNoAnswer(noAnswer);
	const { code, wait } = noAnswer;
	const { reason, hint, cause } = explainNoAnswer(noAnswer, request);
	return {
		...NOTHING_KNOWN,
		outcome,
		origin: 'service',
		reason: withCode(reason, code),
		hint: hint ?? unknownHint(words),
		errorCode: code,
		cause: wait?.cause ?? cause ?? null,
		retryAfterMs: wait?.ms ?? null,
	};
}

/**
 * The failure of a request whose service wants to be left alone: it says when to come back, to the
 * user and to n8n. Of what isn't known to be undone n8n is told nothing, since it must not repeat it.
 *
 * @param service as a user knows it
 */
export function withWait(failure: Failure, wait: Wait, service = 'COC'): Failure {
	const asks = `${service} asks to be left alone ${describeWait(wait)}`;
	const { hint, cause, outcome } = failure;
	if (outcome === 'unknown') return { ...failure, hint: `${hint} ${asks}.` };
	const isToBeMended = cause === 'credential-invalid' || cause === 'configuration-invalid';
	return {
		...failure,
		hint: isToBeMended ? `${hint} ${asks}.` : `${asks}: then run this item again.`,
		cause: isToBeMended ? cause : wait.cause,
		retryAfterMs: wait.ms,
	};
}

/** A fault of the node itself: it is not known how far it came. */
export function unexpectedFailure(error: unknown, words: OperationWords): Failure {
	const name = cleanText(error instanceof Error ? error.name : null) ?? 'unknown fault';
	return {
		...NOTHING_KNOWN,
		outcome: 'unknown',
		origin: 'service',
		reason: `the node itself met something unexpected (${name}), please report it`,
		hint: unknownHint(words),
	};
}

/**
 * A write whose answer was lost, after a look at COC's record that didn't tell.
 *
 * @param seen what the record showed, as a clause
 */
export function lostFailure(lost: Failure, words: OperationWords, seen: string): Failure {
	const hint = lost.outcome === 'unknown' ? lost.hint : unknownHint(words);
	return { ...lost, hint: `${hint} Seen in COC: ${seen}.` };
}

/** A write whose answer was lost, and that COC's record shows to be undone. */
export function undoneFailure(lost: Failure, words: OperationWords, seen: string): Failure {
	const hint = `Seen in COC: ${seen}. ${words.refusedHint}`;
	return { ...lost, outcome: 'refused', hint };
}

function unknownHint(words: OperationWords): string {
	return `It is not known whether the ${words.effect} was recorded: check the ticket before repeating.`;
}

function withCode(reason: string, code: string | null): string {
	if (code === null) return reason;
	return reason.endsWith(')') ? `${reason.slice(0, -1)}, ${code})` : `${reason} (${code})`;
}
