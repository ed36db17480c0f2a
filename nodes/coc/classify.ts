import { isForeign, type Answer } from './answer';
import { gatewayCode, isGatewayCode, MEANING_BY_CODE } from './codes';
import type { Wait } from './retryAfter';

/**
 * How a write ended. `applied` and `refused` are COC's own word; `notSent` is proven by the
 * network; everything that can't be proven either way is `unknown`.
 */
export type Outcome = 'applied' | 'refused' | 'notSent' | 'unknown';

/** Why no answer came. */
export type NoAnswerKind =
	| 'cancelled'
	| 'stopped'
	| 'budgetSpent'
	| 'leftAlone'
	| 'dns'
	| 'refusedConnection'
	| 'unreachable'
	| 'certificate'
	| 'tlsProtocol'
	| 'blocked'
	| 'proxyGone'
	| 'timeout'
	| 'headersTooLarge'
	| 'noHttp'
	| 'lost';

/** A request that got no HTTP status. */
export interface NoAnswer {
	kind: NoAnswerKind;
	/** The network's code, such as `ECONNREFUSED`. */
	code: string | null;
	/** The host or address that failed where it isn't that of the request's address: a proxy's. */
	elsewhere?: string;
	/** How long COC wants to be left alone, when that is why it wasn't sent. */
	wait?: Wait;
}

/** Judges an answer by status and envelope together, since a gateway may pair them oddly. */
export function outcomeOfAnswer(answer: Answer): Outcome {
	const { httpStatus, envelope, success, tunnelRefused } = answer;
	if (tunnelRefused) return 'notSent';
	if (httpStatus >= 200 && httpStatus <= 299) {
		if (envelope === null) return 'unknown';
		return success ? 'applied' : 'refused';
	}
	if (httpStatus >= 300 && httpStatus <= 499 && httpStatus !== 408) return 'refused';
	// The gateway asks IAM before it calls COC, so with IAM down COC never saw the request.
	if (httpStatus === 503 && gatewayCode(answer) === 'APIGW.0613') return 'refused';
	return 'unknown';
}

/** The kinds that prove that no byte of the request reached COC. */
const NEVER_SENT: ReadonlySet<NoAnswerKind> = new Set<NoAnswerKind>([
	'cancelled',
	'stopped',
	'budgetSpent',
	'leftAlone',
	'dns',
	'refusedConnection',
	'unreachable',
	'certificate',
	'tlsProtocol',
	'blocked',
	'proxyGone',
]);

export function outcomeOfNoAnswer({ kind }: NoAnswer): Extract<Outcome, 'notSent' | 'unknown'> {
	return NEVER_SENT.has(kind) ? 'notSent' : 'unknown';
}

/**
 * Whether the token was refused, before COC saw the request, so that a new one may help. The code
 * decides: a gateway may answer 403 or even 200 with it. A bare status may be anybody's.
 */
export function isTokenRefusal(answer: Answer): boolean {
	if (outcomeOfAnswer(answer) !== 'refused') return false;
	const meaning = MEANING_BY_CODE.get(gatewayCode(answer) ?? '');
	if (meaning === undefined) return answer.httpStatus === 401 && !isForeign(answer);
	return meaning === 'tokenRefused' || meaning === 'otherSite';
}

/** Whether an access key's signature was refused, for whatever reason. */
export function isKeyRefusal(answer: Answer): boolean {
	const meaning = MEANING_BY_CODE.get(gatewayCode(answer) ?? '');
	if (meaning === 'wrongAuthentication' || isTokenRefusal(answer)) return true;
	return answer.httpStatus === 401 && !isForeign(answer);
}

/**
 * Whether COC itself answered, well or badly: with an envelope whose code isn't the gateway's. It
 * shows that the way to COC is open.
 */
export function isFromCoc(answer: Answer): boolean {
	return answer.envelope !== null && answer.code !== null && !isGatewayCode(answer.code);
}

/** Whether COC itself refused a request, not the gateway in front of it. */
export function isOwnRefusal(answer: Answer): boolean {
	const { httpStatus } = answer;
	if (outcomeOfAnswer(answer) !== 'refused' || !isFromCoc(answer)) return false;
	return httpStatus <= 299 || httpStatus === 400;
}

const KIND_BY_NETWORK_CODE: ReadonlyMap<string, NoAnswerKind> = new Map<string, NoAnswerKind>([
	['ENOTFOUND', 'dns'],
	['EAI_AGAIN', 'dns'],
	['EAI_FAIL', 'dns'],
	['EAI_NODATA', 'dns'],
	['EAI_NONAME', 'dns'],
	['ECONNREFUSED', 'refusedConnection'],
	['EHOSTUNREACH', 'unreachable'],
	['ENETUNREACH', 'unreachable'],
	['EHOSTDOWN', 'unreachable'],
	['ENETDOWN', 'unreachable'],
	['EADDRNOTAVAIL', 'unreachable'],
	['EPROTO', 'tlsProtocol'],
	['ETIMEDOUT', 'timeout'],
	['ESOCKETTIMEDOUT', 'timeout'],
	// A request is aborted by its own deadline only.
	['ERR_CANCELED', 'timeout'],
	['HPE_HEADER_OVERFLOW', 'headersTooLarge'],
]);

/** Node's codes for a certificate that isn't trusted (tls documentation, "X509 certificate error codes"). */
const CERTIFICATE_CODE =
	/^(?:CERT_|CRL_|ERR_TLS_CERT_|UNABLE_TO_|ERROR_IN_C|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/** Node's codes for a TLS handshake that came to nothing: no request is sent before it ends. */
const HANDSHAKE_CODE =
	/^ERR_(?:TLS_|SSL_.*(?:HANDSHAKE_FAILURE|PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|NO_PROTOCOLS|CIPHER|UNRECOGNIZED_NAME|HTTP_REQUEST|KEY_TOO_SMALL|TOO_WEAK|LEGACY_RENEGOTIATION))/;

/** Node's codes for a server that speaks no TLS, or no more. */
const NO_TLS_CODE = /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/;

/**
 * What a network code proves. A host that becomes unreachable while an answer is read proves
 * nothing, so `syscall` counts: only a failing `connect` happens before the request. Neither does a
 * TLS error that may come after the handshake, in the place of the answer.
 *
 * @param hasAnswered whether the server has answered before, so that it does speak TLS
 */
export function kindOfNetworkCode(
	code: string | null,
	syscall: string | null,
	hasAnswered: boolean,
): NoAnswerKind {
	if (code === null) return 'lost';
	if (CERTIFICATE_CODE.test(code)) return 'certificate';
	if (HANDSHAKE_CODE.test(code)) return 'tlsProtocol';
	if (NO_TLS_CODE.test(code)) return hasAnswered ? 'lost' : 'tlsProtocol';
	const kind = KIND_BY_NETWORK_CODE.get(code) ?? (code.startsWith('HPE_') ? 'noHttp' : 'lost');
	return kind === 'unreachable' && syscall !== 'connect' ? 'lost' : kind;
}
