import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../../shared/contract/checked';
import { LIMITS } from '../../shared/contract/limits';
import { asIdentifier, readParameter } from './read';

const LABEL = 'Ticket';

/** The incident's number (`incident_num`). */
export const ticketField: INodeProperties = {
	displayName: LABEL,
	name: 'ticket',
	type: 'resourceLocator',
	default: { mode: 'number', value: '' },
	required: true,
	description: 'The incident to act on',
	modes: [
		{
			displayName: 'By Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. IM202403221515060171753781',
			hint: "The incident's number, as COC's incident list shows it",
		},
	],
};

export function readTicket(context: IExecuteFunctions, itemIndex: number): Checked<string> {
	const value = readLocator(context, itemIndex);
	return value.ok ? asIdentifier(value.value, LABEL, LIMITS.incidentNumber) : value;
}

/** The ticket as the user gave it, for messages about an item whose fields may be wrong. */
export function ticketAsGiven(context: IExecuteFunctions, itemIndex: number): string | null {
	const value = readLocator(context, itemIndex);
	return value.ok && typeof value.value === 'string' && value.value !== '' ? value.value : null;
}

/** The locator's value; an expression for the whole field may also give the number itself. */
function readLocator(context: IExecuteFunctions, itemIndex: number): Checked<unknown> {
	const field = readParameter(context, 'ticket', LABEL, itemIndex);
	if (!field.ok || typeof field.value !== 'object' || field.value === null) return field;
	if (!('__rl' in field.value)) return field;
	return { ok: true, value: (field.value as { value?: unknown }).value };
}
