import type { Answer, Outcome } from '../coc/answer';
import { cleanText } from '../coc/cleanText';
import { outcomeOfNoAnswer, type NoAnswer } from '../coc/noAnswer';
import type { InvalidInput, Result } from '../coc/result';
import type { Wait } from '../coc/retryAfter';
import { describeAnswer, describeWait, explainNoAnswer, type Asked } from './explain';
import {
	checkBetween,
	COC,
	hintFor,
	type Again,
	type AuthenticationKind,
	type Cause,
	type Hint,
	type ServiceName,
} from './hints';

/** Why an item failed, as plain data: all that errors and error items are built from. */
export interface Failure extends Hint {
	outcome: Exclude<Outcome, 'applied'> | 'notRead';
	/** Whether the user's input is at fault, or what happened on the way to COC and there. */
	origin: 'input' | 'service';
	/** A clause without a full stop, for "Ticket X was not verified: …". */
	reason: string;
	/** The service's code, else the network's. */
	errorCode: string | null;
	httpStatus: number | null;
	requestId: string | null;
	/** In n8n's words, where waiting or a correction helps; never for an unknown outcome. */
	cause: Cause | null;
	/** Wait that the service asked for, in ms. */
	retryAfterMs: number | null;
	/** The node's operations that are possible instead, where that is known. */
	possible?: string[] | undefined;
	/** Labels of the fields that are at fault. */
	fields?: string[];
}

/** A credential that can't be used, or for which no token can be had. */
export interface CredentialFault extends InvalidInput {
	again?: Again;
	/** Whether it may pass by itself: a network or a service in trouble, nothing to correct. */
	mayPass?: boolean;
	/** The network's code, which the reason doesn't quote; null for none. */
	code?: string | null;
	/** Where the credential isn't at fault; null for no known cause. */
	cause?: Cause | null;
	/** How long the service asks to wait. */
	wait?: Wait;
	/** IAM itself refuses this sign-in, so that asking again would only lock the user. */
	isNo?: boolean;
}

/** A value, or why it could not be read. */
export type Read<T> = Result<T, { failure: Failure }>;

/** How an operation is named in messages, so that one set of sentences serves all of them. */
export interface OperationWords {
	/**
	 * What is done, where that isn't the ticket itself, in the singular: "*The solution of* ticket X was
	 * not submitted".
	 *
	 * @param ticket "ticket X", or "the ticket" where none is named
	 */
	about?: (ticket: string) => string;
	/** Past participle: "Ticket X was not *verified*". */
	done: string;
	/** IAM action that the call needs. */
	iamAction: string;
	/** What to check when COC refuses for a reason of its own. */
	refusedHint: string;
	again?: Again;
	/** What to do before repeating what may have been done, as a clause; the usual one when left out. */
	check?: () => string;
}

const NOTHING_KNOWN = {
	errorCode: null,
	httpStatus: null,
	requestId: null,
	cause: null,
	retryAfterMs: null,
} as const;

/**
 * A hint as a place shows it.
 *
 * @param tryAgain what the user does there to try again, such as "run this item again"; null where
 *   nobody has to
 */
export function hintText({ hint, again }: Hint, tryAgain: string | null): string {
	if (again === undefined) return hint;
	if (tryAgain === null) return hint === '' ? '' : `${hint}.`;
	if (hint === '') return `${tryAgain.charAt(0).toUpperCase()}${tryAgain.slice(1)} later.`;
	return `${hint}${{ then: ', then ', later: ': ', afterwards: ': then ' }[again]}${tryAgain}${again === 'later' ? ' later' : ''}.`;
}

/** A value of the user's that is refused before anything is sent. */
export function inputFailure(reason: string, hint: string): Failure {
	return { ...NOTHING_KNOWN, outcome: 'notSent', origin: 'input', reason, hint };
}

/** An answer that came and can't be relied on: the service is at fault, and nothing is known. */
export function unreadFailure(reason: string, hint: string): Failure {
	return { ...NOTHING_KNOWN, outcome: 'notRead', origin: 'service', reason, hint };
}

/**
 * A credential that can't be used; nothing is sent.
 *
 * @param refusal COC's answer, when it has refused the credential before
 */
export function credentialFailure(fault: CredentialFault, refusal?: Answer): Failure {
	const { reason, hint = 'Open the credential and correct it.', again, code = null, wait } = fault;
	const byDefault = fault.mayPass === true ? 'temporarily-unavailable' : 'credential-invalid';
	const cause = fault.cause === undefined ? byDefault : fault.cause;
	return {
		...inputFailure(withCode(reason, code), hint),
		again,
		errorCode: code,
		cause: wait ? causeOf(wait) : cause,
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

/** An answer that isn't success, of COC or of a service beside it. */
export function answerFailure(
	answer: Answer,
	words: OperationWords,
	authentication: AuthenticationKind,
	service: ServiceName = COC,
): Failure {
	const outcome = answer.outcome === 'applied' ? 'unknown' : answer.outcome;
	const known =
		outcome === 'unknown' ? null : hintFor(answer, words.iamAction, authentication, service);
	const between = answer.sender === 'between' ? ` ${checkBetween(service)}.` : '';
	const { refusedHint: hint, again } = words;
	return {
		outcome,
		origin: 'service',
		reason: describeAnswer(answer, service),
		...(outcome === 'unknown'
			? { hint: unknownHint(words) + between }
			: (known ?? { hint, again })),
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
	request: Asked = { host: 'COC', timeoutMs: 0, field: 'Endpoint' },
): Failure {
	const { code, wait } = noAnswer;
	const { reason, hint, again, cause } = explainNoAnswer(noAnswer, request);
	return {
		...NOTHING_KNOWN,
		outcome: outcomeOfNoAnswer(noAnswer),
		origin: 'service',
		reason: withCode(reason, code),
		...(hint === undefined ? { hint: unknownHint(words) } : { hint, again }),
		errorCode: code,
		cause: wait ? causeOf(wait) : (cause ?? null),
		retryAfterMs: wait?.ms ?? null,
	};
}

/**
 * A failure whose service asks to wait: user and n8n learn until when. Where the outcome is unknown
 * n8n learns nothing, since it must not repeat the item.
 */
export function withWait(failure: Failure, wait: Wait, service = COC): Failure {
	const asks = `${service.name} asks to be left alone ${describeWait(wait)}`;
	const { hint, cause, outcome } = failure;
	if (outcome === 'unknown') return { ...failure, hint: `${hint} ${asks}.` };
	if (cause === 'credential-invalid' || cause === 'configuration-invalid') {
		const whole = hintText(failure, null);
		return { ...failure, hint: `${whole} ${asks}.`, again: undefined, retryAfterMs: wait.ms };
	}
	return {
		...failure,
		hint: asks,
		again: 'afterwards',
		cause: causeOf(wait),
		retryAfterMs: wait.ms,
	};
}

/** A fault of the node itself, before anything was sent. */
export function unexpectedFailure(error: unknown): Failure {
	const name = cleanText(error instanceof Error ? error.name : null) ?? 'unknown fault';
	return {
		...NOTHING_KNOWN,
		outcome: 'notSent',
		origin: 'service',
		reason: `the node itself met something unexpected (${name}), please report it`,
		hint: '',
		again: 'later',
	};
}

/** The same in the middle of a write: it is not known how far it came. */
export function unexpectedOfWrite(error: unknown, words: OperationWords): Failure {
	const failure = unexpectedFailure(error);
	return { ...failure, outcome: 'unknown', hint: unknownHint(words), again: undefined };
}

/**
 * A write whose answer was lost, and of which COC's record didn't show how it ended.
 *
 * @param seen what the record showed, as a clause; empty where there is none
 */
export function lostFailure(lost: Failure, words: OperationWords, seen: string): Failure {
	const hint = lost.outcome === 'unknown' ? lost.hint : unknownHint(words);
	return { ...lost, hint: seen === '' ? hint : `${hint} Seen in COC: ${seen}.` };
}

/** A write whose answer was lost, and which COC's record shows not to be applied. */
export function undoneFailure(lost: Failure, words: OperationWords, seen: string): Failure {
	const hint = `Seen in COC: ${seen}. ${words.refusedHint}`;
	return { ...lost, outcome: 'refused', hint };
}

function unknownHint({ check = () => CHECK_TICKET }: OperationWords): string {
	return `It may have been applied: ${check()}.`;
}

const CHECK_TICKET = 'check the ticket before repeating';

function causeOf({ isThrottling }: Wait): Cause {
	return isThrottling ? 'rate-limited' : 'temporarily-unavailable';
}

function withCode(reason: string, code: string | null): string {
	if (code === null) return reason;
	return reason.endsWith(')') ? `${reason.slice(0, -1)}, ${code})` : `${reason} (${code})`;
}
