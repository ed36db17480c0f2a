import type { Headers } from './headers';
import type { JsonRecord } from './json';
import type { Result } from './result';

/** What came back over HTTP, before it is read. */
export interface RawAnswer {
	/** The address that was asked; a redirect may be relative to it. */
	url: string;
	httpStatus: number;
	headers: Headers;
	/** Its bytes, or a text that n8n has decoded already; null when it could not be read to its end. */
	body: Uint8Array | string | null;
	/** Why the body could not be read. */
	bodyProblem?: BodyProblem;
	/** What a success answer of a call without an envelope holds. */
	bareMember?: string | undefined;
	/** Whether the call's page shows the envelope's `error_code` as `code`. */
	hasPlainCode?: boolean | undefined;
	/** The file that came in place of a body. */
	file?: AnsweredFile | undefined;
}

/** A file that a service gave. */
export interface AnsweredFile {
	/** As the service names them; null when it doesn't. */
	name: string | null;
	mimeType: string | null;
	/** In bytes. */
	size: number;
	/** Whether it could be kept. */
	kept: Result<unknown>;
}

/** Why a body is no readable answer of COC. */
export type BodyProblem = 'empty' | 'notJson' | 'noEnvelope' | 'tooLarge' | 'lost' | 'timedOut';

/** The one shape of an answer, whichever service sent it. */
export interface Answer extends AnswerFacts, Verdict {}

export interface AnswerFacts {
	httpStatus: number;
	/** The service's code (COC's `GOM.…`, the gateway's `APIGW.…`, IAM's), null when it gave none. */
	code: string | null;
	/**
	 * The service's own message, cleaned for display; of an answer that isn't the service's its first
	 * words.
	 */
	message: string | null;
	requestId: string | null;
	/** Wait that the service asked for, in ms. */
	retryAfterMs: number | null;
	/** The service's own clock as it answered, in ms since 1970, to the second. */
	serverTime: number | null;
	/** Host that a redirect points to. */
	redirectHost: string | null;
	/**
	 * The envelope as received; null unless the body is one: an object with an `error_code`, or what the
	 * call answers in its place.
	 */
	envelope: JsonRecord | null;
	/** The body's object when it is no envelope: IAM, EPS and some of COC's lists answer so. */
	bare?: JsonRecord;
	/** The file, of a call that answers one. */
	file?: AnsweredFile;
	/** Whether the envelope's own code means success, or the answer is the file. */
	success: boolean;
	/** A proxy refused to connect to the server, so that nothing of the request came there. */
	tunnelRefused?: true;
	bodyProblem: BodyProblem | null;
}

/** What an answer means, decided once, where it is read. */
export interface Verdict {
	outcome: Outcome;
	/** What it says, when it isn't success; null when its code and status have no known meaning. */
	meaning: Meaning | null;
	/**
	 * Who answered: COC itself, its gateway or another Huawei Cloud service, something between n8n and
	 * the service, or nobody can say, since the answer could not be read.
	 */
	sender: 'coc' | 'service' | 'between' | 'unreadable';
	/** Whether the token or the access key was refused, before COC saw the request. */
	refused: 'token' | 'key' | null;
}

/**
 * How a write ended. `applied` and `refused` are COC's own word; `notSent` is proven by the
 * network; everything that can't be proven either way is `unknown`.
 */
export type Outcome = 'applied' | 'refused' | 'notSent' | 'unknown';

export type Meaning =
	| 'tokenRefused'
	| 'otherSite'
	| 'wrongAuthentication'
	| 'notPermitted'
	| 'noSuchApi'
	| 'noSuchTicket'
	| 'redirect'
	| 'tooLarge'
	| 'throttled'
	| 'gatewayTrouble'
	| 'iamUnavailable'
	| 'badCredential'
	/** A proxy on the way wants a login of its own. */
	| 'proxyLogin'
	/** Something between n8n and the service answered; its status says nothing of the service. */
	| 'foreign';

/** What was said where that isn't what is shown; aside, so that no output can show it. */
const asItWasSaid = new WeakMap<AnswerFacts, JsonRecord>();

/** Keeps what an answer said where something of it is hidden. */
export function keepSaid(answer: AnswerFacts, said: JsonRecord): void {
	asItWasSaid.set(answer, said);
}

/** The body as it was said, with nothing hidden: to compare with only, never to be put out. */
export function saidBody(answer: AnswerFacts): JsonRecord | null {
	return asItWasSaid.get(answer) ?? answer.envelope ?? answer.bare ?? null;
}
