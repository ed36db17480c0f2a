import { cleanText } from '../coc/answer';
import type { Checked } from '../coc/result';
import { keyOf } from '../coc/enumerations';

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

/**
 * One of a few choices, by its value or by its label, in any case.
 *
 * @param labels labels by values
 */
export function asChoice<T extends string>(
	value: unknown,
	label: string,
	labels: ReadonlyMap<T, string>,
): Checked<T> {
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
 *
 * @param given null when the option wasn't added: then the fallback counts
 */
export function asNumber<F = never>(
	given: Checked<unknown> | null,
	label: string,
	{ min, max, isWhole, unit }: Bounds,
	fallback?: F,
): Checked<number | F> {
	if (given === null) return { ok: true, value: fallback as F };
	if (!given.ok) return given;
	const number = numberIn(given.value);
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
