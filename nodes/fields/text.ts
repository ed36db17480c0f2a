import type { Checked, Refused } from '../coc/result';
import { kindOf } from './value';

/** Text; a number or an object in its place is a mistake in the workflow. */
export function asText(value: unknown, label: string): Checked<string> {
	if (typeof value === 'string') return { ok: true, value: wellFormed(value) };
	if (value === undefined || value === null) return isEmpty(label);
	return { ok: false, reason: `'${label}' must be text, it is ${kindOf(value)}` };
}

/** Without halves of characters, as cutting by UTF-16 units leaves them: half a character is none. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Cs}/gu, '');
}

/** A text that says something, without the white space around it. */
export function asWords(value: unknown, label: string, limit: number): Checked<string> {
	const text = asText(value, label);
	if (!text.ok) return text;
	const words = text.value.trim();
	if (words === '') return isEmpty(label);
	const length = characters(words);
	return length > limit ? isTooLong(label, length, limit) : { ok: true, value: words };
}

/**
 * The same; what is too long is cut where the user wants that.
 *
 * @param option label of the option that cuts it
 */
export function asLongText(
	value: unknown,
	label: string,
	limit: number,
	{ shorten, option }: { shorten: boolean; option: string },
): Checked<string> {
	const words = asWords(value, label, Infinity);
	if (!words.ok || characters(words.value) <= limit) return words;
	if (shorten) return { ok: true, value: shortenTo(words.value, limit) };
	return {
		...isTooLong(label, characters(words.value), limit),
		hint: `Shorten it, or switch on '${option}' in the options.`,
	};
}

/**
 * An identifier: white space and invisible characters around it, as copy and paste brings them,
 * are dropped; within it they are refused.
 */
export function asIdentifier(value: unknown, label: string, limit: number): Checked<string> {
	const text = asText(value, label);
	if (!text.ok) return text;
	const id = withoutEdges(value as string);
	if (id === '') return isEmpty(label);
	if (/[\s\p{Cc}\p{Cf}\p{Cs}]/u.test(id)) {
		return { ok: false, reason: `'${label}' contains white space or an invisible character` };
	}
	const length = characters(id);
	if (length > limit) return isTooLong(label, length, limit);
	return { ok: true, value: id };
}

/** Whether nothing was entered, or only what can't be seen. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		(typeof value === 'string' && withoutEdges(value) === '')
	);
}

function withoutEdges(text: string): string {
	return text.replace(/^[\s\p{Cc}\p{Cf}]+|[\s\p{Cc}\p{Cf}]+$/gu, '');
}

/**
 * Cuts a text to at most `limit` code points, the closing … included, between graphemes: an emoji
 * or an accented letter that consists of several code points stays whole or goes.
 */
function shortenTo(text: string, limit: number): string {
	let kept = '';
	let length = 0;
	for (const { segment } of new Intl.Segmenter().segment(text)) {
		length += characters(segment);
		if (length > limit - 1) break;
		kept += segment;
	}
	return `${kept.trimEnd()}…`;
}

/** Length as a person counts it: by code point, not by UTF-16 unit. */
function characters(text: string): number {
	return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '_').length;
}

function isEmpty(label: string): Refused {
	return { ok: false, reason: `'${label}' is empty` };
}

function isTooLong(label: string, length: number, limit: number): Refused {
	return {
		ok: false,
		reason: `'${label}' is ${length} characters long, at most ${limit} are accepted`,
		hint: 'Shorten it.',
	};
}
