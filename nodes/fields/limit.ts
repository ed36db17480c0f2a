import type { Field } from './field';
import { booleanField, numberField } from './simpleFields';

const returnAll = booleanField({
	displayName: 'Return All',
	name: 'returnAll',
	description: 'Whether to return all results or only up to a given limit',
});

const most = numberField({
	displayName: 'Limit',
	name: 'limit',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
	bounds: { min: 1, max: 1_000_000, isWhole: true },
});

/** Most results; null for all. */
export const limit: Field<number | null> = {
	properties: [...returnAll.properties, ...most.properties],
	read(input) {
		const all = returnAll.read(input);
		if (!all.ok) return all;
		return all.value ? { ok: true, value: null } : most.read(input);
	},
};
