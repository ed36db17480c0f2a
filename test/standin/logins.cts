import type { AccessKeys } from './accessKeys.cts';
import type { Login, Tokens } from './auth.cts';
import type { SignedRequest } from './signatures.cts';

/** Whom a request's token or signature speaks for, or what is wrong with it. */
export type CheckLogin = (request: SignedRequest) => Login | string;

/** The gateway's look at a request: a signature, if there is one, and a token otherwise. */
export function createLogins(tokens: Tokens, keys: AccessKeys): CheckLogin {
	return (request) =>
		request.headers.authorization?.startsWith('SDK-')
			? keys.check(request)
			: (tokens.login(String(request.headers['x-auth-token'])) ?? 'the token.');
}
