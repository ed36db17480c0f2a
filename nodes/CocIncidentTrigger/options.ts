import type { INodeProperties } from 'n8n-workflow';

/** Bound on one whole exchange with COC, in ms. */
export const TIMEOUT = {
	default: 30_000,
	min: 100,
	max: 300_000,
	what: 'a whole number of milliseconds',
} as const;

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: TIMEOUT.min, maxValue: TIMEOUT.max },
			default: 30_000,
			description:
				'Longest time for one request and its whole answer, in milliseconds (100 to 300000)',
		},
	],
};
