import type { IHttpRequestHelper } from 'n8n-workflow';
import type { Checked } from '../contract/checked';
import {
	loginKey,
	readSignIn,
	signInRequest,
	type IamLogin,
	type IamSession,
} from '../contract/iam';
import { kindOfNetworkCode } from '../contract/outcome';
import { ask } from './ask';
import { networkErrorOf } from './networkError';

const TIMEOUT_MS = 30_000;

/**
 * How long IAM's word counts, in ms, a refusal included: long enough for all that was waiting for
 * the same sign-in, short enough for a user who has just been unlocked.
 */
const COUNTS_FOR_MS = 30_000;

/** Sign-ins under way or just done, by login. IAM throttles, and locks after wrong passwords. */
const signIns = new Map<string, SignIn>();

interface SignIn {
	at: number;
	result: Promise<Checked<IamSession>>;
	/** Once IAM has given it. */
	token?: string;
}

/**
 * Signs an IAM user in. However many items, requests and executions ask at the same time, IAM is
 * asked once for each login; whoever comes a moment later gets the same answer.
 */
export async function signIn(
	helpers: IHttpRequestHelper['helpers'],
	login: IamLogin,
	ignoreSslIssues: boolean,
): Promise<Checked<IamSession>> {
	const key = loginKey(login);
	const now = Date.now();
	for (const [known, { at }] of signIns) {
		if (now - at > COUNTS_FOR_MS + TIMEOUT_MS) signIns.delete(known);
	}
	// Nothing may be awaited between this look and the entry: all would ask at the same time.
	const known = recent(key);
	if (known) return await known.result;
	const entry: SignIn = { at: now, result: askIam(helpers, login, ignoreSslIssues) };
	signIns.set(key, entry);
	const result = await entry.result;
	entry.at = Date.now();
	if (result.ok) entry.token = result.value.token;
	return result;
}

/** Whether IAM gave this token a moment ago. */
export function isNew(token: string): boolean {
	const now = Date.now();
	return [...signIns.values()].some(
		(signIn) => signIn.token === token && now - signIn.at <= COUNTS_FOR_MS,
	);
}

/** What the last sign-in came to, if it counts still. */
export async function lastSignIn(login: IamLogin): Promise<Checked<IamSession> | undefined> {
	return await recent(loginKey(login))?.result;
}

/** A token that COC refuses must not be handed out again. */
export async function forget(login: IamLogin, token: string): Promise<void> {
	const last = await lastSignIn(login);
	if (last?.ok && last.value.token === token) signIns.delete(loginKey(login));
}

function recent(key: string): SignIn | undefined {
	const signIn = signIns.get(key);
	return signIn && Date.now() - signIn.at <= COUNTS_FOR_MS ? signIn : undefined;
}

async function askIam(
	helpers: IHttpRequestHelper['helpers'],
	login: IamLogin,
	ignoreSslIssues: boolean,
): Promise<Checked<IamSession>> {
	const { url, body } = signInRequest(login);
	try {
		const answer = await ask(
			helpers,
			{
				method: 'POST',
				url,
				headers: { 'Content-Type': 'application/json' },
				body: Buffer.from(JSON.stringify(body), 'utf8'),
			},
			{ ignoreSslIssues, timeoutMs: TIMEOUT_MS },
		);
		return readSignIn(answer, login, Date.now());
	} catch (error) {
		const { code, syscall } = networkErrorOf(error);
		const kind = kindOfNetworkCode(code, syscall);
		return {
			ok: false,
			reason: `IAM at ${login.iam.url} could not be asked for a token (${code ?? kind})`,
			hint: "Check the credential's 'IAM Endpoint' and this machine's network, then try again.",
		};
	}
}
