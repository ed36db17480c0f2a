import type { Refused } from '../contract/checked';
import { isKeyRefusal, isTokenRefusal } from '../contract/outcome';
import { rememberRefusal, wasRefused } from './refusedKeys';
import { ensureToken, NEW_TOKEN_REFUSED, replaceToken, tokenOf } from './renewal';
import { send, type CocRequest, type Exchange } from './send';
import type { Session } from './session';
import { isNew } from './signIn';

/**
 * The one way to COC. A request that COC refuses for its token is sent once more with a new one:
 * the refusal proves that the first attempt changed nothing. Everything else is sent once.
 *
 * @param request built when it is sent: a renewed token may be another user's
 */
export async function exchange(session: Session, request: () => CocRequest): Promise<Exchange> {
	await ensureToken(session);
	if (session.closed) return { closed: session.closed };
	const { authentication, endpoint } = session.credential;
	if (authentication.kind === 'accessKey' && wasRefused(endpoint, authentication.key)) {
		return { closed: KEY_REFUSED };
	}
	const token = tokenOf(session);
	const first = await send(session, request());
	if (!('answer' in first)) return first;
	if (authentication.kind === 'accessKey' && isKeyRefusal(first.answer)) {
		rememberRefusal(endpoint, authentication.key);
	}
	if (token === null || !isTokenRefusal(first.answer)) return first;

	const replaced = await replaceToken(session, token);
	if (session.closed) return { closed: session.closed, refusal: first.answer };
	if (!replaced) return first;
	const second = await send(session, request());
	if ('answer' in second && isTokenRefusal(second.answer) && isNew(tokenOf(session) ?? '')) {
		session.closed = NEW_TOKEN_REFUSED;
	}
	return second;
}

const KEY_REFUSED: Refused = {
	ok: false,
	reason: 'COC refused the access key a moment ago',
	hint: 'Nothing more is sent with this key for a minute, so that it is not locked: correct the credential, then run these items again.',
};
