import { rememberRefusal, wasRefused } from '../auth/refusedKeys';
import { isNew } from '../auth/signIn';
import { isKeyRefusal, isTokenRefusal } from '../coc/classify';
import type { NoAnswer } from '../coc/noAnswer';
import type { CredentialFault } from '../errors/failure';
import { ensureToken, NEW_TOKEN_REFUSED, ownUserId, replaceToken, tokenOf } from './renewal';
import type { Exchange, TimedRequest } from './request';
import { send } from './send';
import type { Session } from './session';

/** Whether an item's token was renewed already: once is all that may help. */
export interface Renewals {
	renewed: boolean;
}

/**
 * The one way to COC. A request that COC refuses for its token is sent once more with a new one: the
 * refusal proves that the first attempt changed nothing. One that acts in the name of the
 * credential's own user isn't sent with the token of another user.
 *
 * @param request asked when it is sent
 * @param blocked asked before anything is sent: why it must not be
 */
export async function exchange(
	session: Session,
	request: () => TimedRequest,
	renewals: Renewals,
	blocked: () => NoAnswer | null,
): Promise<Exchange> {
	const sendNow = async (): Promise<Exchange> => {
		const noAnswer = blocked();
		if (noAnswer !== null) return { outcome: 'notSent', noAnswer };
		const wanted = request();
		const { ownUser } = wanted;
		if (ownUser !== undefined && ownUser !== ownUserId(session)) return OTHER_USER;
		return await send(session, wanted);
	};
	if (blocked() !== null) return await sendNow();
	await ensureToken(session);
	if (session.fault) return { outcome: 'notSent', fault: session.fault };
	const { authentication, endpoint } = session.credential;
	if (authentication.kind === 'accessKey' && wasRefused(endpoint, authentication.key)) {
		return { outcome: 'notSent', fault: KEY_REFUSED };
	}
	const token = tokenOf(session);
	const first = await sendNow();
	if (!('answer' in first)) return first;
	if (authentication.kind === 'accessKey' && isKeyRefusal(first.answer)) {
		rememberRefusal(endpoint, authentication.key);
	}
	const isRenewable = token !== null && !renewals.renewed && first.wait === undefined;
	if (!isRenewable || !isTokenRefusal(first.answer)) return first;

	renewals.renewed = true;
	const replaced = await replaceToken(session, token);
	if (session.fault) return { outcome: 'refused', fault: session.fault, refusal: first.answer };
	if (!replaced) return first;
	const second = await sendNow();
	if ('answer' in second && isTokenRefusal(second.answer) && isNew(tokenOf(session) ?? '')) {
		session.fault = NEW_TOKEN_REFUSED;
	}
	return second;
}

const OTHER_USER: Exchange = { outcome: 'notSent', noAnswer: { kind: 'otherUser', code: null } };

const KEY_REFUSED: CredentialFault = {
	reason: 'COC refused the access key a moment ago',
	hint: 'Nothing more is sent with this key for a minute, so that it is not locked: correct the credential',
	again: 'then',
};
