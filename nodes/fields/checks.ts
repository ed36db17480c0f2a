import { cleanText } from '../coc/cleanText';
import { keyOf } from '../coc/enumerations';
import type { InvalidInput, Result } from '../coc/result';

/** Text; a number or an object in its place is a mistake in the workflow. */
export function asText(value: unknown, label: string): Result<string> {
	if (typeof value === 'string') return { ok: true, value: wellFormed(value) };
	if (value === undefined || value === null) return isEmpty(label);
	return { ok: false, reason: `'${label}' must be text, it is ${kindOf(value)}` };
}

/** Without halves of characters, as cutting by UTF-16 units leaves them: half a character is none. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Cs}/gu, '');
}

/** A text that says something, without the white space around it. */
export function asRequiredText(value: unknown, label: string, limit: number): Result<string> {
	const text = asText(value, label);
	if (!text.ok) return text;
	const trimmed = text.value.trim();
	if (trimmed === '') return isEmpty(label);
	const length = characters(trimmed);
	return length > limit ? isTooLong(label, length, limit) : { ok: true, value: trimmed };
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
): Result<string> {
	const trimmed = asRequiredText(value, label, Infinity);
	if (!trimmed.ok) return trimmed;
	if (shorten || characters(trimmed.value) <= limit)
		return { ok: true, value: shortenTo(trimmed.value, limit) };
	return {
		...isTooLong(label, characters(trimmed.value), limit),
		hint: `Shorten it, or switch on '${option}' in the options.`,
	};
}

/**
 * An identifier: white space and invisible characters around it, as copy and paste brings them,
 * are dropped; within it they are refused.
 */
export function asIdentifier(value: unknown, label: string, limit: number): Result<string> {
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

/** The parts of a list: of one by an expression, or of a text with commas. */
export function partsOf(value: unknown): unknown[] {
	return typeof value === 'string' ? value.split(',') : ([value] as unknown[]).flat();
}

/** Refuses more entries than COC takes. */
export function tooMany(label: string, count: number, most: number): Result<never> {
	return {
		ok: false,
		reason: `'${label}' has ${count} entries, at most ${most} are accepted`,
		hint: 'Leave some of them out.',
	};
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
export function shortenTo(text: string, limit: number): string {
	if (characters(text) <= limit) return text;
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

function isEmpty(label: string): InvalidInput & { ok: false } {
	return { ok: false, reason: `'${label}' is empty` };
}

function isTooLong(label: string, length: number, limit: number): InvalidInput & { ok: false } {
	return {
		ok: false,
		reason: `'${label}' is ${length} characters long, at most ${limit} are accepted`,
		hint: 'Shorten it.',
	};
}

/** Only what is clearly yes or no: an unclear value must never close a ticket. */
export function asBoolean(value: unknown, label: string): Result<boolean> {
	const clear = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (clear === true || clear === 'true') return { ok: true, value: true };
	if (clear === false || clear === 'false') return { ok: true, value: false };
	return {
		ok: false,
		reason: `'${label}' must be true or false, it is ${kindOf(value)}`,
		hint: 'Let its expression give true or false.',
	};
}

/**
 * One of a few choices, by its value or by its label, in any case.
 *
 * @param labels labels by values
 */
export function asChoice<T extends string>(
	value: unknown,
	label: string,
	labels: ReadonlyMap<T, string>,
): Result<T> {
	if (labels.has(value as T)) return { ok: true, value: value as T };
	const choice = typeof value === 'string' ? keyOf(value, labels) : null;
	if (choice !== null) return { ok: true, value: choice };
	const wanted = [...labels.keys()].map((one) => `"${one}"`);
	const last = wanted.pop() ?? '';
	const choices = wanted.length === 0 ? last : `${wanted.join(', ')} or ${last}`;
	return { ok: false, reason: `'${label}' must be ${choices}, it is ${kindOf(value)}` };
}

/** What a number must be. */
export interface Bounds {
	min: number;
	max: number;
	isWhole: boolean;
	/** In the plural, such as "milliseconds". */
	unit?: string;
}

/**
 * A number within its bounds, also one that comes as text; what could be read in two ways, such as
 * "2,5" or "1e3", is a mistake in the workflow.
 */
export function asNumber(
	value: unknown,
	label: string,
	{ min, max, isWhole, unit }: Bounds,
): Result<number> {
	const number = numberIn(value);
	const fits = isWhole ? Number.isInteger(number) : Number.isFinite(number);
	if (fits && number >= min && number <= max) return { ok: true, value: number };
	const what = `a ${isWhole ? 'whole ' : ''}number${unit === undefined ? '' : ` of ${unit}`}`;
	return { ok: false, reason: `'${label}' must be ${what} from ${min} to ${max}` };
}

/** NaN for what isn't clearly a number: 1.000 is a thousand to many, 010 is eight to some. */
function numberIn(value: unknown): number {
	if (typeof value === 'number') return value;
	const isPlain = typeof value === 'string' && /^(?:0|[1-9]\d*)(?:\.\d{1,2})?$/.test(value.trim());
	return isPlain ? Number(value) : NaN;
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
	if (typeof value === 'string') return `the text "${cleanText(value.slice(0, 50)) ?? ''}"`;
	if (value === null || value === undefined) return 'missing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `the ${typeof value} ${String(value)}`;
}
