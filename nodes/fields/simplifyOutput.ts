import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { readField } from './parameter';
import { asBoolean } from './value';

/** Ten fields in English, or all that COC gives, as it gives it. */
export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export function readSimplify(context: IExecuteFunctions, itemIndex: number): Checked<boolean> {
	return readField(context, itemIndex, simplifyField, asBoolean);
}
