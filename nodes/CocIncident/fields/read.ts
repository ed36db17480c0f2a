import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { cleanText } from '../../shared/contract/answer';
import type { Checked, Refused } from '../../shared/contract/checked';

/** A field's value for an item, its expression resolved; n8n throws when one can't be. */
export function readParameter(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): Checked<unknown> {
	try {
		const plain = plainReference(context, name, itemIndex);
		if (plain !== undefined) return { ok: true, value: plain };
		return { ok: true, value: context.getNodeParameter(name, itemIndex, undefined) as unknown };
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'n8n gave no reason';
		return { ok: false, reason: `'${label}' can't be read: ${message}` };
	}
}

/**
 * What `={{ $json.ticket }}` stands for, the most usual expression by far: the item's own text or
 * yes/no. n8n resolves each expression in a sandbox, which takes as long as the whole request; all
 * others are left to it.
 */
function plainReference(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): string | boolean | undefined {
	const parameter = context.getNodeParameter(name, itemIndex, undefined, {
		rawExpressions: true,
	}) as unknown;
	const raw = located(parameter);
	const field = typeof raw === 'string' ? PLAIN_REFERENCE.exec(raw)?.[1] : undefined;
	if (field === undefined || field in Object.prototype) return undefined;
	const value = context.getInputData()[itemIndex]?.json[field];
	return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

const PLAIN_REFERENCE = /^=\{\{\s*\$json\.([A-Za-z]\w*)\s*\}\}$/;

/**
 * The value within a resource locator. An expression for the whole field gives the value itself, and
 * so does a workflow from the time when the field was plain text.
 */
export function located(field: unknown): unknown {
	const isLocator = typeof field === 'object' && field !== null && '__rl' in field;
	return isLocator ? (field as { value?: unknown }).value : field;
}

/** A field's value for an item, read as what it must be. */
export function readField<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	as: (value: unknown, label: string) => Checked<T>,
): Checked<T> {
	const value = readParameter(context, name, displayName, itemIndex);
	return value.ok ? as(value.value, displayName) : value;
}

/** A field's text for an item, of at most so many characters. */
export function readWords(
	context: IExecuteFunctions,
	itemIndex: number,
	field: Pick<INodeProperties, 'name' | 'displayName'>,
	limit: number,
): Checked<string> {
	return readField(context, itemIndex, field, (value, label) => asWords(value, label, limit));
}

/** A setting of the whole run, the same for all items: it can't hold an item's expression. */
export function readRunParameter(context: IExecuteFunctions, name: string): unknown {
	return context.getNodeParameter(name, 0);
}

/**
 * An option that holds for the whole run: where it holds an expression, that of the first item.
 *
 * @returns null when the option wasn't added
 */
export function readRunOption(
	context: IExecuteFunctions,
	name: string,
	label: string,
): Checked<unknown> | null {
	const { options } = context.getNode().parameters;
	const isThere = typeof options === 'object' && options !== null && name in options;
	return isThere ? readParameter(context, `options.${name}`, label, 0) : null;
}

/** Text as it is; a number or an object in its place is a mistake in the workflow. */
export function asText(value: unknown, label: string): Checked<string> {
	if (typeof value === 'string') return { ok: true, value };
	if (value === undefined || value === null) return isEmpty(label);
	return { ok: false, reason: `'${label}' must be text, it is ${kindOf(value)}` };
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
 * An identifier: white space and invisible characters around it, as copy and paste brings them,
 * are dropped; within it they are refused.
 */
export function asIdentifier(value: unknown, label: string, limit: number): Checked<string> {
	const text = asText(value, label);
	if (!text.ok) return text;
	const id = withoutEdges(text.value);
	if (id === '') return isEmpty(label);
	if (/[\s\p{Cc}\p{Cf}]/u.test(id)) {
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

/** Only what is clearly yes or no: an unclear value must never close a ticket. */
export function asBoolean(value: unknown, label: string): Checked<boolean> {
	const clear = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (clear === true || clear === 'true') return { ok: true, value: true };
	if (clear === false || clear === 'false') return { ok: true, value: false };
	return {
		ok: false,
		reason: `'${label}' must be true or false, it is ${kindOf(value)}`,
		hint: 'Let its expression give true or false.',
	};
}

/** One of a few words. */
export function asChoice<T extends string>(
	value: unknown,
	label: string,
	choices: readonly T[],
): Checked<T> {
	const choice = choices.find((one) => one === value);
	if (choice !== undefined) return { ok: true, value: choice };
	const wanted = choices.map((one) => `"${one}"`).join(' or ');
	return { ok: false, reason: `'${label}' must be ${wanted}, it is ${kindOf(value)}` };
}

/**
 * A number within its bounds; a text is a mistake in the workflow.
 *
 * @param given null when the option wasn't added: then the fallback counts
 * @param bounds `what` it must be, in words; "whole" counts
 */
export function asNumber<F = never>(
	given: Checked<unknown> | null,
	label: string,
	{ min, max, what }: { min: number; max: number; what: string },
	fallback?: F,
): Checked<number | F> {
	if (given === null) return { ok: true, value: fallback as F };
	if (!given.ok) return given;
	const { value } = given;
	const fits = what.includes('whole') ? Number.isInteger(value) : Number.isFinite(value);
	if (fits && (value as number) >= min && (value as number) <= max) {
		return { ok: true, value: value as number };
	}
	return { ok: false, reason: `'${label}' must be ${what} from ${min} to ${max}` };
}

/** Length as a person counts it: by code point, not by UTF-16 unit. */
export function characters(text: string): number {
	return text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '_').length;
}

export function isEmpty(label: string): Refused {
	return { ok: false, reason: `'${label}' is empty` };
}

export function isTooLong(label: string, length: number, limit: number): Refused {
	return {
		ok: false,
		reason: `'${label}' is ${length} characters long, at most ${limit} are accepted`,
		hint: 'Shorten it.',
	};
}

function kindOf(value: unknown): string {
	if (typeof value === 'string') return `the text "${cleanText(value.slice(0, 50)) ?? ''}"`;
	if (value === null || value === undefined) return 'missing';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `the ${typeof value} ${String(value)}`;
}
