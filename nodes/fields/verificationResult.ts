import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { readField } from './parameter';
import { asBoolean } from './value';

const LABEL = 'Result';

/**
 * The verification's result (`virtual_confirm_result`). As a tool it is a plain switch: n8n can let
 * a model fill that, and one that nobody filled says "unresolved" and closes no ticket.
 */
export const resultFields: INodeProperties[] = [
	{
		displayName: LABEL,
		name: 'result',
		type: 'options',
		options: [
			{
				name: 'Resolved',
				value: true,
				description: 'Closes the incident and starts its fault review',
			},
			{
				name: 'Unresolved',
				value: false,
				description: 'Sends the incident back to its handler',
			},
		],
		default: true,
		description:
			'What the verification found. An expression must give true (resolved) or false (unresolved).',
		displayOptions: { hide: { '@tool': [true] } },
	},
	{
		displayName: LABEL,
		name: 'result',
		type: 'boolean',
		default: false,
		description:
			'Whether the incident is resolved: true closes it and starts its fault review, false sends it back to its handler',
		hint: 'On: resolved, closes the incident. Off: unresolved, back to its handler.',
		displayOptions: { show: { '@tool': [true] } },
	},
];

export function readResult(context: IExecuteFunctions, itemIndex: number): Checked<boolean> {
	return readField(context, itemIndex, { name: 'result', displayName: LABEL }, asBoolean);
}
