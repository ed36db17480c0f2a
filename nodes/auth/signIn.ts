import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Result } from '../coc/result';
import { explainNoAnswer } from '../errors/explain';
import type { CredentialFault } from '../errors/failure';
import { IAM } from '../errors/hints';
import { noAnswerOf } from '../errors/networkError';
import { loginKey, readSignIn, signInRequest, type IamLogin, type IamSession } from './iam';
import { backOff, backOffOf } from './iamBackOff';
import { plainRequest } from './plainRequest';
import type { Trust } from './trust';

type SignInResult = Result<IamSession, CredentialFault>;

const SIGN_IN_TIMEOUT_MS = 30_000;

/**
 * How long IAM's answer counts, in ms, a refusal included: long enough for all that waited for the
 * same sign-in, short enough for a user who has just been unlocked.
 */
const COUNTS_FOR_MS = 30_000;

/** Sign-ins under way or just done, by login. IAM throttles, and locks after wrong passwords. */
const signIns = new Map<string, SignIn>();

interface SignIn {
	at: number;
	result: Promise<SignInResult>;
	/** Once IAM has given it. */
	token?: string;
	/** COC refuses the token. */
	refused?: boolean;
	/** It was made in place of one whose token COC refused a moment ago. */
	inPlace: boolean;
}

/**
 * Signs an IAM user in. However many items, requests and executions ask at the same time, IAM is
 * asked once for each login; a request a moment later gets the same answer. An IAM that asks to
 * wait isn't asked before that time.
 */
export async function signIn(
	helpers: IHttpRequestHelper['helpers'],
	login: IamLogin,
	trust: Trust,
): Promise<SignInResult> {
	const key = keyOf(login, trust);
	const now = Date.now();
	for (const [known, { at }] of signIns) {
		if (now - at > COUNTS_FOR_MS + SIGN_IN_TIMEOUT_MS) signIns.delete(known);
	}
	// Nothing may be awaited between this look and the entry: all would ask at the same time.
	const known = recent(key);
	if (known && !known.refused) return await known.result;
	const fault = backOffOf(login, now);
	if (fault) return { ok: false, ...fault };
	const result = askIam(helpers, login, trust);
	const entry: SignIn = { at: now, result, inPlace: known !== undefined };
	signIns.set(key, entry);
	const outcome = await result;
	entry.at = Date.now();
	if (outcome.ok) entry.token = outcome.value.token;
	return outcome;
}

/** Whether IAM gave this token a moment ago. */
export function isNew(token: string): boolean {
	return entryOf(token) !== undefined;
}

/**
 * A token that COC refuses must not be handed out again.
 *
 * @returns whether another one may be better: not when this one came in place of such a one already
 */
export function forget(token: string): boolean {
	const entry = entryOf(token);
	if (entry) entry.refused = true;
	return entry?.inPlace !== true;
}

/** What the last sign-in came to, if it counts still. */
export async function lastSignIn(login: IamLogin, trust: Trust): Promise<SignInResult | undefined> {
	const fault = backOffOf(login, Date.now());
	if (fault) return { ok: false, ...fault };
	return await recent(keyOf(login, trust))?.result;
}

function entryOf(token: string): SignIn | undefined {
	const now = Date.now();
	return [...signIns.values()].find(
		(signIn) => signIn.token === token && now - signIn.at <= COUNTS_FOR_MS,
	);
}

function keyOf(login: IamLogin, trust: Trust): string {
	return `${loginKey(login)} ${JSON.stringify(trust)}`;
}

function recent(key: string): SignIn | undefined {
	const signIn = signIns.get(key);
	return signIn && Date.now() - signIn.at <= COUNTS_FOR_MS ? signIn : undefined;
}

async function askIam(
	helpers: IHttpRequestHelper['helpers'],
	login: IamLogin,
	trust: Trust,
): Promise<SignInResult> {
	const { url, body } = signInRequest(login);
	try {
		const answer = await plainRequest(
			helpers,
			{
				method: 'POST',
				url,
				headers: { 'Content-Type': 'application/json' },
				body: Buffer.from(JSON.stringify(body), 'utf8'),
			},
			{ trust, timeoutMs: SIGN_IN_TIMEOUT_MS },
		);
		const now = Date.now();
		const session = readSignIn(answer, login, now);
		return session.ok ? session : { ok: false, ...backOff(login, session, now) };
	} catch (error) {
		const noAnswer = noAnswerOf(error, url, false);
		const { host } = new URL(login.iam.url);
		const hasCa = trust.ca !== null;
		const asked = { host, timeoutMs: SIGN_IN_TIMEOUT_MS, field: IAM.field, hasCa };
		const { reason, hint, again, cause } = explainNoAnswer(noAnswer, asked);
		const { kind } = noAnswer;
		return {
			ok: false,
			reason: `IAM at ${login.iam.url} could not be asked for a token: ${reason}`,
			...(hint === undefined
				? { hint: CHECK_NETWORK, again: 'then' }
				: { hint, ...(again && { again }) }),
			code: noAnswer.code,
			mayPass: kind !== 'certificate' && kind !== 'blocked',
			...(cause && { cause }),
		};
	}
}

const CHECK_NETWORK = "Check the credential's 'IAM Endpoint' and this machine's network";
