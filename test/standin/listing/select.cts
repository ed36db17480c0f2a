import { parameterError } from '../answers.cts';
import { readCondition } from './condition.cts';
import { passes, readFilters, type Row } from './filters.cts';

export interface Selection {
	string_filters?: unknown[] | undefined;
	int_filters?: unknown[] | undefined;
	condition?: string | undefined;
}

/** The rows that the filters let through: all of these, unless a condition combines them. */
export function selected<T extends Row>(
	rows: T[],
	{ string_filters = [], int_filters = [], condition = '' }: Selection,
	fields: { all: string[]; numbers: string[] },
): T[] {
	const filters = [
		...readFilters(string_filters, fields.all),
		...readFilters(int_filters, fields.numbers),
	];
	for (const { field, values } of filters) {
		const wrong = fields.numbers.includes(field) && values.find((value) => !/^\d+$/.test(value));
		if (wrong) throw parameterError(`The filter field[${field}] value[${wrong}] is no number.`);
	}
	if (condition.trim() === '') {
		return rows.filter((row) => filters.every((filter) => passes(row, filter)));
	}
	const named = new Map(filters.map((filter) => [filter.name ?? '', filter]));
	if (named.has('') || named.size < filters.length) {
		throw parameterError('With a field[condition] every filter needs a name of its own.');
	}
	const holds = readCondition(condition, [...named.keys()]);
	return rows.filter((row) => holds((name) => passes(row, named.get(name)!)));
}
