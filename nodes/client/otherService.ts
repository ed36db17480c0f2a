import { isTokenRefusal } from '../coc/classify';
import type { Endpoint } from '../coc/url';
import { exchange } from './exchange';
import { ensureToken, replaceToken, tokenOf } from './renewal';
import type { Exchange, TimedRequest } from './request';
import type { Session } from './session';

/**
 * Reads once from a service beside COC that belongs to the same site, such as IAM, with the same
 * credential: within the same bounds, redirects off, and a refused token renewed once.
 */
export async function readOtherService(
	session: Session,
	endpoint: Endpoint,
	request: TimedRequest,
): Promise<Exchange> {
	await ensureToken(session);
	if (session.fault) return { outcome: 'notSent', fault: session.fault };
	const token = tokenOf(session);
	const first = await exchangeAt(session, endpoint, request);
	if (token === null || !('answer' in first) || !isTokenRefusal(first.answer)) return first;
	if (first.wait) return first;
	const replaced = await replaceToken(session, token);
	if (session.fault) {
		return { outcome: 'refused', fault: session.fault, refusal: first.answer };
	}
	return replaced ? await exchangeAt(session, endpoint, request) : first;
}

async function exchangeAt(
	session: Session,
	endpoint: Endpoint,
	request: TimedRequest,
): Promise<Exchange> {
	const there = sessionAt(session, endpoint);
	return await exchange(
		there,
		() => request,
		{ renewed: true },
		() => null,
	);
}

/**
 * The session as one of a credential whose endpoint is the other service: the credential still adds
 * its secrets to requests for that very origin only. An IAM user's is one with a token, so that
 * nothing of it is ever renewed, and stored, from here.
 */
function sessionAt(session: Session, endpoint: Endpoint): Session {
	const { context, itemIndex, credential, secrets, decrypted } = session;
	const token = tokenOf(session);
	const { allowedHttpRequestDomains, allowedDomains } = decrypted.data;
	return {
		context,
		itemIndex,
		hasAnswered: false,
		isBeside: true,
		secrets,
		// n8n holds a credential's own sign-in to them as well; none listed means none allowed.
		...(allowedHttpRequestDomains === 'domains' && {
			allowedDomains: String(allowedDomains ?? '').trim() || credential.endpoint.origin,
		}),
		credential: {
			...credential,
			endpoint,
			...(token !== null && { authentication: { kind: 'token', token } }),
		},
		decrypted: {
			...decrypted,
			data: {
				...decrypted.data,
				endpoint: endpoint.url,
				...(token !== null && { authentication: 'token', token }),
			},
		},
	};
}
