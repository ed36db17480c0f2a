import type { INodeProperties } from 'n8n-workflow';
import { wellFormed } from './checks';
import { located, type Input } from './input';

/**
 * What an item is about, exactly as entered, so that it can be found even when it can't be used. Null for
 * nothing.
 *
 * @param takesList whether it may be a list, which is joined by commas
 */
export function asEntered(
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	takesList = false,
) {
	return (input: Input): string | null => {
		const field = input.get(name, displayName);
		const value = field.ok ? located(field.value) : null;
		const text = takesList && Array.isArray(value) ? value.join(', ') : value;
		return typeof text === 'string' && text !== '' ? wellFormed(text) : null;
	};
}
