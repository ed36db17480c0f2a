import { LONGEST_BACK_OFF_MS, type Wait } from '../coc/retryAfter';
import { describeWait } from '../errors/explain';
import { hintText, type CredentialFault } from '../errors/failure';
import type { IamLogin } from './iam';

/** Refused sign-ins after which IAM asks to wait, by whom that concerns; in this process. */
const waits = new Map<string, { until: number; fault: CredentialFault; wait: Wait }>();

/**
 * Remembers the wait that IAM asked for, so that nothing in this process asks before.
 *
 * @returns the fault with the wait in its hint
 */
export function backOff(login: IamLogin, fault: CredentialFault, now: number): CredentialFault {
	const { wait } = fault;
	if (!wait) return fault;
	for (const [scope, { until }] of waits) if (until <= now) waits.delete(scope);
	const until = Math.min(wait.until, now + LONGEST_BACK_OFF_MS);
	waits.set(scopeOf(login, fault), { until, fault, wait });
	return withBackOff(fault, wait);
}

/** Why IAM isn't asked now for this login; null when it may be. */
export function backOffOf(login: IamLogin, now: number): CredentialFault | null {
	const found = scopesOf(login)
		.map((scope) => waits.get(scope))
		.find((one) => one !== undefined && now < one.until);
	if (!found) return null;
	const { fault, wait } = found;
	return withBackOff(fault, { ...wait, ms: Math.max(0, wait.until - now) });
}

function withBackOff(fault: CredentialFault, wait: Wait): CredentialFault {
	const asks = `IAM asks to be left alone ${describeWait(wait)}: nothing is asked of it before that time.`;
	const { hint = '', again, ...others } = fault;
	const whole = fault.mayPass === true ? '' : hintText({ hint, again }, null);
	return { ...others, hint: `${whole} ${asks}`.trim(), wait };
}

/** One in trouble concerns all, one that throttles an account, and any other refusal one user. */
function scopeOf(login: IamLogin, { wait, mayPass }: CredentialFault): string {
	const [all, account, user] = scopesOf(login);
	if (wait?.isThrottling === true) return account;
	return mayPass === true ? all : user;
}

function scopesOf({ iam, accountName, userName }: IamLogin): [string, string, string] {
	return [
		JSON.stringify([iam.url]),
		JSON.stringify([iam.url, accountName]),
		JSON.stringify([iam.url, accountName, userName]),
	];
}
