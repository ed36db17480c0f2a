import { booleanField } from './simpleFields';

/** Ten fields in English and people's names, or all that COC gives, as it gives it. */
export const simplifyOutput = booleanField({
	displayName: 'Simplify',
	name: 'simplify',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});
