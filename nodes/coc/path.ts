import { wordsOf } from './json';

/**
 * Whether a value can be a segment of a path: `.` and `..` stand for other paths, however they are
 * encoded (URL standard, "single-dot and double-dot URL path segments"), and half a character has no
 * encoding at all.
 */
export function isPathSegment(value: string): boolean {
	return value !== '' && value !== '.' && value !== '..' && !/\p{Cs}/u.test(value);
}

/**
 * A text as it stands in a URL; halves of characters, for which `encodeURIComponent` throws, are
 * replaced as URLs do it.
 */
export function urlEncoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
}

/** A ticket's number as a service sent it; null for none, or one that no path could name. */
export function ticketNumber(value: unknown): string | null {
	const number = wordsOf(value);
	return number !== null && isPathSegment(number) ? number : null;
}
