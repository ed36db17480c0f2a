import type { Cause } from './explain';
import type { NoAnswerKind } from './outcome';
import { describeWait, type Wait } from './wait';

/** What happened to a request without an answer; without a hint the outcome is unknown. */
export const NO_ANSWER: Record<
	NoAnswerKind,
	{
		reason: (request: { host: string; timeoutMs: number; wait?: Wait | undefined }) => string;
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
