import type { Answer, BodyProblem } from '../coc/answer';
import type { NoAnswer, NoAnswerKind } from '../coc/noAnswer';
import type { Wait } from '../coc/retryAfter';
import type { Again, Cause, ServiceName } from './hints';

/**
 * What an answer that isn't success says, as a clause without a full stop: in the words of the
 * service, or of what answers in its place.
 */
export function describeAnswer(answer: Answer, { name, field }: ServiceName): string {
	const { httpStatus, code, envelope, message, bodyProblem, sender } = answer;
	const status = `HTTP ${httpStatus}`;
	switch (answer.meaning) {
		case 'redirect':
			return `the '${field}' redirects to ${answer.redirectHost ?? 'another address'} (${status}), which is not followed, so that the credential's secrets go nowhere else`;
		case 'proxyLogin':
			return `a proxy between n8n and ${name} wants a user name and password (${status})`;
	}
	if (code !== null || envelope !== null) {
		const said = message === null ? 'no message' : `"${message}"`;
		// IAM's code is the status once more.
		const codes = code === null || code === String(httpStatus) ? status : `${code}, ${status}`;
		return `${said} (${codes})`;
	}
	const problem = BODY_PROBLEM[bodyProblem ?? 'noEnvelope'](name);
	if (sender !== 'between') return `the answer (${status}) ${problem}`;
	const says = message === null ? '' : `, it says "${message}"`;
	return `something between n8n and ${name} answered (${status}): the answer ${problem}${says}`;
}

const BODY_PROBLEM: Record<BodyProblem, (service: string) => string> = {
	empty: () => 'is empty',
	notJson: () => 'is no readable JSON',
	noEnvelope: (service) => `is not ${service}'s`,
	tooLarge: () => 'is too large to be read',
	lost: () => 'broke off',
	timedOut: () => 'was not complete in time',
};

/** Why no answer came. */
interface Explained {
	/** A clause without a full stop; the network's code isn't in it. */
	reason: string;
	/** Absent where the outcome is unknown. */
	hint?: string | undefined;
	again?: Again | undefined;
	cause?: Cause | undefined;
}

/** A request as its explanation names it. */
export interface Asked {
	/** With its port, where that isn't the usual one. */
	host: string;
	timeoutMs: number;
	/** The credential's field that says where the service is. */
	field: ServiceName['field'];
	/** Whether the credential has a CA certificate. */
	hasCa?: boolean;
}

/** Explains why no answer came, naming what failed where that isn't the host that was asked. */
export function explainNoAnswer({ kind, failedHost, wait }: NoAnswer, asked: Asked): Explained {
	const { reason, hint, again, cause } = NO_ANSWER[kind];
	const known = { hint: hint?.(asked), again, cause };
	if (failedHost === undefined) return { ...known, reason: reason({ ...asked, wait }) };
	const where = `this is not ${asked.host}, but probably a proxy on the way there`;
	return {
		reason: `${reason({ ...asked, host: failedHost })}: ${where}`,
		...(hint && { hint: CHECK_PROXY, again: 'then' }),
		cause,
	};
}

const CHECK_PROXY =
	"Check n8n's proxy (the variables HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY) and whether it is up";

/** What happened to a request without an answer; without a hint the outcome is unknown. */
const NO_ANSWER: Record<
	NoAnswerKind,
	{
		reason: (asked: Asked & { wait?: Wait | undefined }) => string;
		hint?: (asked: Asked) => string;
		again?: Again;
		cause?: Cause;
	}
> = {
	cancelled: {
		reason: () => "the execution was cancelled before this item's turn",
		hint: () => 'Run this item again when it is still wanted.',
	},
	stopped: {
		reason: () => 'an item before it failed',
		hint: () => 'Run this item again after fixing the cause.',
	},
	budgetSpent: {
		reason: () => "the run's retry budget is used up",
		hint: () => 'COC, or the way to it, is in trouble',
		again: 'later',
		cause: 'temporarily-unavailable',
	},
	backOff: {
		reason: ({ wait }) => `COC asked to be left alone${wait ? ` ${describeWait(wait)}` : ''}`,
		hint: () => 'Wait until then',
		again: 'then',
		cause: 'temporarily-unavailable',
	},
	otherUser: {
		reason: () =>
			'the renewed token is that of another user than the one in whose name it was to be sent',
		hint: () => "Check who changed the credential's user",
		again: 'then',
	},
	dns: {
		reason: ({ host }) => `the host name ${host} could not be resolved (DNS)`,
		hint: ({ field }) => `Check the credential's '${field}' and this machine's network and DNS`,
		again: 'then',
		cause: 'temporarily-unavailable',
	},
	refusedConnection: {
		reason: ({ host }) => `${host} refused the connection`,
		hint: ({ field }) =>
			`Check the credential's '${field}' (host and port) and whether the service is up`,
		again: 'then',
		cause: 'temporarily-unavailable',
	},
	unreachable: {
		reason: ({ host }) => `${host} is unreachable`,
		hint: () => "Check this machine's network",
		again: 'then',
		cause: 'temporarily-unavailable',
	},
	certificate: {
		reason: ({ host }) => `the certificate of ${host} is not trusted`,
		hint: ({ hasCa }) =>
			hasCa
				? "The credential's 'CA Certificate' has not signed it, or this n8n is too old to use that field, as n8n 1.x is: then start n8n with NODE_EXTRA_CA_CERTS=/path/to/ca.pem."
				: "For a private deployment, or a proxy that opens https, put the certificate of its authority into the credential's 'CA Certificate', or have n8n trust it (NODE_EXTRA_CA_CERTS). 'Ignore SSL Issues (Insecure)' is only for when you have none.",
		cause: 'configuration-invalid',
	},
	tlsProtocol: {
		reason: ({ host }) => `no secure connection to ${host} could be agreed on (TLS)`,
		hint: ({ field }) => `Check that the credential's '${field}' names a port that speaks https.`,
		cause: 'configuration-invalid',
	},
	blocked: {
		reason: ({ host }) => `n8n does not allow requests to ${host}`,
		hint: () =>
			"Ask your n8n administrator to allow the host (n8n's protection against requests to internal addresses, or the credential's allowed domains).",
		cause: 'configuration-invalid',
	},
	proxyGone: {
		reason: ({ host }) => `the proxy closed the connection instead of leading to ${host}`,
		hint: () => CHECK_PROXY,
		again: 'then',
		cause: 'temporarily-unavailable',
	},
	timeout: {
		reason: ({ host, timeoutMs }) => `no answer came from ${host} within ${timeoutMs} ms`,
	},
	headersTooLarge: {
		reason: ({ host }) => `the answer of ${host} has more headers than n8n can read (16 kB)`,
	},
	noHttp: {
		reason: ({ host }) => `what ${host}, or something before it, answered is no HTTP`,
	},
	lost: { reason: ({ host }) => `the connection to ${host} was lost before an answer came` },
};

/** A clause as the beginning of a sentence; names of hosts and "n8n" stay as they are. */
export function capitalized(clause: string): string {
	return clause.replace(/^[a-z]+(?=[\s,])/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** "for 60 minutes, until 2026-11-28T07:00:00Z" */
export function describeWait({ until, ms }: Wait): string {
	return `for ${duration(ms)}, until ${momentOf(until)}`;
}

const SECOND = 1000;
const UNITS = [
	{ name: 'second', ms: SECOND, most: 120 },
	{ name: 'minute', ms: 60 * SECOND, most: 120 },
	{ name: 'hour', ms: 60 * 60 * SECOND, most: 48 },
	{ name: 'day', ms: 24 * 60 * 60 * SECOND, most: Infinity },
] as const;

/** Rounded up, so that nobody comes back too early. */
function duration(ms: number): string {
	const unit = UNITS.find((one) => ms <= one.most * one.ms) ?? UNITS[3];
	const count = Math.ceil(ms / unit.ms);
	return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}

/** An ISO time, to the second, rounded up. */
export function momentOf(time: number): string {
	return new Date(Math.ceil(time / SECOND) * SECOND).toISOString().replace('.000Z', 'Z');
}
