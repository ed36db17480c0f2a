import { randomBytes } from 'node:crypto';
import { DEFAULT_USER, type Login } from './auth.cts';
import {
	canonicalRequest,
	isSignedWith,
	readAuthorization,
	type SignedRequest,
} from './signatures.cts';

const MINUTE = 60_000;
const MOST_SKEW = 15 * MINUTE;
const LOCKED_FOR = 5 * MINUTE;
/** One failure more in a row locks the key. */
const MOST_FAILURES = 5;

export interface AccessKeyOptions {
	/** Makes it a temporary key. Default: it doesn't expire, or after 24 hours when temporary. */
	expiresInMs?: number;
	/** Whether it is a temporary key, used together with a security token. */
	securityToken?: boolean;
	/** IAM actions such as `coc:ticket:action`. Default: all. */
	permissions?: string[];
	/** Whose key it is. */
	userId?: string;
}

export interface AccessKey {
	accessKeyId: string;
	secretAccessKey: string;
	/** Of a temporary key. */
	securityToken?: string;
	userId: string;
}

export interface AccessKeys {
	issue(options?: AccessKeyOptions): AccessKey;
	/** The login behind a signed request, or the gateway's reason to refuse it. */
	check(request: SignedRequest): Login | string;
}

interface Known extends AccessKey {
	login: Login;
	expiresAt: number;
	failures: number;
	lockedUntil: number;
}

/** An empty store of access keys, with the gateway's rules for signatures. */
export function createAccessKeys(now: () => number): AccessKeys {
	const known = new Map<string, Known>();

	return {
		issue({ expiresInMs, securityToken, permissions, userId = DEFAULT_USER } = {}) {
			const temporary = securityToken ?? expiresInMs !== undefined;
			const key: AccessKey = {
				accessKeyId: randomBytes(10).toString('hex').toUpperCase(),
				secretAccessKey: randomBytes(30).toString('base64url'),
				...(temporary && { securityToken: randomBytes(60).toString('base64') }),
				userId,
			};
			known.set(key.accessKeyId, {
				...key,
				login: { userId, may: (action) => permissions?.includes(action) ?? true },
				expiresAt: now() + (expiresInMs ?? (temporary ? 24 * 60 * MINUTE : Infinity)),
				failures: 0,
				lockedUntil: 0,
			});
			return key;
		},
		check(request) {
			const authorization = readAuthorization(request);
			if (!authorization) return 'the headers Authorization and X-Sdk-Date are not complete';
			const { accessKeyId, signedAt, signedHeaders } = authorization;
			const key = known.get(accessKeyId);
			const token = request.headers['x-security-token'];
			// A temporary key is found only by its token.
			if (!key || (key.securityToken !== undefined && token === undefined)) {
				return `Get secretKey failed,ak:${accessKeyId},err:ak not exist`;
			}
			if (now() < key.lockedUntil) return 'AK access failed to reach the limit,forbidden.';

			let reason: string;
			if (Math.abs(now() - signedAt) > MOST_SKEW) {
				const times = `signature time:${basic(signedAt)},server time:${basic(now())}`;
				reason = `calc aksk signature fail:signature expired, ${times}`;
			} else if (!isSignedWith(key.secretAccessKey, request, authorization)) {
				const canonical = canonicalRequest(request, signedHeaders).replaceAll('\n', '|');
				reason = `verify aksk signature fail, canonicalRequest:${canonical}`;
			} else if (token !== key.securityToken || !signs(signedHeaders, token)) {
				reason = 'decrypt token fail';
			} else if (now() >= key.expiresAt) {
				reason = 'the security token has expired';
			} else {
				key.failures = 0;
				return key.login;
			}
			key.failures += 1;
			if (key.failures > MOST_FAILURES) {
				key.lockedUntil = now() + LOCKED_FOR;
				key.failures = 0;
			}
			return reason;
		},
	};
}

function signs(signedHeaders: string[], token: string | string[] | undefined): boolean {
	return token === undefined || signedHeaders.includes('x-security-token');
}

/** YYYYMMDDTHHMMSSZ */
function basic(at: number): string {
	return new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
