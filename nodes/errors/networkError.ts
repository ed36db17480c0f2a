import { kindOfNetworkCode, type NoAnswer } from '../coc/classify';

/** What can be told from an error without looking at the request it carries. */
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
	const elsewhere = elsewhereOf(error, url);
	return { kind, code, ...(elsewhere !== null && { elsewhere }) };
}

/**
 * What failed where it isn't the host of the address: a proxy. An address may be that of a host
 * name, so that it tells only by its port.
 */
function elsewhereOf({ hostname, address, port }: NetworkError, url: string): string | null {
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
		// Where a host has several addresses, Node tells of each `connect` in `errors`.
		error = cause ?? errorResponse ?? (Array.isArray(errors) ? (errors[0] as unknown) : null);
	}
	return found;
}

/** Neither an HTTP status nor one of Axios' own codes, which hide the system's one level deeper. */
function isNetworkCode(code: string): boolean {
	return /^[A-Z]/.test(code) && !/^ERR_(?:NETWORK|BAD_REQUEST|BAD_RESPONSE)$/.test(code);
}
