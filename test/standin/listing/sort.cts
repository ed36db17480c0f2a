import { parameterError } from '../answers.cts';
import { checked, oneOf, optional, text } from '../check.cts';
import { order, type Row, texts } from './filters.cts';

/** Sorts as the body's `sort_filter` says; without one the order stays. Equal rows keep their order. */
export function sorted<T extends Row>(rows: T[], sortFilter: unknown, fields: string[]): T[] {
	if (sortFilter === undefined) return rows;
	const { field, operator, values } = checked(
		sortFilter,
		{
			field: oneOf(...fields),
			operator: oneOf('asc', 'desc'),
			values: texts,
			name: optional(text(255)),
		},
		'sort_filter',
	);
	if (values.join() !== field) {
		throw parameterError(`The sort_filter field[values] must be ["${field}"].`);
	}
	const sign = operator === 'asc' ? 1 : -1;
	return [...rows].sort((a, b) => sign * order(a[field] ?? '', b[field] ?? ''));
}
