import type { Refused } from '../coc/result';
import { isKeyRefusal, isTokenRefusal, type NoAnswer } from '../coc/classify';
import { waitOf } from '../coc/retryAfter';
import { rememberRefusal, wasRefused } from '../auth/refusedKeys';
import { ensureToken, NEW_TOKEN_REFUSED, replaceToken, tokenOf } from './renewal';
import { send, type CocRequest, type Exchange } from './send';
import type { Session } from './session';
import { isNew } from '../auth/signIn';

/** Whether an item's token was renewed already: once is all that may help. */
export interface Renewals {
	renewed: boolean;
}

/**
 * The one way to COC. A request that COC refuses for its token is sent once more with a new one:
 * the refusal proves that the first attempt changed nothing.
 *
 * @param request built when it is sent: a renewed token may be another user's
 * @param halted asked before anything is sent: why it must not be
 */
export async function exchange(
	session: Session,
	request: () => CocRequest,
	renewals: Renewals,
	halted: () => NoAnswer | null,
): Promise<Exchange> {
	const sendNow = async (): Promise<Exchange> => {
		const noAnswer = halted();
		return noAnswer === null ? heard(await send(session, request())) : { noAnswer };
	};
	if (halted() !== null) return await sendNow();
	await ensureToken(session);
	if (session.closed) return { closed: session.closed };
	const { authentication, endpoint } = session.credential;
	if (authentication.kind === 'accessKey' && wasRefused(endpoint, authentication.key)) {
		return { closed: KEY_REFUSED };
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
	if (session.closed) return { closed: session.closed, refusal: first.answer };
	if (!replaced) return first;
	const second = await sendNow();
	if ('answer' in second && isTokenRefusal(second.answer) && isNew(tokenOf(session) ?? '')) {
		session.closed = NEW_TOKEN_REFUSED;
	}
	return second;
}

/** What came back, with the wait that it asks for when that is too long to be waited for. */
function heard(result: Exchange): Exchange {
	const wait = 'answer' in result ? waitOf(result.answer, Date.now()) : null;
	return wait === null ? result : { ...result, wait };
}

const KEY_REFUSED: Refused = {
	ok: false,
	reason: 'COC refused the access key a moment ago',
	hint: 'Nothing more is sent with this key for a minute, so that it is not locked: correct the credential, then run these items again.',
};
