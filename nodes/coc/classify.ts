import { type Answer, type AnswerFacts, type Meaning, type Outcome, type Verdict } from './answer';

/** Judges an answer: how a write ended, what it says, who sent it, and whether it is about the token. */
export function classify(answer: AnswerFacts): Verdict {
	const outcome = outcomeOf(answer);
	const sender = senderOf(answer);
	return { outcome, meaning: meaningOf(answer), sender, refused: refusedBy(answer, outcome) };
}

/**
 * Whether an answer has none of the shapes in which COC, its gateway and IAM answer: all of them
 * name a code, a file aside. Its status may be anybody's, and proves nothing about the token,
 * a permission or the ticket.
 */
export function isForeign({ envelope, code, file }: AnswerFacts): boolean {
	return envelope === null && code === null && file === undefined;
}

/** By status and envelope together, since a gateway may pair them oddly. */
function outcomeOf(answer: AnswerFacts): Outcome {
	const { httpStatus, envelope, file, success, tunnelRefused } = answer;
	if (tunnelRefused) return 'notSent';
	if (httpStatus >= 200 && httpStatus <= 299) {
		if (envelope === null && !file) return 'unknown';
		return success ? 'applied' : 'refused';
	}
	if (httpStatus >= 300 && httpStatus <= 499 && httpStatus !== 408) return 'refused';
	// The gateway asks IAM before it calls COC, so with IAM down COC never saw the request.
	if (httpStatus === 503 && gatewayCode(answer) === 'APIGW.0613') return 'refused';
	return 'unknown';
}

/** The code counts before the status. */
function meaningOf(answer: AnswerFacts): Meaning | null {
	const { httpStatus } = answer;
	if (httpStatus >= 300 && httpStatus <= 399) return 'redirect';
	if (httpStatus === 407) return 'proxyLogin';
	if (isForeign(answer)) return MEANING_FROM_ANYONE[httpStatus] ?? 'foreign';
	return MEANING_BY_CODE.get(gatewayCode(answer) ?? '') ?? MEANING_BY_STATUS[httpStatus] ?? null;
}

function senderOf(answer: AnswerFacts): Verdict['sender'] {
	const { envelope, file, code, bodyProblem, message } = answer;
	if (isForeign(answer)) {
		const isRead =
			bodyProblem === 'empty' ||
			bodyProblem === 'noEnvelope' ||
			(bodyProblem === 'notJson' && message !== null);
		return isRead ? 'between' : 'unreadable';
	}
	return (envelope !== null || file) && !isGatewayCode(code ?? '') ? 'coc' : 'service';
}

/**
 * A refused token may be renewed. The code decides: a gateway may answer 403 or even 200 with it. A
 * bare status may be anybody's.
 */
function refusedBy(answer: AnswerFacts, outcome: Outcome): Verdict['refused'] {
	const meaning = MEANING_BY_CODE.get(gatewayCode(answer) ?? '');
	const isUnauthorized = answer.httpStatus === 401 && !isForeign(answer);
	const isOfToken =
		meaning === undefined ? isUnauthorized : meaning === 'tokenRefused' || meaning === 'otherSite';
	if (outcome === 'refused' && isOfToken) return 'token';
	return meaning === 'wrongAuthentication' || isUnauthorized ? 'key' : null;
}

/** Whether the token was refused, before COC saw the request, so that a new one may help. */
export function isTokenRefusal({ refused }: Answer): boolean {
	return refused === 'token';
}

/** Whether an access key's signature was refused, for whatever reason. */
export function isKeyRefusal({ refused }: Answer): boolean {
	return refused !== null;
}

/** Whether an answer proves that the gateway accepted an access key's signature. */
export function isKeyAccepted(answer: Answer): boolean {
	const { httpStatus, envelope } = answer;
	if (isKeyRefusal(answer) || envelope === null) return false;
	return httpStatus <= 299 || httpStatus === 400 || httpStatus === 403;
}

/** Whether COC itself refused a request, not the gateway in front of it. */
export function isOwnRefusal({ httpStatus, outcome, sender }: Answer): boolean {
	return outcome === 'refused' && sender === 'coc' && (httpStatus <= 299 || httpStatus === 400);
}

/** The detail call's code for a ticket that doesn't exist. */
export const NO_SUCH_TICKET = 'COC.00067003';

/**
 * What the services' codes mean to a user: COC's error code pages, and the gateway's (APIGW) error
 * codes for signed and token requests, in their present spelling; see `gatewayCode` for the older
 * one. A Map, since a server may send any word as its code, `constructor` too.
 */
export const MEANING_BY_CODE: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
	['APIGW.0101', 'noSuchApi'],
	['APIGW.0103', 'noSuchApi'],
	['APIGW.0301', 'tokenRefused'],
	['APIGW.0305', 'wrongAuthentication'],
	['APIGW.0307', 'otherSite'],
	['APIGW.0302', 'notPermitted'],
	['APIGW.0306', 'notPermitted'],
	['APIGW.0310', 'notPermitted'],
	['APIGW.0402', 'notPermitted'],
	['APIGW.0801', 'notPermitted'],
	['APIGW.0802', 'notPermitted'],
	['APIGW.0308', 'throttled'],
	['APIGW.0601', 'gatewayTrouble'],
	['APIGW.0605', 'gatewayTrouble'],
	['APIGW.0606', 'gatewayTrouble'],
	['APIGW.0610', 'gatewayTrouble'],
	['APIGW.0613', 'iamUnavailable'],
	[NO_SUCH_TICKET, 'noSuchTicket'],
	['COC.00011013', 'badCredential'],
	['COC.00010014', 'badCredential'],
]);

/** What a status means whoever sent it: where to wait, and what is too large. */
export const MEANING_FROM_ANYONE: Readonly<Record<number, Meaning>> = {
	413: 'tooLarge',
	429: 'throttled',
	500: 'gatewayTrouble',
	502: 'gatewayTrouble',
	503: 'gatewayTrouble',
	504: 'gatewayTrouble',
};

/** Used when the code is of no known meaning; `APIGW.0201` means three things, distinguished by the status. */
export const MEANING_BY_STATUS: Readonly<Record<number, Meaning>> = {
	...MEANING_FROM_ANYONE,
	401: 'tokenRefused',
	403: 'notPermitted',
	404: 'noSuchApi',
};

/** The answer's code in the gateway's present spelling; older gateways say `APIG.0301`. */
export function gatewayCode({ code }: Pick<AnswerFacts, 'code'>): string | null {
	return code?.replace(/^APIG\./, 'APIGW.') ?? null;
}

/** Whether a code is the gateway's, in either spelling: it concerns what is behind the gateway. */
export function isGatewayCode(code: string): boolean {
	return /^APIGW?\./.test(code);
}

/** Whether a code means success: older pages say `0`, newer ones `GOM.00000000`. */
export function isSuccessCode(code: string): boolean {
	return /^[\x20-\x7e]*0[\x20-\x7e]*$/.test(code) && !/[1-9]/.test(code);
}
