import { LIMITS } from '../coc/limits';
import type { Result } from '../coc/result';
import { isPathSegment } from '../coc/url';
import { asEntered } from './asEntered';
import { asIdentifier } from './checks';
import { fieldOf, type Field, type Property } from './field';
import { located } from './input';
import { locatorModes } from './locator';

/** The name of the field. */
export const TICKET = 'ticket';

const shape: Property = {
	displayName: 'Ticket',
	name: TICKET,
	...locatorModes('a ticket', 'searchTickets', {
		displayName: 'By ID',
		name: 'number',
		placeholder: 'e.g. IM202403221515060171753781',
		hint: "The ticket's number, as COC's incident list shows it",
	}),
	builderHint: {
		propertyHint:
			"The ticket number, 'IM' and digits, as text. Use mode 'list' to pick one, and mode 'number' for a known number or an expression, such as expr('{{ $json.ticket }}') from Get Many or the trigger.",
	},
};

const property: Property = {
	...shape,
	toolLabel: 'Ticket Number',
	required: true,
	description: 'The ticket to act on, by its number',
};

/** The incident's number (`incident_num`). */
export const ticket = fieldOf(asTicket, property);

/** The same as a part of a collection. */
export function ticketPart(description: string): Field<string> {
	return fieldOf(asTicket, { ...shape, displayName: 'Ticket Number', description });
}

function asTicket(value: unknown, label: string): Result<string> {
	const number = asIdentifier(numberIn(located(value)), label, LIMITS.incidentNumber);
	if (!number.ok || isPathSegment(number.value)) return number;
	return { ok: false, reason: `'${label}' is "${number.value}", which is no ticket number` };
}

/** A pasted address of a page about one incident stands for the number in it. */
function numberIn(value: unknown): unknown {
	if (typeof value !== 'string' || !/^\s*https?:\/\//i.test(value)) return value;
	const numbers = new Set(value.match(/\bIM\d{10,}\b/g));
	return numbers.size === 1 ? [...numbers][0] : value;
}

/** The ticket exactly as entered. */
export const ticketAsEntered = asEntered(property);
