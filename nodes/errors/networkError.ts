import type { NoAnswer, NoAnswerKind } from '../coc/noAnswer';

/** What an error shows, apart from the request that it carries. */
interface NetworkError {
	/** The network's code, such as `ECONNREFUSED`. */
	code: string | null;
	/** The system call that failed, such as `connect`. */
	syscall: string | null;
	/** Whether n8n itself refused to send: its SSRF protection or a credential's domain rule. */
	blocked: boolean;
	/** Whether a proxy hung up before it had led anywhere. */
	proxyGone: boolean;
	/** The host name that was looked up, or the address and port that were called. */
	hostname: string | null;
	address: string | null;
	port: number | null;
}

const DEEPEST = 6;

/**
 * Why a request that n8n's helper threw for got no answer.
 *
 * @param url the address that was asked
 * @param hasAnswered whether the server has answered before
 */
export function noAnswerOf(thrown: unknown, url: string, hasAnswered: boolean): NoAnswer {
	const error = networkErrorOf(thrown);
	const { blocked, proxyGone, code, syscall } = error;
	if (blocked || proxyGone) return { kind: blocked ? 'blocked' : 'proxyGone', code };
	const kind = kindOfNetworkCode(code, syscall, hasAnswered);
	const failedHost = failedHostOf(error, url);
	return { kind, code, ...(failedHost !== null && { failedHost }) };
}

/**
 * What failed where it isn't the host of the address: a proxy. An address may be that of a host
 * name, so that only its port counts.
 */
function failedHostOf({ hostname, address, port }: NetworkError, url: string): string | null {
	const asked = new URL(url);
	const host = asked.hostname.replace(/^\[|\]$/g, '');
	if (hostname !== null && hostname.toLowerCase() !== host) return hostname;
	if (address === null || port === null) return null;
	const usual = asked.protocol === 'https:' ? 443 : 80;
	const isOther = IP_ADDRESS.test(host) && address !== host;
	if (port === Number(asked.port || usual) && !isOther) return null;
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

const IP_ADDRESS = /^[\d.]+$|:/;

/**
 * Reads the few safe fields of what n8n's request helper throws: a NodeApiError around an Axios
 * error around the system's error. Everything else in there (configuration, headers) holds the
 * token and is left behind.
 */
function networkErrorOf(thrown: unknown): NetworkError {
	const found: NetworkError = {
		...{ code: null, syscall: null, hostname: null, address: null, port: null },
		...{ blocked: false, proxyGone: false },
	};
	let error = thrown;
	for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth++) {
		const { name, message, code, httpCode, syscall, cause, errorResponse, errors } =
			error as Record<string, unknown>;
		const { hostname, address, port } = error as Record<string, unknown>;
		// n8n 1.x keeps nothing of the cause but its code, as `httpCode`.
		for (const candidate of [code, httpCode]) {
			if (typeof candidate === 'string' && isNetworkCode(candidate)) found.code ??= candidate;
		}
		if (typeof syscall === 'string') found.syscall ??= syscall;
		if (typeof name === 'string' && name.startsWith('SsrfBlocked')) found.blocked = true;
		if (typeof hostname === 'string') found.hostname ??= hostname;
		if (typeof address === 'string') found.address ??= address;
		if (typeof port === 'number') found.port ??= port;
		if (typeof message === 'string') {
			found.blocked ||= message.startsWith('Domain not allowed');
			// Of https-proxy-agent, which gives no code.
			found.proxyGone ||= message.startsWith('Proxy connection ended before receiving CONNECT');
		}
		// n8n's classes keep what isn't an `Error` of their own realm as `errorResponse`.
		// Where a host has several addresses, Node lists each `connect` in `errors`.
		error = cause ?? errorResponse ?? (Array.isArray(errors) ? (errors[0] as unknown) : null);
	}
	return found;
}

/** Neither an HTTP status nor one of Axios' own codes, which hide the system's one level deeper. */
function isNetworkCode(code: string): boolean {
	return /^[A-Z]/.test(code) && !/^ERR_(?:NETWORK|BAD_REQUEST|BAD_RESPONSE)$/.test(code);
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
