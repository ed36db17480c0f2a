import type { INodeProperties } from 'n8n-workflow';
import { LIMITS } from '../coc/limits';
import type { Result } from '../coc/result';
import { asIdentifier, partsOf, tooMany } from './checks';
import { fieldOf, type Field } from './field';
import { located } from './input';

/** How a field is described that takes several IDs. */
export const SEVERAL = 'several joined by commas; an expression may also give a list';

/**
 * Any number of things with an ID: one picked from a list, or several by hand.
 *
 * @param most how many at most
 */
export function idsField(property: INodeProperties, most = Infinity): Field<string[]> {
	return fieldOf((value, label) => asIds(value, label, most), property);
}

/** Each once, from a list or a text with commas. */
function asIds(value: unknown, label: string, most: number): Result<string[]> {
	const given = located(value);
	const parts = partsOf(given);
	if (parts.length === 0) return { ok: false, reason: `'${label}' is empty` };
	const ids = new Set<string>();
	for (const part of parts) {
		const id = asIdentifier(located(part), label, LIMITS.id);
		if (!id.ok) return id;
		ids.add(id.value);
	}
	return ids.size > most ? tooMany(label, ids.size, most) : { ok: true, value: [...ids] };
}
