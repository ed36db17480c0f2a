import type { INodeProperties } from 'n8n-workflow';
import type { Result } from '../coc/result';
import { asBoolean, isBlank } from './checks';
import { fieldOf } from './field';

/** n8n marks the field until something is chosen: nobody closes a ticket by not choosing. */
const NO_PRESET = '';

const forPeople: INodeProperties = {
	displayName: 'Result',
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
	default: NO_PRESET,
	required: true,
	description:
		'What the verification found. An expression must give true (resolved) or false (unresolved).',
	displayOptions: { hide: { '@tool': [true] } },
};

/** The label is all that a model, and who tries the tool out, is told of it. */
const forAgents: INodeProperties = {
	displayName: 'Resolved',
	name: 'result',
	type: 'boolean',
	default: false,
	description:
		'Whether the incident is resolved: true closes it and starts its fault review, false sends it back to its handler',
	hint: 'On: closes the incident. Off: sends it back to its handler.',
	displayOptions: { show: { '@tool': [true] } },
};

/**
 * The verification's result (`virtual_confirm_result`). As a tool it is a plain switch: n8n can let
 * a model fill that, and one that nobody filled says "unresolved" and closes no ticket.
 */
export const verificationResult = fieldOf(asResult, forPeople, forAgents);

function asResult(value: unknown, label: string): Result<boolean> {
	if (!isBlank(value)) return asBoolean(value, label);
	return {
		ok: false,
		reason: `'${label}' is empty`,
		hint: 'Say whether the incident is resolved: true or false.',
	};
}
