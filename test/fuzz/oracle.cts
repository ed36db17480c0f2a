/**
 * What COC's API pages allow a client to conclude from an answer. A second reading of the contract,
 * from those pages and not from the node's code; where they are silent nothing may be concluded.
 */

/** An answer as it came. */
export interface Came {
	status: number;
	body: string;
}

export type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a field that is there itself, not by a prototype. */
export const own = (object: Fields, name: string): unknown =>
	Object.hasOwn(object, name) ? object[name] : undefined;

/** The answer's object; undefined when it is none. */
export function objectIn({ body }: Came): Fields | undefined {
	try {
		const value: unknown = JSON.parse(body.startsWith('\ufeff') ? body.slice(1) : body);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

const is2xx = ({ status }: Came) => status >= 200 && status < 300;

/** "Success is HTTP 2xx and an error_code whose digits are all zero." */
export function mayBeSuccess(came: Came): boolean {
	const object = is2xx(came) ? objectIn(came) : undefined;
	const code = object && own(object, 'error_code');
	if (typeof code === 'number') return code === 0;
	if (typeof code !== 'string') return false;
	const digits = code.match(/\p{N}/gu) ?? [];
	return digits.length > 0 && digits.every((digit) => digit === '0');
}

/** Success as the pages spell it, in an answer of ordinary size. */
export function mustBeSuccess(came: Came): boolean {
	if (!mayBeSuccess(came) || came.body.length > 100_000) return false;
	if ((came.body.match(/[[{]/g) ?? []).length > 500) return false;
	// Parsed to 0, but not all of its digits are.
	if (came.body.includes('1e-400')) return false;
	return /^(?:GOM\.0{8,11}|0{1,10})$/.test(String(own(objectIn(came) ?? {}, 'error_code')));
}

/** A code as the pages and other services have it: a text or a number. */
function codeOf(came: Came): string | null {
	const code = own(objectIn(came) ?? {}, 'error_code');
	return typeof code === 'number' || typeof code === 'string' ? String(code) : null;
}

/**
 * Whether an answer may be taken for "nothing was done": COC's own envelope without success; 3xx
 * and 4xx, but for a time-out (408); the gateway without its IAM, which it asks before COC.
 */
export function mayBeRefused(came: Came): boolean {
	const code = codeOf(came);
	if (is2xx(came)) return code !== null && code.trim() !== '' && !mustBeSuccess(came);
	const { status } = came;
	return (status >= 300 && status < 500 && status !== 408) || (status === 503 && isIamDown(came));
}

/** Whether the same write may be sent again on the strength of this answer alone. */
export function mayBeRepeated(came: Came): boolean {
	if (!mayBeRefused(came)) return false;
	return came.status === 429 || isIamDown(came) || isCode(came, '0308');
}

const isIamDown = (came: Came) => isCode(came, '0613');

/** Also in the shape `{code, message}` and in IAM's `{error: {code}}`. */
function isCode(came: Came, number: string): boolean {
	const object = objectIn(came) ?? {};
	const error = own(object, 'error');
	const codes = [codeOf(came), own(object, 'code'), isObject(error) ? own(error, 'code') : null];
	return codes.some((code) => new RegExp(`^\\W*APIG(?:W)?\\.${number}\\W*$`).test(String(code)));
}

/** The `data` object of a successful answer. */
export function dataOf(came: Came): Fields | undefined {
	const data = mayBeSuccess(came) ? own(objectIn(came) ?? {}, 'data') : undefined;
	return isObject(data) ? data : undefined;
}

/** HTTP's three ways to write a date (RFC 9110). */
export function isHttpDate(text: string): boolean {
	const time = '\\d\\d:\\d\\d:\\d\\d';
	return [
		`[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} ${time} GMT`,
		`[A-Z][a-z]+day, \\d\\d-[A-Z][a-z]{2}-\\d\\d ${time} GMT`,
		`[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d ${time} \\d{4}`,
	].some((form) => new RegExp(`^${form}$`).test(text));
}

/** What a text that is shown to a user must never hold: controls, turned direction, half characters. */
export const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export { isObject };
