import { isCredentialRefusal } from '../contract/outcome';
import type { Refused } from '../contract/checked';
import { ensureToken, replaceToken, tokenOf } from './renewal';
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
	const token = tokenOf(session);
	const first = await send(session, request());
	if (!('answer' in first) || !isCredentialRefusal(first.answer)) return first;

	if (session.credential.authentication.kind === 'accessKey') {
		// More than five refused signatures in a row lock the key for five minutes, for everyone.
		session.closed = {
			ok: false,
			reason: 'COC refused the access key for an earlier item of this run',
			hint: 'Nothing more is sent with this key, so that it is not locked: correct the credential, then run these items again.',
		};
	}
	if (token === null || !(await replaceToken(session, token))) return first;
	const second = await send(session, request());
	if ('answer' in second && isCredentialRefusal(second.answer) && isNew(tokenOf(session) ?? '')) {
		session.closed = NEW_TOKEN_REFUSED;
	}
	return second;
}

const NEW_TOKEN_REFUSED: Refused = {
	ok: false,
	reason: 'COC refused a token that IAM had just given, for an earlier item of this run',
	hint: "Check the credential's 'Scope', and that its 'Endpoint' and 'IAM Endpoint' belong to the same site, then run these items again.",
};
