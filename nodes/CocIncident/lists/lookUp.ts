import { readOtherService } from '../../client/otherService';
import { failureOf, withWaitOf } from '../../client/request';
import type { Session } from '../../client/session';
import type { ReadCall } from '../../coc/call';
import type { Endpoint } from '../../coc/url';
import type { Failure, OperationWords, Read } from '../../errors/failure';
import { checkAddress, checkBetween, type ServiceName } from '../../errors/hints';

/** A service that is asked for a list, as a user knows it. */
export interface Service extends ServiceName {
	endpoint: Endpoint;
}

/** A user waits for it, with the list open. In ms. */
const TIMEOUT_MS = 15_000;

/** Asks a service once; a user who opens the list again asks again. */
export async function lookUp<T>(
	session: Session,
	service: Service,
	{ request, iamAction, take }: ReadCall<T>,
): Promise<Read<T>> {
	const { endpoint } = service;
	const result = await readOtherService(session, endpoint, { ...request, timeoutMs: TIMEOUT_MS });
	const value = 'answer' in result ? take(result.answer) : null;
	if (value !== null) return { ok: true, value };
	const there = { credential: { ...session.credential, endpoint } };
	const words: OperationWords = {
		...{ done: 'listed', iamAction, refusedHint: '', again: 'later' },
	};
	const failure = failureOf(result, there, words, TIMEOUT_MS, service);
	const answer = 'answer' in result ? result.answer : null;
	const isPermission = answer?.meaning === 'notPermitted';
	const notRead: Failure = {
		...failure,
		outcome: 'notRead',
		// A list changes nothing, so that it can simply be read again.
		...(failure.outcome === 'unknown' && {
			hint: answer?.sender === 'between' ? checkBetween(service) : checkAddress(service),
			again: 'then',
		}),
		// The editor shows a few lines only.
		...(isPermission && { hint: `Ask your administrator for the IAM action ${iamAction}.` }),
	};
	return { ok: false, failure: withWaitOf(notRead, result, service) };
}
