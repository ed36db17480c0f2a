import { decide, keyRefused, refusalOf, subjectOf } from '../auth/refusals';
import { isNew, NEW_TOKEN_REFUSED } from '../auth/signIn';
import { isKeyAccepted, isKeyRefusal, isTokenRefusal } from '../coc/classify';
import type { NoAnswer } from '../coc/noAnswer';
import { oneTrial } from './oneTrial';
import { ensureToken, ownUserId, replaceToken, tokenOf } from './renewal';
import type { Exchange, TimedRequest } from './request';
import { send } from './send';
import type { Session } from './session';
import { shareDecision } from './shareDecision';

/** Whether an item's token was renewed already: once is all that may help. */
export interface Renewals {
	renewed: boolean;
}

/**
 * The one way to COC. A request that COC refuses for its token is sent once more with a new one: the
 * refusal proves that the attempt changed nothing. One that acts in the name of the
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
	if (session.credential.authentication.kind === 'accessKey') {
		return await signedExchange(session, sendNow);
	}
	let token = tokenOf(session);
	let last = await sendNow();
	const mayRenew = token !== null && !renewals.renewed;
	for (let replacements = 0; mayRenew && replacements < MOST_REPLACEMENTS; replacements++) {
		if (!('answer' in last) || last.wait !== undefined) return last;
		if (!isTokenRefusal(last.answer)) return last;
		renewals.renewed = true;
		const replaced = await replaceToken(session, token ?? '');
		if (session.fault) return { outcome: 'refused', fault: session.fault, refusal: last.answer };
		if (!replaced) return last;
		token = tokenOf(session);
		last = await sendNow();
		if (!isNew(token ?? '')) continue;
		if ('answer' in last && isTokenRefusal(last.answer)) session.fault = NEW_TOKEN_REFUSED;
		return last;
	}
	return last;
}

/** The first may be another process's token, which may be dead as well; the next is IAM's. */
const MOST_REPLACEMENTS = 2;

const OTHER_USER: Exchange = { outcome: 'notSent', noAnswer: { kind: 'otherUser', code: null } };

/** Sends with an access key, unless it was refused before; what its answer decides counts for all. */
async function signedExchange(
	session: Session,
	sendNow: () => Promise<Exchange>,
): Promise<Exchange> {
	const subject = subjectOf(session.credential) ?? '';
	const result = await oneTrial(subject, async (): Promise<Exchange> => {
		const refusal = refusalOf(subject);
		if (refusal) return { outcome: 'notSent', fault: keyRefused(refusal) };
		const sent = await sendNow();
		if ('answer' in sent) {
			const isRefused = isKeyRefusal(sent.answer);
			if (isRefused || isKeyAccepted(sent.answer)) decide(subject, { isRefused, at: Date.now() });
		}
		return sent;
	});
	if ('answer' in result) await shareDecision(session);
	return result;
}
