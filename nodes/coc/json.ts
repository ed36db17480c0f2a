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

/** A text that says something; IDs may come as numbers. */
export function wordsOf(value: unknown): string | null {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

/** A time in ms since 1970; v1 gives numbers, v2 texts. */
export function timeOf(value: unknown): number | null {
	const text = wordsOf(value);
	return text !== null && /^\d{12,14}$/.test(text) ? Number(text) : null;
}

/** A time in ms since 1970 as a user reads it. */
export function isoTime(time: number | null): string | null {
	return time === null ? null : new Date(time).toISOString();
}
