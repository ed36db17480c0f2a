import { LIMITS } from '../coc/limits';
import { textField } from './simpleFields';

/** The binary field of the output item that gets the file. */
export const outputFieldName = textField({
	displayName: 'Put Output File in Field',
	name: 'outputFieldName',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output field that gets the file',
	description: 'The binary field of the output item that gets the file',
	limit: LIMITS.key,
});
