import { createHash, createHmac } from 'crypto';
import { checkBetween, PROXY_LOGIN } from '../errors/hints';
import { isForeign, isFromBetween, readAnswer, type Answer, type RawAnswer } from '../coc/answer';
import type { Checked, Refused } from '../coc/result';
import { describeAnswer, IAM } from '../errors/describe';
import { waitOf } from '../coc/retryAfter';
import { COC_ENDPOINTS, type Endpoint } from '../coc/endpoint';
import { headerValues } from '../coc/headers';

/** What an IAM user signs in with. */
export interface IamLogin {
	iam: Endpoint;
	accountName: string;
	userName: string;
	password: string;
	/** A project's name, or null for a token of the whole account. */
	projectName: string | null;
}

/** A token that IAM gave, as n8n stores it in the credential's hidden fields. */
export interface IamSession {
	token: string;
	/** ISO time, as IAM gives it. */
	expiresAt: string;
	/** The user's own ID. */
	userId: string;
}

/** IAM of each COC site; a private deployment names its own. */
export const IAM_ENDPOINTS: Readonly<Record<string, string>> = {
	[COC_ENDPOINTS.china]: 'https://iam.myhuaweicloud.com',
	[COC_ENDPOINTS.international]: 'https://iam.ap-southeast-3.myhuaweicloud.com',
	[COC_ENDPOINTS.europe]: 'https://iam.eu-west-101.myhuaweicloud.eu',
};

/** The call that gets a token (KeystoneCreateUserTokenByPassword): path and body. */
export function signInRequest(login: IamLogin) {
	const { accountName, userName, password, projectName } = login;
	const domain = { name: accountName };
	return {
		url: `${login.iam.url}/v3/auth/tokens?nocatalog=true`,
		body: {
			auth: {
				identity: {
					methods: ['password'],
					password: { user: { name: userName, password, domain } },
				},
				scope: projectName === null ? { domain } : { project: { name: projectName } },
			},
		},
	};
}

/** Reads IAM's answer: 201, the token in a header, its expiry and its user in the body. */
export function readSignIn(raw: RawAnswer, login: IamLogin, now: number): Checked<IamSession> {
	const answer = readAnswer(raw, [login.password], now);
	const { httpStatus } = raw;
	if (httpStatus < 200 || httpStatus > 299) {
		const refused = isForeign(answer) ? notIam(answer, login) : refusal(answer, login);
		const wait = waitOf(answer, now);
		return { ...refused, ...(wait && { wait }) };
	}
	const [token = ''] = headerValues(raw.headers, 'x-subject-token');
	const session = token === '' ? null : readBody(raw.body);
	if (session !== null) return { ok: true, value: { token, ...session } };
	if (isFromBetween(answer) && answer.bodyProblem !== 'noEnvelope') return notIam(answer, login);
	const reason = `${login.iam.url} answers, but not as IAM does`;
	return refuse(reason, CHECK_IAM, 'configuration-invalid');
}

/** IAM's own words. */
function refusal({ httpStatus, code, message }: Answer, login: IamLogin): Refused {
	const said = message === null ? '' : ` "${message}"`;
	const own = code === null || code === String(httpStatus) ? '' : `${code}, `;
	const reason = `IAM refuses to sign in:${said} (${own}HTTP ${httpStatus})`;
	return { ...refuse(reason, hintFor(httpStatus, login)), mayPass: isPassing(httpStatus) };
}

/** Something in IAM's place answered: nothing is known of the user, nor of the password. */
function notIam(answer: Answer, { iam }: IamLogin): Refused {
	const { httpStatus } = answer;
	const reason = `IAM at ${iam.url} could not be asked for a token: ${describeAnswer(answer, IAM)}`;
	if (httpStatus === 407) return refuse(reason, `${PROXY_LOGIN}.`, 'configuration-invalid');
	if (httpStatus >= 300 && httpStatus <= 399) {
		return refuse(reason, CHECK_IAM, 'configuration-invalid');
	}
	const cause = isPassing(httpStatus) ? 'temporarily-unavailable' : null;
	return refuse(reason, `${checkBetween(IAM)}, then try again.`, cause);
}

const CHECK_IAM = "Check the credential's 'IAM Endpoint'.";

function isPassing(httpStatus: number): boolean {
	return httpStatus === 429 || httpStatus >= 500;
}

/**
 * Ties a token to what it was got with. n8n puts hidden fields back when a user edits the visible
 * ones, so that a token of the old account would survive. Keyed by the token, which is as secret as
 * the password: the fingerprint alone tells nothing about it.
 */
export function fingerprintOf(token: string, login: IamLogin): string {
	return createHmac('sha256', token).update(loginKey(login)).digest('hex');
}

/** The same for the same account, user, password, scope and IAM, and for no others; a hash. */
export function loginKey(login: IamLogin): string {
	const { iam, accountName, userName, password, projectName } = login;
	const parts = JSON.stringify([iam.url, accountName, userName, password, projectName]);
	return createHash('sha256').update(parts).digest('hex');
}

function readBody(body: string | null): Omit<IamSession, 'token'> | null {
	try {
		const { token } = JSON.parse(body ?? '') as {
			token?: { expires_at?: unknown; user?: { id?: unknown } };
		};
		const expiresAt = token?.expires_at;
		const userId = token?.user?.id;
		if (typeof expiresAt !== 'string' || Number.isNaN(Date.parse(expiresAt))) return null;
		return typeof userId === 'string' ? { expiresAt, userId } : null;
	} catch {
		return null;
	}
}

function hintFor(httpStatus: number, { projectName }: IamLogin): string {
	const project = projectName === null ? '' : " Check 'Project Name' as well.";
	if (httpStatus === 401) {
		return `Check 'Account Name', 'User Name' and 'Password' in the credential. IAM locks a user for a while after several wrong passwords, and a user with login protection (MFA) can't sign in unattended: use a user without it, or an access key.${project}`;
	}
	if (httpStatus === 403) {
		return 'The user may not sign in: it may be disabled, limited to other addresses, or not allowed programmatic access. Ask the administrator of the account.';
	}
	if (httpStatus === 400 || httpStatus === 404) {
		return "Check 'IAM Endpoint', 'Account Name', 'Scope' and 'Project Name' in the credential.";
	}
	if (httpStatus === 429) return 'IAM limits the number of sign-ins: wait some minutes.';
	return "Wait a minute and try again; if it stays so, check the credential's 'IAM Endpoint'.";
}

function refuse(reason: string, hint: string, cause?: Refused['cause']): Refused {
	return { ok: false, reason, hint, ...(cause !== undefined && { cause }) };
}
