import { cleanText, type Answer, type BodyProblem } from './answer';
import type { Refused } from './checked';
import type { Authentication } from './credential';
import { MEANING_BY_CODE, MEANING_BY_STATUS, type Meaning } from './codes';
import {
	gatewayCode,
	outcomeOfNoAnswer,
	type NoAnswer,
	type NoAnswerKind,
	type Outcome,
} from './outcome';

/** Why an item failed, as plain data: all that errors and error items are built from. */
export interface Failure {
	outcome: Exclude<Outcome, 'applied'>;
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

/**
 * A credential that can't be used; nothing is sent.
 *
 * @param refusal COC's answer, when it has refused the credential before
 */
export function credentialFailure({ reason, hint }: Refused, refusal?: Answer): Failure {
	return {
		...inputFailure(reason, hint ?? 'Open the credential and correct it.'),
		cause: 'credential-invalid',
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
	const known = outcome === 'refused' && meaning !== null ? ADVICE[meaning] : undefined;
	return {
		outcome,
		origin: 'service',
		reason: describeAnswer(answer),
		hint:
			outcome === 'unknown'
				? unknownHint(words)
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
	request: { host: string; timeoutMs: number } = { host: 'COC', timeoutMs: 0 },
): Failure {
	const outcome = outcomeOfNoAnswer(noAnswer);
	const { reason, hint, cause } = NO_ANSWER[noAnswer.kind];
	return {
		...NOTHING_KNOWN,
		outcome,
		origin: 'service',
		reason: reason(request),
		hint: hint ?? unknownHint(words),
		errorCode: noAnswer.code,
		cause: cause ?? null,
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

function unknownHint(words: OperationWords): string {
	return `It is not known whether the ${words.effect} was recorded: check the ticket before repeating.`;
}

function meaningOf(answer: Answer): Meaning | null {
	const { httpStatus } = answer;
	if (httpStatus >= 300 && httpStatus <= 399) return 'redirect';
	return MEANING_BY_CODE.get(gatewayCode(answer) ?? '') ?? MEANING_BY_STATUS[httpStatus] ?? null;
}

function describeAnswer(answer: Answer): string {
	const { httpStatus, code, message, bodyProblem } = answer;
	const status = `HTTP ${httpStatus}`;
	if (meaningOf(answer) === 'redirect') {
		return `the 'Endpoint' redirects to ${answer.redirectHost ?? 'another address'} (${status}), which is not followed, so that the credential's secrets go nowhere else`;
	}
	if (message !== null || code !== null) {
		const said = message === null ? 'no message' : `"${message}"`;
		return `${said} (${code === null ? status : `${code}, ${status}`})`;
	}
	return `the answer (${status}) ${BODY_PROBLEM[bodyProblem ?? 'noEnvelope']}`;
}

const BODY_PROBLEM: Record<BodyProblem, string> = {
	empty: 'is empty',
	notJson: 'is no readable JSON',
	noEnvelope: "is not COC's",
	tooLarge: 'is larger than 1 MB and was not read',
	lost: 'broke off',
	timedOut: 'was not complete in time',
};

/** What to do about an answer whose meaning is known. */
const ADVICE: Record<
	Meaning,
	{
		hint: (words: OperationWords, authentication: Authentication['kind'], answer: Answer) => string;
		cause?: Cause;
	}
> = {
	tokenRefused: {
		hint: (_words, authentication, answer) => REFUSED_CREDENTIAL[authentication](answer),
		cause: 'credential-invalid',
	},
	otherSite: {
		hint: () =>
			"The token must be renewed, or it belongs to another site or region than the credential's 'Endpoint'.",
		cause: 'credential-invalid',
	},
	wrongAuthentication: {
		hint: (_words, authentication, answer) => REFUSED_CREDENTIAL[authentication](answer),
		cause: 'credential-invalid',
	},
	badCredential: {
		hint: () =>
			"COC doesn't recognise the credential's user: use an IAM user of the account that uses COC.",
		cause: 'credential-invalid',
	},
	notPermitted: {
		hint: ({ iamAction }) =>
			`The credential's user lacks a permission: ask your administrator for the IAM action ${iamAction}, and whether this address may call COC.`,
		cause: 'configuration-invalid',
	},
	noSuchApi: {
		hint: () => "There is no COC API at this address: check the credential's 'Endpoint'.",
		cause: 'configuration-invalid',
	},
	redirect: {
		hint: () => "Enter the address that COC really has as the credential's 'Endpoint'.",
		cause: 'configuration-invalid',
	},
	noSuchTicket: {
		hint: () =>
			"Check the ticket number, and that the credential's 'Endpoint' and account are those of the ticket.",
	},
	tooLarge: { hint: () => 'Shorten the texts.' },
	throttled: {
		hint: () => 'COC limits the number of requests: wait a minute, then run this item again.',
		cause: 'rate-limited',
	},
	gatewayTrouble: {
		hint: () => 'The gateway in front of COC is in trouble: run this item again later.',
		cause: 'temporarily-unavailable',
	},
	iamUnavailable: {
		hint: () => 'IAM is not available to check the credential: run this item again later.',
		cause: 'temporarily-unavailable',
	},
};

const REFUSED_CREDENTIAL: Record<Authentication['kind'], (answer: Answer) => string> = {
	token: () =>
		'The token is invalid or expired (tokens live 24 hours): put a new one into the credential.',
	iamUser: () =>
		"COC refuses a token that IAM has just given: check the credential's 'Scope', and that its 'Endpoint' and 'IAM Endpoint' belong to the same site.",
	accessKey: (answer) => {
		// Behind these words the gateway repeats the whole request, in which others may occur.
		const [said = ''] = (answer.message ?? '').split('canonicalRequest');
		const known = ACCESS_KEY_REFUSALS.find(({ says }) => says.test(said));
		const hint = known?.hint ?? `${WRONG_SECRET} ${WRONG_CLOCK}`;
		return `${hint} Nothing more is sent with this key for a minute: more than five refusals in a row lock it for five minutes.`;
	},
};

const WRONG_SECRET =
	"Check 'Access Key ID' and 'Secret Access Key' in the credential: they must belong together.";
const WRONG_CLOCK =
	"Check this machine's clock: a signature is valid for about 15 minutes around its time.";

/** The gateway's words for a refused signature (APIG FAQ, "IAM authentication information"). */
const ACCESS_KEY_REFUSALS = [
	{ says: /verify aksk signature fail/i, hint: WRONG_SECRET },
	{
		says: /not exist|get secretkey failed/i,
		hint: "There is no such access key: check 'Access Key ID' in the credential, and that the key was not deleted. A temporary key needs its 'Security Token'.",
	},
	{
		says: /reach the limit|locked/i,
		hint: "The access key is locked after refused signatures: check 'Secret Access Key' in the credential, and wait five minutes.",
	},
	{
		says: /security.?token|decrypt token/i,
		hint: "The temporary access key has expired, or its 'Security Token' doesn't belong to it: put a new one into the credential.",
	},
	{ says: /expired|skew|timestamp/i, hint: WRONG_CLOCK },
];

/** The same in words, for a host that isn't COC's. */
export function describeNoAnswer(kind: NoAnswerKind, request: { host: string; timeoutMs: number }) {
	return NO_ANSWER[kind].reason(request);
}

/** What happened to a request without an answer; without a hint the outcome is unknown. */
const NO_ANSWER: Record<
	NoAnswerKind,
	{
		reason: (request: { host: string; timeoutMs: number }) => string;
		hint?: string;
		cause?: Cause;
	}
> = {
	cancelled: {
		reason: () => 'the execution was cancelled before its turn',
		hint: 'Run this item again when it is still wanted.',
	},
	dns: {
		reason: ({ host }) => `the host name ${host} could not be resolved (DNS)`,
		hint: "Check the credential's 'Endpoint' and this machine's network and DNS, then run this item again.",
		cause: 'temporarily-unavailable',
	},
	refusedConnection: {
		reason: ({ host }) => `${host} refused the connection`,
		hint: "Check the credential's 'Endpoint' (host and port) and whether COC is up, then run this item again.",
		cause: 'temporarily-unavailable',
	},
	unreachable: {
		reason: ({ host }) => `${host} is unreachable`,
		hint: "Check this machine's network, then run this item again.",
		cause: 'temporarily-unavailable',
	},
	certificate: {
		reason: ({ host }) => `the certificate of ${host} is not trusted`,
		hint: "For a private deployment, have its certificate authority trusted (NODE_EXTRA_CA_CERTS), or switch on the credential's 'Ignore SSL Issues (Insecure)'.",
		cause: 'configuration-invalid',
	},
	tlsProtocol: {
		reason: ({ host }) => `no secure connection to ${host} could be agreed on (TLS)`,
		hint: "Check that the credential's 'Endpoint' names a port that speaks https.",
		cause: 'configuration-invalid',
	},
	blocked: {
		reason: ({ host }) => `n8n does not allow requests to ${host}`,
		hint: "Ask your n8n administrator to allow the host (n8n's protection against requests to internal addresses, or the credential's allowed domains).",
		cause: 'configuration-invalid',
	},
	timeout: {
		reason: ({ host, timeoutMs }) => `no answer came from ${host} within ${timeoutMs} ms`,
	},
	lost: { reason: ({ host }) => `the connection to ${host} was lost before an answer came` },
};
