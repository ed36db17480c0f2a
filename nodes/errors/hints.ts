import type { Answer, Meaning } from '../coc/answer';
import { isForeign } from '../coc/classify';

/** What to do next. */
export interface Hint {
	/** Full sentences; the last one without its full stop when `again` ends it. */
	hint: string;
	/** How the advice to try again joins it; each place has its own words for that. */
	again?: Again | undefined;
}

export type Again = 'then' | 'later' | 'afterwards';

/** The part of n8n's vocabulary of causes that applies here. */
export type Cause =
	| 'rate-limited'
	| 'temporarily-unavailable'
	| 'credential-invalid'
	| 'configuration-invalid';

/** A service, as a user knows it. */
export interface ServiceName {
	name: 'COC' | 'EPS' | 'IAM';
	/** The credential's field that says where it is. */
	field: 'Endpoint' | 'EPS Endpoint' | 'IAM Endpoint';
}

export const COC: ServiceName = { name: 'COC', field: 'Endpoint' };
export const IAM: ServiceName = { name: 'IAM', field: 'IAM Endpoint' };

/** How a request proves who sends it. */
export type AuthenticationKind = 'token' | 'iamUser' | 'accessKey';

/** What is known where a hint is needed. */
interface Refusal {
	answer: Answer;
	service: ServiceName;
	iamAction: string;
	authentication: AuthenticationKind;
}

/** What a meaning says to the user, in each of the places where it turns up. */
interface Advice {
	hint: (refusal: Refusal) => string;
	again?: Again;
	cause?: Cause;
	/** The verdict of the credential's test, a sentence without a full stop. */
	verdict: string;
	/** In IAM's answer to a sign-in, where it says something else. */
	signIn?: string;
}

/** What to do when something answers in a service's place; without a full stop. */
export function checkBetween({ name, field }: ServiceName): string {
	return `Check what stands between n8n and ${name} (a proxy, a firewall, a login page), and the credential's '${field}'`;
}

/** What to do when a service can't be reached at its address; without a full stop. */
export function checkAddress({ field }: ServiceName): string {
	return `Check the credential's '${field}', and this machine's network`;
}

/** What to do when a proxy wants a login; without a full stop. */
export const PROXY_LOGIN =
	"Put the proxy's user name and password into n8n's proxy variable (HTTPS_PROXY or HTTP_PROXY), as in http://user:password@proxy:port";

export const NOT_COC =
	"The answer isn't COC's: check the 'Endpoint' (host, port and path prefix), and whether a proxy, a firewall or a login page answers in its place";

/** The test can't tell which way of authenticating was refused. */
const REFUSED_BY_TEST =
	"COC refuses the credential: check that it is complete, and that it belongs to the site of the 'Endpoint'. Token: tokens live 24 hours, get a new one from IAM. Access key: check the key, its secret and this machine's clock";

const SIGN_IN_CLIENT_ERROR =
	"Check 'IAM Endpoint', 'Account Name', 'Scope' and 'Project Name' in the credential.";

/** What each meaning of an answer says to the user: one row for all places. */
export const ADVICE: Record<Meaning, Advice> = {
	tokenRefused: {
		hint: refusedCredential,
		cause: 'credential-invalid',
		verdict: REFUSED_BY_TEST,
		signIn:
			"Check 'Account Name', 'User Name' and 'Password' in the credential. IAM locks a user for a while after several wrong passwords, and a user with login protection (MFA) can't sign in unattended: use a user without it, or an access key.",
	},
	otherSite: {
		hint: ({ authentication }) =>
			authentication === 'accessKey'
				? "The access key belongs to another site or region than the credential's 'Endpoint'."
				: "The token must be renewed, or it belongs to another site or region than the credential's 'Endpoint'.",
		cause: 'credential-invalid',
		verdict:
			"The credential belongs to another site than the 'Endpoint', or its token must be renewed: a token comes from the IAM of the site that the 'Endpoint' belongs to",
	},
	wrongAuthentication: {
		hint: refusedCredential,
		cause: 'credential-invalid',
		verdict: REFUSED_BY_TEST,
	},
	badCredential: {
		hint: () =>
			"COC doesn't recognise the credential's user: use an IAM user of the account that uses COC.",
		cause: 'credential-invalid',
		verdict:
			"COC doesn't recognise the credential's user: use an IAM user of the account that uses COC",
	},
	notPermitted: {
		hint: ({ iamAction, service }) =>
			`The credential's user lacks a permission: ask your administrator for the IAM action ${iamAction}, and whether this address may call ${service.name}.`,
		cause: 'configuration-invalid',
		verdict:
			"The credential works, but its user may not list incidents (IAM action coc:ticket:list). This doesn't stop 'Verify', which needs coc:ticket:action",
		signIn:
			'The user may not sign in: it may be disabled, limited to other addresses, or not allowed programmatic access. Ask the administrator of the account.',
	},
	noSuchApi: {
		hint: ({ service: { name, field } }) =>
			`There is no ${name} API at this address: check the credential's '${field}'.`,
		cause: 'configuration-invalid',
		// Found by the status as well, which may be anybody's.
		verdict: `Either there is no COC API at this address, or ${NOT_COC.charAt(0).toLowerCase()}${NOT_COC.slice(1)}`,
		signIn: SIGN_IN_CLIENT_ERROR,
	},
	redirect: {
		hint: ({ service: { name, field } }) =>
			`Enter the address that ${name} really has as the credential's '${field}'.`,
		cause: 'configuration-invalid',
		verdict: "The address redirects elsewhere, which is not followed: check the 'Endpoint'",
	},
	noSuchTicket: {
		hint: () =>
			"Check the ticket number, and that the credential's 'Endpoint' and account are those of the ticket.",
		verdict: NOT_COC,
	},
	tooLarge: { hint: () => 'Shorten the texts.', verdict: NOT_COC },
	throttled: {
		hint: ({ answer, service: { name } }) =>
			`${isForeign(answer) ? `Something between n8n and ${name}` : name} limits the number of requests: wait a minute`,
		again: 'then',
		cause: 'rate-limited',
		verdict:
			'COC, or something before it, limits the number of requests at the moment: wait a minute and test again',
		signIn: 'IAM limits the number of sign-ins: wait some minutes.',
	},
	gatewayTrouble: {
		hint: ({ service: { name } }) => `The gateway in front of ${name} is in trouble`,
		again: 'later',
		cause: 'temporarily-unavailable',
		verdict:
			"COC's gateway, or something before it, is in trouble at the moment: wait a minute and test again",
	},
	iamUnavailable: {
		hint: () => 'IAM is not available to check the credential',
		again: 'later',
		cause: 'temporarily-unavailable',
		verdict: 'COC could not reach IAM to check the credential: wait a minute and test again',
	},
	proxyLogin: {
		hint: () => PROXY_LOGIN,
		again: 'then',
		cause: 'configuration-invalid',
		verdict: `A proxy between n8n and COC wants a user name and password. ${PROXY_LOGIN}`,
	},
	// It may pass as well as stay: no cause.
	foreign: { hint: ({ service }) => checkBetween(service), again: 'then', verdict: NOT_COC },
};

/** What to do about an answer that isn't success; null when its meaning isn't known. */
export function hintFor(
	answer: Answer,
	iamAction: string,
	authentication: AuthenticationKind,
	service: ServiceName,
): (Hint & { cause: Cause | null }) | null {
	if (answer.meaning === null) return null;
	const { hint, again, cause = null } = ADVICE[answer.meaning];
	return { hint: hint({ answer, service, iamAction, authentication }), again, cause };
}

/** What to do about IAM's refusal to sign a user in. */
export function signInHint({ meaning, httpStatus }: Answer): string {
	const known = meaning === null ? undefined : ADVICE[meaning].signIn;
	if (known !== undefined) return known;
	if (httpStatus === 400) return SIGN_IN_CLIENT_ERROR;
	return "Wait a minute and try again; if it stays so, check the credential's 'IAM Endpoint'.";
}

function refusedCredential({ authentication, answer, service }: Refusal): string {
	switch (authentication) {
		case 'token':
			return 'The token is invalid or expired (tokens live 24 hours): put a new one into the credential.';
		case 'iamUser':
			return `${service.name} refuses a token that IAM has just given: check the credential's 'Scope', and that its 'Endpoint' and 'IAM Endpoint' belong to the same site.`;
		case 'accessKey': {
			// After these words the gateway repeats the whole request, in which others may occur.
			const [said = ''] = (answer.message ?? '').split('canonicalRequest');
			const known = ACCESS_KEY_REFUSALS.find(({ says }) => says.test(said));
			const hint = known?.hint ?? `${WRONG_SECRET} ${WRONG_CLOCK}`;
			return `${hint} Nothing more is sent with this key until it is corrected, or for 15 minutes: more than five refusals in a row lock it for five minutes.`;
		}
	}
}

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
