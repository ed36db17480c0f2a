import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { LIMITS } from '../coc/limits';
import { isPathSegment } from '../coc/path';
import { locatorModes, readLocator } from './locator';
import { asIdentifier, wellFormed } from './text';

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
	if (!value.ok) return value;
	const { displayName: label } = ticketField;
	const ticket = asIdentifier(numberIn(value.value), label, LIMITS.incidentNumber);
	if (!ticket.ok || isPathSegment(ticket.value)) return ticket;
	return { ok: false, reason: `'${label}' is "${ticket.value}", which is no ticket number` };
}

/** A pasted address of a page about one incident stands for the number in it. */
function numberIn(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*https?:\/\//i.test(value)) return value;
	const numbers = new Set(value.match(/\bIM\d{10,}\b/g));
	return numbers.size === 1 ? [...numbers][0] : value;
}

/** The ticket as the user gave it, for messages about an item whose fields may be wrong. */
export function ticketAsGiven(context: IExecuteFunctions, itemIndex: number): string | null {
	const value = readLocator(context, ticketField, itemIndex);
	return value.ok && typeof value.value === 'string' && value.value !== ''
		? wellFormed(value.value)
		: null;
}
