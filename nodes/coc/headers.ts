/** The headers of an answer as n8n gives them: one that came twice is joined by commas, or a list. */
export type Headers = Record<string, unknown>;

/** A header's text as it is; the first one of a list, null without any. */
export function headerOf(headers: Headers, name: string): string | null {
	const value = headers[name];
	const first: unknown = Array.isArray(value) ? value[0] : value;
	return typeof first === 'string' ? first : null;
}

/** Each value of a header that may have come several times, without empty ones. */
export function headerValues(headers: Headers, name: string): string[] {
	const value = headers[name];
	const texts: unknown[] = Array.isArray(value) ? value : [value];
	return texts
		.filter((text) => typeof text === 'string')
		.flatMap((text) => text.split(COMMA))
		.map((text) => text.trim())
		.filter((text) => text !== '');
}

/** Not the one within an HTTP date. */
const COMMA = /,(?! \d\d [A-Z][a-z]{2} \d{4})/;

/** The first HTTP date of a header, in ms since 1970; null without one. */
export function dateOf(headers: Headers, name: string): number | null {
	return firstOf(headerValues(headers, name), readDate);
}

/**
 * The wait that `Retry-After` asks for, in ms: in seconds or as a date (RFC 9110); anything else
 * says nothing.
 *
 * @param now by the clock that a date is meant by, in ms since 1970
 */
export function retryAfterOf(headers: Headers, now: number): number | null {
	return firstOf(headerValues(headers, 'retry-after'), (text) => {
		const date = readDate(text);
		const ms = /^\d{1,15}$/.test(text) ? Number(text) * 1000 : date === null ? null : date - now;
		return ms === null ? null : Math.min(Math.max(0, ms), MOST_RETRY_AFTER_MS);
	});
}

/** 68 years: what is longer counts as that (RFC 9111, "Delta Seconds"), so that it is a time at all. */
const MOST_RETRY_AFTER_MS = 2 ** 31 * 1000;

function firstOf(texts: string[], read: (text: string) => number | null): number | null {
	for (const text of texts) {
		const value = read(text);
		if (value !== null) return value;
	}
	return null;
}

/** An HTTP date as RFC 9110 wants it; `Date.parse` would guess at anything. */
function readDate(text: string): number | null {
	const date = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? null : date;
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
