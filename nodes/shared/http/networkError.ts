import { kindOfNetworkCode, type NoAnswer } from '../contract/outcome';

/** What can be told from an error without looking at the request it carries. */
interface NetworkError {
	/** The network's code, such as `ECONNREFUSED`. */
	code: string | null;
	/** The system call that failed, such as `connect`. */
	syscall: string | null;
	/** Whether n8n itself refused to send: its SSRF protection or a credential's domain rule. */
	blocked: boolean;
}

const DEEPEST = 6;

/**
 * Why a request that n8n's helper threw for got no answer.
 *
 * @param hasAnswered whether the server has answered before
 */
export function noAnswerOf(thrown: unknown, hasAnswered: boolean): NoAnswer {
	const { blocked, code, syscall } = networkErrorOf(thrown);
	return { kind: blocked ? 'blocked' : kindOfNetworkCode(code, syscall, hasAnswered), code };
}

/**
 * Reads the few safe fields of what n8n's request helper throws: a NodeApiError around an Axios
 * error around the system's error. Everything else in there (configuration, headers) holds the
 * token and is left behind.
 */
function networkErrorOf(thrown: unknown): NetworkError {
	const found: NetworkError = { code: null, syscall: null, blocked: false };
	let error = thrown;
	for (let depth = 0; depth < DEEPEST && typeof error === 'object' && error !== null; depth++) {
		const { name, message, code, httpCode, syscall, cause, errorResponse, errors } =
			error as Record<string, unknown>;
		// n8n 1.x keeps nothing of the cause but its code, as `httpCode`.
		for (const candidate of [code, httpCode]) {
			if (typeof candidate === 'string' && isNetworkCode(candidate)) found.code ??= candidate;
		}
		if (typeof syscall === 'string') found.syscall ??= syscall;
		if (typeof name === 'string' && name.startsWith('SsrfBlocked')) found.blocked = true;
		if (typeof message === 'string' && message.startsWith('Domain not allowed')) {
			found.blocked = true;
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
