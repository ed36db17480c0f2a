import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Result } from '../coc/result';
import { explainNoAnswer } from '../errors/explain';
import type { CredentialFault } from '../errors/failure';
import { IAM } from '../errors/hints';
import { noAnswerOf } from '../errors/networkError';
import type { KnownTokens } from './credential';
import { loginKey, readSignIn, signInRequest, type IamLogin, type IamSession } from './iam';
import { backOff, backOffOf } from './iamBackOff';
import { plainRequest } from './plainRequest';
import { decide, refusalOf, signInRefused } from './refusals';
import type { Trust } from './trust';

type SignInResult = Result<IamSession, CredentialFault>;

const SIGN_IN_TIMEOUT_MS = 30_000;

/**
 * How long IAM's answer counts, in ms: long enough for all that waited for the same sign-in. Its *no*
 * counts for longer, see `refusals.ts`.
 */
const COUNTS_FOR_MS = 30_000;

/** Sign-ins under way or just done, by login. IAM throttles, and locks after wrong passwords. */
const signIns = new Map<string, SignIn>();

/** When the newest token was got that COC has refused, by login. */
const refusedSince = new Map<string, number>();

interface SignIn {
	/** When IAM was asked. */
	began: number;
	/** When it answered. */
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
	const isDead = known !== undefined && (known.refused || known.began < deadBefore(login));
	if (known && !isDead) return await known.result;
	const fault = faultOf(login, known);
	if (fault) return { ok: false, ...fault };
	const result = askIam(helpers, login, trust);
	const entry: SignIn = { began: now, at: now, result, inPlace: known?.refused === true };
	signIns.set(key, entry);
	const outcome = await result;
	entry.at = Date.now();
	if (outcome.ok) entry.token = outcome.value.token;
	const decision = { isRefused: !outcome.ok, at: entry.at };
	if (outcome.ok) decide(loginKey(login), decision);
	else if (outcome.isNo) decide(loginKey(login), { ...decision, fault: outcome });
	return outcome;
}

/** Whether IAM gave this token a moment ago. */
export function isNew(token: string): boolean {
	return entryOf(token) !== undefined;
}

/** What this process knows of tokens beside what is stored of them. */
export const knownTokens: KnownTokens = {
	isNew,
	isOutlived: ({ signedInAt }, login) => signedInAt < deadBefore(login),
};

/**
 * A token that COC refuses must not be handed out again, nor must those that IAM gave for the same
 * login before: what ended this one has most probably ended them as well.
 *
 * @returns whether another one may be better: not when this one came in place of such a one already
 */
export function forget(login: IamLogin, session: IamSession): boolean {
	const entry = entryOf(session.token);
	if (entry) entry.refused = true;
	const newest = Math.max(deadBefore(login), session.signedInAt);
	refusedSince.set(loginKey(login), newest);
	return entry?.inPlace !== true;
}

function deadBefore(login: IamLogin): number {
	return refusedSince.get(loginKey(login)) ?? -Infinity;
}

/**
 * Why IAM isn't asked now: it asks to wait, has refused this very sign-in, or COC refuses what it
 * gives.
 *
 * @param last the last sign-in, if it counts still
 */
function faultOf(login: IamLogin, last: SignIn | undefined): CredentialFault | null {
	if (last?.refused && last.inPlace) return NEW_TOKEN_REFUSED;
	const refusal = refusalOf(loginKey(login));
	return backOffOf(login, Date.now()) ?? (refusal && signInRefused(refusal));
}

/** Another token would fare no better, and IAM throttles those who ask often. */
export const NEW_TOKEN_REFUSED: CredentialFault = {
	reason: 'COC refuses a token that IAM has just given',
	hint: "Check the credential's 'Scope', and that its 'Endpoint' and 'IAM Endpoint' belong to the same site",
	again: 'then',
};

/** What the last sign-in came to, if it counts still. */
export async function lastSignIn(login: IamLogin, trust: Trust): Promise<SignInResult | undefined> {
	const known = recent(keyOf(login, trust));
	const last = await known?.result;
	const fault = last && !last.ok ? backOffOf(login, Date.now()) : faultOf(login, known);
	return fault ? { ok: false, ...fault } : last;
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
	const began = Date.now();
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
		const session = readSignIn(answer, login, now, began);
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
