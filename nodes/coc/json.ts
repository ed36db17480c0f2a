/** Looks into what a service sent, which may be anything. */

export type JsonRecord = Record<string, unknown>;

export function asRecord(value: unknown): JsonRecord | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as JsonRecord)
		: null;
}

export function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** The objects in a list; null when there is no list. */
export function recordsOf(value: unknown): JsonRecord[] | null {
	return Array.isArray(value) ? value.map(asRecord).filter((record) => record !== null) : null;
}

/** v1 gives some values as lists of one at most. */
export function first(value: unknown): unknown {
	return Array.isArray(value) ? (value as unknown[])[0] : value;
}

/** v1 gives booleans, v2 texts. */
export function flagOf(value: unknown): boolean | null {
	if (value === true || value === 'true') return true;
	return value === false || value === 'false' ? false : null;
}

/** A text that says something; IDs may come as numbers. */
export function asNonEmptyText(value: unknown): string | null {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

/** A time in ms since 1970; v1 gives numbers, v2 texts. */
export function timeOf(value: unknown): number | null {
	const text = asNonEmptyText(value);
	return text !== null && /^\d{12,14}$/.test(text) ? Number(text) : null;
}

/** A time in ms since 1970 as a user reads it. */
export function isoTime(time: number | null): string | null {
	return time === null ? null : new Date(time).toISOString();
}

/** A time of a record as a user reads it; one that isn't in ms is left as COC gives it. */
export function shownTime(value: unknown): string | null {
	return isoTime(timeOf(value)) ?? asNonEmptyText(value);
}

/**
 * Parses JSON without losing digits: a number that a double can't hold becomes a text, exactly as it
 * is written. Everything else is what `JSON.parse` gives; throws where that does.
 */
export function parseExactly(text: string): unknown {
	return JSON.parse(withLongNumbersAsText(text));
}

/** Shorter numbers without an exponent lose nothing. */
const MAY_LOSE = /\d[\d.]{15}|\d[eE][+-]?\d/;

/** Numbers where JSON may have one as a value; those at any other place are left to `JSON.parse`. */
const VALUES = /(^\s*|[:,[]\s*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*(?:$|[,\]}]))/g;

function withLongNumbersAsText(text: string): string {
	if (!MAY_LOSE.test(text)) return text;
	let result = '';
	let written = 0;
	for (let at = 0; at < text.length; ) {
		const quote = text.indexOf('"', at);
		const end = quote < 0 ? text.length : quote;
		const between = text.slice(at, end);
		if (between.length > 2 && MAY_LOSE.test(between)) {
			result += text.slice(written, at) + between.replace(VALUES, quoteWhatIsLost);
			written = end;
		}
		at = quote < 0 ? end : endOfString(text, quote);
	}
	return result + text.slice(written);
}

function quoteWhatIsLost(whole: string, before: string, number: string): string {
	const isKept = decimalOf(number) === decimalOf(String(Number(number)));
	return isKept ? whole : `${before}"${number}"`;
}

/** Where the string that begins at this quotation mark has ended. */
function endOfString(text: string, quote: number): number {
	for (let at = quote + 1; ; at++) {
		at = text.indexOf('"', at);
		if (at < 0) return text.length;
		let backslashes = 0;
		while (text[at - 1 - backslashes] === '\\') backslashes++;
		if (backslashes % 2 === 0) return at + 1;
	}
}

/** A number's digits and magnitude, the same for each way to write it; null when it is none. */
function decimalOf(number: string): string | null {
	const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number);
	if (parts === null) return null;
	const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
	const digits = (whole + fraction).replace(/^0+/, '');
	const significant = digits.replace(/0+$/, '');
	if (significant === '') return '0';
	const magnitude = Number(exponent) - fraction.length + digits.length - significant.length;
	return `${sign}${significant}e${magnitude}`;
}
