import type { Cause } from './failure';
import type { NoAnswer, NoAnswerKind } from '../coc/classify';
import { describeWait, type Wait } from '../coc/retryAfter';

/** Why no answer came, in words. */
interface Explained {
	/** A clause without a full stop; the network's code isn't in it. */
	reason: string;
	/** Absent where the outcome is unknown. */
	hint?: string | undefined;
	cause?: Cause | undefined;
}

/** A request as its explanation names it. */
export interface Asked {
	/** With its port, where that isn't the usual one. */
	host: string;
	timeoutMs: number;
}

/** Explains why no answer came, naming what failed where that isn't the host that was asked. */
export function explainNoAnswer({ kind, elsewhere, wait }: NoAnswer, asked: Asked): Explained {
	const { reason, hint, cause } = NO_ANSWER[kind];
	if (elsewhere === undefined) return { reason: reason({ ...asked, wait }), hint, cause };
	const where = `this is not ${asked.host}, but probably a proxy on the way there`;
	return {
		reason: `${reason({ ...asked, host: elsewhere })}: ${where}`,
		hint: hint && CHECK_PROXY,
		cause,
	};
}

const CHECK_PROXY =
	"Check n8n's proxy (the variables HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY) and whether it is up, then run this item again.";

/** What happened to a request without an answer; without a hint the outcome is unknown. */
const NO_ANSWER: Record<
	NoAnswerKind,
	{
		reason: (asked: Asked & { wait?: Wait | undefined }) => string;
		hint?: string;
		cause?: Cause;
	}
> = {
	cancelled: {
		reason: () => 'the execution was cancelled before its turn',
		hint: 'Run this item again when it is still wanted.',
	},
	stopped: {
		reason: () => 'an item before it failed',
		hint: 'Run this item again when the cause is mended.',
	},
	budgetSpent: {
		reason: () => 'too many requests of this run had to be repeated',
		hint: 'COC, or the way to it, is in trouble: run this item again later.',
		cause: 'temporarily-unavailable',
	},
	leftAlone: {
		reason: ({ wait }) => `COC asked to be left alone${wait ? ` ${describeWait(wait)}` : ''}`,
		hint: 'Run this item again after that time.',
		cause: 'temporarily-unavailable',
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
		hint: "For a private deployment, or a proxy that opens https, have its certificate authority trusted (NODE_EXTRA_CA_CERTS), or switch on the credential's 'Ignore SSL Issues (Insecure)'.",
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
	proxyGone: {
		reason: ({ host }) => `the proxy closed the connection instead of leading to ${host}`,
		hint: CHECK_PROXY,
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
