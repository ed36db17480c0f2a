import { randomBytes } from 'node:crypto';

const DAY = 24 * 60 * 60 * 1000;
/** Whose tokens and access keys are, unless a test says so. */
export const DEFAULT_USER = '7da46971b7e24eed90cf777cc2ff8b91';

export interface TokenOptions {
	/** Default: 24 hours, as long as IAM's tokens live. */
	expiresInMs?: number;
	/** IAM actions such as `coc:ticket:action`. Default: all. */
	permissions?: string[];
	/** Whose token it is. */
	userId?: string;
	/** Default: a new one. */
	token?: string;
}

/** Whom a token speaks for, and what IAM lets this user do. */
export interface Login {
	userId: string;
	may(action: string): boolean;
}

export interface Tokens {
	issue(options?: TokenOptions): string;
	expire(token: string): void;
	/** The login behind a token; none when it is unknown or expired. */
	login(token: string | undefined): Login | undefined;
}

/** An empty store of IAM tokens. */
export function createTokens(now: () => number): Tokens {
	const known = new Map<string, Login & { expiresAt: number }>();

	return {
		issue({ expiresInMs = DAY, permissions, userId = DEFAULT_USER, ...given } = {}) {
			const token = given.token ?? randomBytes(48).toString('base64url');
			known.set(token, {
				userId,
				may: (action) => permissions?.includes(action) ?? true,
				expiresAt: now() + expiresInMs,
			});
			return token;
		},
		expire(token) {
			if (!known.delete(token)) throw new Error('No such token');
		},
		login(token) {
			const login = token === undefined ? undefined : known.get(token);
			return login && now() < login.expiresAt ? login : undefined;
		},
	};
}
