import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { readField } from './parameter';
import { asBoolean, asNumber } from './value';

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const limitFields = [returnAllField, limitField];

const LIMIT = { min: 1, max: 1_000_000, isWhole: true };

/** @returns null for all */
export function readLimit(context: IExecuteFunctions, itemIndex: number): Checked<number | null> {
	const returnAll = readField(context, itemIndex, returnAllField, asBoolean);
	if (!returnAll.ok) return returnAll;
	if (returnAll.value) return { ok: true, value: null };
	return readField(context, itemIndex, limitField, (value, label) =>
		asNumber({ ok: true, value }, label, LIMIT),
	);
}
