import { createHash, createHmac } from 'crypto';
import { saidBody, type Answer, type RawAnswer } from '../coc/answer';
import { isForeign } from '../coc/classify';
import { headerValues } from '../coc/headers';
import { readAnswer } from '../coc/readAnswer';
import type { Result } from '../coc/result';
import { longWaitOf } from '../coc/retryAfter';
import { COC_ENDPOINTS, type Endpoint } from '../coc/url';
import { describeAnswer } from '../errors/explain';
import type { CredentialFault } from '../errors/failure';
import { checkBetween, IAM, PROXY_LOGIN, signInHint } from '../errors/hints';

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
	/** When IAM was asked for it, in ms since 1970 by the clock of who asked. */
	signedInAt: number;
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

/**
 * Reads IAM's answer: 201, the token in a header, its expiry and its user in the body.
 *
 * @param signedInAt when IAM was asked
 */
export function readSignIn(
	raw: RawAnswer,
	login: IamLogin,
	now: number,
	signedInAt = now,
): Result<IamSession, CredentialFault> {
	const answer = readAnswer(raw, [login.password], now);
	const { httpStatus } = raw;
	if (httpStatus < 200 || httpStatus > 299) {
		const fault = isForeign(answer) ? notIam(answer, login) : refusal(answer, login);
		const wait = longWaitOf(answer, now);
		return { ok: false, ...fault, ...(wait && { wait }) };
	}
	const [token = ''] = headerValues(raw.headers, 'x-subject-token');
	const session = token === '' ? null : sessionIn(answer);
	if (session !== null) return { ok: true, value: { token, ...session, signedInAt } };
	if (answer.sender === 'between' && answer.bodyProblem !== 'noEnvelope') {
		return { ok: false, ...notIam(answer, login) };
	}
	const reason = `${login.iam.url} answers, but not as IAM does`;
	return { ok: false, reason, hint: CHECK_IAM, cause: 'configuration-invalid' };
}

/** IAM's own words. */
function refusal(answer: Answer, { projectName }: IamLogin): CredentialFault {
	const { httpStatus, code, message } = answer;
	const said = message === null ? '' : ` "${message}"`;
	const own = code === null || code === String(httpStatus) ? '' : `${code}, `;
	const project =
		httpStatus === 401 && projectName !== null ? " Check 'Project Name' as well." : '';
	return {
		reason: `IAM refuses to sign in:${said} (${own}HTTP ${httpStatus})`,
		hint: signInHint(answer) + project,
		mayPass: isPassing(httpStatus),
		isNo: !isPassing(httpStatus),
	};
}

/** Something in IAM's place answered: nothing is known of the user, nor of the password. */
function notIam(answer: Answer, { iam }: IamLogin): CredentialFault {
	const { httpStatus } = answer;
	const reason = `IAM at ${iam.url} could not be asked for a token: ${describeAnswer(answer, IAM)}`;
	if (httpStatus === 407) {
		return { reason, hint: `${PROXY_LOGIN}.`, cause: 'configuration-invalid' };
	}
	if (httpStatus >= 300 && httpStatus <= 399) {
		return { reason, hint: CHECK_IAM, cause: 'configuration-invalid' };
	}
	const cause = isPassing(httpStatus) ? 'temporarily-unavailable' : null;
	return { reason, hint: checkBetween(IAM), again: 'then', cause };
}

const CHECK_IAM = "Check the credential's 'IAM Endpoint'.";

function isPassing(httpStatus: number): boolean {
	return httpStatus === 429 || httpStatus >= 500;
}

/**
 * Ties a token to what it was got with. n8n puts hidden fields back when a user edits the visible
 * ones, so that a token of the old account would survive. Keyed by the token, which is as secret as
 * the password: the fingerprint alone reveals nothing about it.
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

function sessionIn(answer: Answer): Omit<IamSession, 'token' | 'signedInAt'> | null {
	const { token } = (saidBody(answer) ?? {}) as {
		token?: { expires_at?: unknown; user?: { id?: unknown } };
	};
	const expiresAt = token?.expires_at;
	const userId = token?.user?.id;
	if (typeof expiresAt !== 'string' || Number.isNaN(Date.parse(expiresAt))) return null;
	return typeof userId === 'string' ? { expiresAt, userId } : null;
}
