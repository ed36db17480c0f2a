import { isForeign, type Answer } from '../coc/answer';
import type { Meaning } from '../coc/codes';
import type { Authentication } from '../auth/credential';
import { COC, type ServiceName } from './describe';
import type { Cause, OperationWords } from './failure';

/** What to do about an answer whose meaning is known. */
export const ADVICE: Record<
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
		hint: (_words, _authentication, answer) =>
			`${isForeign(answer) ? 'Something between n8n and COC' : 'COC'} limits the number of requests: wait a minute, then run this item again.`,
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
	proxyLogin: {
		hint: () => `${PROXY_LOGIN}, then run this item again.`,
		cause: 'configuration-invalid',
	},
	// It may pass as well as stay: no cause.
	foreign: { hint: () => `${checkBetween(COC)}, then run this item again.` },
};

/** What to do when something answers in a service's place; without a full stop. */
export function checkBetween({ name, field }: ServiceName): string {
	return `Check what stands between n8n and ${name} (a proxy, a firewall, a login page), and the credential's '${field}'`;
}

/** What to do when a proxy wants to know who asks; without a full stop. */
export const PROXY_LOGIN =
	"Put the proxy's user name and password into n8n's proxy variable (HTTPS_PROXY or HTTP_PROXY), as in http://user:password@proxy:port";

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
