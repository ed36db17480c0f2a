import { checkBetween } from '../../errors/hints';
import type { Answer } from '../../coc/answer';
import { meaningOf } from '../../coc/codes';
import { describeAnswer, type ServiceName } from '../../errors/describe';
import type { Endpoint } from '../../coc/endpoint';
import type { Failure } from '../../errors/failure';
import type { NoAnswerKind } from '../../coc/classify';
import { readElsewhere } from '../../client/otherService';
import type { CocRequest, Exchange } from '../../client/send';
import type { Session } from '../../client/session';
import { failureOf, waitTold } from '../../client/failureOf';
import type { Read } from '../../client/read';

/** A service that is asked for a list, as a user knows it. */
export interface Service extends ServiceName {
	endpoint: Endpoint;
}

/** One look-up: the call, and what is taken from its answer. */
export interface LookUp<T> {
	call: Omit<CocRequest, 'timeoutMs'>;
	iamAction: string;
	/** Null when the answer doesn't hold it. */
	take: (answer: Answer) => T | null;
}

/** A user waits for it, with the list open. In ms. */
const TIMEOUT_MS = 15_000;

/** Asks a service once; a user who opens the list again asks again. */
export async function lookUp<T>(
	session: Session,
	service: Service,
	{ call, iamAction, take }: LookUp<T>,
): Promise<Read<T>> {
	const { endpoint } = service;
	const result = await readElsewhere(session, endpoint, { ...call, timeoutMs: TIMEOUT_MS });
	const value = 'answer' in result ? take(result.answer) : null;
	if (value !== null) return { ok: true, value };
	const there = { ...session, credential: { ...session.credential, endpoint } };
	const words = { done: 'listed', effect: 'list', iamAction, refusedHint: LATER };
	const failure = failureOf(result, there, words, TIMEOUT_MS);
	const adapted = inTermsOf(service, result, iamAction);
	const notRead: Failure = { ...failure, ...adapted, outcome: 'notRead' };
	return { ok: false, failure: waitTold(notRead, result, service.name) };
}

const LATER = 'Open the list again later.';

/** Reason and hint where those that are meant for COC's answers don't fit. */
function inTermsOf(
	service: Service,
	result: Exchange,
	iamAction: string,
): { reason?: string; hint?: string } {
	if ('closed' in result) return {};
	const { name, endpoint, field } = service;
	const check = { hint: `Check the credential's '${field}', and this machine's network.` };
	if ('noAnswer' in result) {
		const { kind, elsewhere } = result.noAnswer;
		return elsewhere !== undefined || OWN_HINT.has(kind) ? {} : check;
	}
	const { httpStatus, bodyProblem, redirectHost } = result.answer;
	const { host } = new URL(endpoint.url);
	if (httpStatus < 300 && bodyProblem === 'noEnvelope') {
		return { ...check, reason: `${host} answers, but not as ${name} does` };
	}
	const reason = describeAnswer(result.answer, service);
	switch (meaningOf(result.answer)) {
		case 'notPermitted':
			return { hint: `Ask your administrator for the IAM action ${iamAction}.` };
		case 'redirect':
			return { ...check, reason: `${host} redirects to ${redirectHost ?? 'another address'}` };
		case 'noSuchApi':
			return check;
		case 'throttled':
			return { reason, hint: `${name} limits the number of requests: wait a minute.` };
		case 'foreign':
			return { reason, hint: `${checkBetween(service)}.` };
		case 'proxyLogin':
			return { reason };
		case 'tokenRefused':
		case 'otherSite':
		case 'wrongAuthentication':
		case 'badCredential':
			return {};
		default:
			return { reason, hint: LATER };
	}
}

/** What is to be done is the same whatever was asked. */
const OWN_HINT: ReadonlySet<NoAnswerKind> = new Set<NoAnswerKind>([
	'certificate',
	'blocked',
	'proxyGone',
]);
