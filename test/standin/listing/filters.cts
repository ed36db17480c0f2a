import { parameterError } from '../answers.cts';
import { checked, optional, type Rule, text } from '../check.cts';

/** What is listed, under the names of the answer. */
export type Row = Record<string, string | null>;

export interface Filter {
	field: string;
	operator: string;
	values: string[];
	name?: string | undefined;
}

/** Any JSON list of at most `max` entries; a closer look at these follows elsewhere. */
export function listOf(max: number): Rule<unknown[]> {
	return {
		wanted: `a list of at most ${max} entries`,
		accepts: (value): value is unknown[] => Array.isArray(value) && value.length <= max,
	};
}

/** At least one text. */
export const texts: Rule<string[]> = {
	wanted: 'a list of at least one text',
	accepts: (value): value is string[] => {
		return (
			Array.isArray(value) && value.length > 0 && value.every((item) => text(255).accepts(item))
		);
	},
};

type Compare = (value: string, wanted: string) => boolean;
const one: Record<string, Compare> = {
	'=': (value, wanted) => value === wanted,
	'!=': (value, wanted) => value !== wanted,
	like: (value, wanted) => value.includes(wanted),
	startwith: (value, wanted) => value.startsWith(wanted),
	endwith: (value, wanted) => value.endsWith(wanted),
	'>': (value, wanted) => order(value, wanted) > 0,
	'<': (value, wanted) => order(value, wanted) < 0,
	'>=': (value, wanted) => order(value, wanted) >= 0,
	'<=': (value, wanted) => order(value, wanted) <= 0,
};
const operators = ['in', ...Object.keys(one)];

/** Reads filters; only these fields, and if given only these operators, are known. */
export function readFilters(
	list: unknown[],
	fields: readonly string[],
	known: readonly string[] = operators,
): Filter[] {
	return list.map((item) => {
		const filter = checked(
			item,
			{
				field: text(255),
				operator: text(255),
				values: texts,
				name: optional(text(255)),
				group: optional(text(255)),
				match_type: optional(text(255)),
				priority_type: optional(text(255)),
			},
			'filter',
		);
		const { field, operator, values } = filter;
		if (!fields.includes(field)) throw parameterError(`The filter field[${field}] is unknown.`);
		if (!known.includes(operator)) {
			throw parameterError(`The filter operator[${operator}] of the field[${field}] is unknown.`);
		}
		if (operator !== 'in' && values.length !== 1) {
			throw parameterError(`The filter operator[${operator}] takes exactly one value.`);
		}
		return filter;
	});
}

/** Whether a row passes one filter. What has no value differs from every value. */
export function passes(row: Row, { field, operator, values }: Filter): boolean {
	const value = row[field] ?? null;
	if (value === null) return operator === '!=';
	if (operator === 'in') return values.includes(value);
	return one[operator]!(value, values[0]!);
}

/** Numbers by size, such as times in ms; everything else by its characters. */
export function order(a: string, b: string): number {
	if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
	return a < b ? -1 : Number(a > b);
}
