import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../../shared/contract/checked';
import { LIMITS } from '../../shared/contract/limits';
import { locatorModes, readLocator } from './locator';
import { asIdentifier } from './read';

/** The incident's number (`incident_num`). */
export const ticketField: INodeProperties = {
	displayName: 'Ticket',
	name: 'ticket',
	...locatorModes('an incident', 'searchTickets', {
		displayName: 'By Number',
		name: 'number',
		placeholder: 'e.g. IM202403221515060171753781',
		hint: "The incident's number, as COC's incident list shows it",
	}),
	required: true,
	description: 'The incident to act on, by its number',
};

export function readTicket(context: IExecuteFunctions, itemIndex: number): Checked<string> {
	const value = readLocator(context, ticketField, itemIndex);
	return value.ok
		? asIdentifier(value.value, ticketField.displayName, LIMITS.incidentNumber)
		: value;
}

/** The ticket as the user gave it, for messages about an item whose fields may be wrong. */
export function ticketAsGiven(context: IExecuteFunctions, itemIndex: number): string | null {
	const value = readLocator(context, ticketField, itemIndex);
	return value.ok && typeof value.value === 'string' && value.value !== '' ? value.value : null;
}
