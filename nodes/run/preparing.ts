import { refusedInput } from '../errors/refusedInput';
import { propertiesOf, readFields, type Fields, type Values } from '../fields/field';
import type { Operation, Work } from './operation';

/**
 * What operations of every kind have of their fields: the form, and an item's values or why these can't
 * be used.
 */
export function preparing<F extends Fields>(
	fields: F,
	workOf: (values: Values<F>) => Work,
): Pick<Operation, 'properties' | 'prepare'> {
	return {
		properties: propertiesOf(fields),
		prepare(input) {
			const values = readFields(fields, input);
			return values.ok ? workOf(values.value) : refusedInput(values);
		},
	};
}
