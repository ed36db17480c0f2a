import type { Refused } from '../coc/result';
import type { IamLogin } from './iam';
import { describeWait, LONGEST_LEFT_ALONE_MS, type Wait } from '../coc/retryAfter';

/** Refused sign-ins after which IAM wants to be left alone, by whom that concerns; in this process. */
const waits = new Map<string, { notBefore: number; refused: Refused; wait: Wait }>();

/**
 * Remembers the wait that IAM asked for, so that nobody in this process asks before.
 *
 * @returns the refusal, as it is told
 */
export function keepWait(login: IamLogin, refused: Refused, now: number): Refused {
	const { wait } = refused;
	if (!wait) return refused;
	for (const [scope, { notBefore }] of waits) if (notBefore <= now) waits.delete(scope);
	const notBefore = Math.min(wait.until, now + LONGEST_LEFT_ALONE_MS);
	waits.set(scopeOf(login, refused), { notBefore, refused, wait });
	return told(refused, wait);
}

/** Why IAM isn't asked now for this login; null when it may be. */
export function waitOfIam(login: IamLogin, now: number): Refused | null {
	const found = scopesOf(login)
		.map((scope) => waits.get(scope))
		.find((one) => one !== undefined && now < one.notBefore);
	if (!found) return null;
	const { refused, wait } = found;
	return told(refused, { ...wait, ms: Math.max(0, wait.until - now) });
}

function told(refused: Refused, wait: Wait): Refused {
	const asks = `IAM asks to be left alone ${describeWait(wait)}: nothing is asked of it before that time.`;
	const hint = refused.mayPass === true ? asks : `${refused.hint ?? ''} ${asks}`.trim();
	return { ...refused, hint, wait };
}

/** One in trouble concerns all, one that throttles an account, and any other refusal one user. */
function scopeOf(login: IamLogin, { wait, mayPass }: Refused): string {
	const [all, account, user] = scopesOf(login);
	if (wait?.cause === 'rate-limited') return account;
	return mayPass === true ? all : user;
}

function scopesOf({ iam, accountName, userName }: IamLogin): [string, string, string] {
	return [
		JSON.stringify([iam.url]),
		JSON.stringify([iam.url, accountName]),
		JSON.stringify([iam.url, accountName, userName]),
	];
}
