/** Looks into what a service sent, which may be anything. */

export function asRecord(value: unknown): Record<string, unknown> | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: null;
}

/** The objects in a list; null when there is no list. */
export function recordsOf(value: unknown): Array<Record<string, unknown>> | null {
	return Array.isArray(value) ? value.map(asRecord).filter((record) => record !== null) : null;
}

/** A text that says something; IDs may come as numbers. */
export function wordsOf(value: unknown): string | null {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}
