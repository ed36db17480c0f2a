import { parameterError } from '../answers.cts';
import type { Coc } from '../routes/route.cts';
import type { Ticket } from '../tickets.cts';
import type { Action } from './action.cts';
import { remark } from './handling.cts';
import type { FlowNode } from './nodes.cts';

export interface Performance {
	ticket: Ticket;
	node: FlowNode;
	action: Action;
	/** How the call spells the action. */
	key: string;
	operator: string;
	params: unknown;
	/** How the call names the parameters. */
	named: string;
}

/** Does what a node offers; what the flow doesn't let through is refused and changes nothing. */
export function perform(
	{ ticket, node, action, key, operator, params, named }: Performance,
	{ tickets, quirks, now }: Coc,
): void {
	if (quirks.refusesOthers && node.people?.includes(operator) === false) {
		throw parameterError(`The action ${key} of ${ticket.number} is not the user ${operator}'s.`);
	}
	const at = now();
	const situation = { ticket, operator, quirks, at };
	const { fields = {}, comment = null, result = null } = action.change(params, named, situation);
	if (ticket.approval && fields.status === 'INCIDENT_STATUS_COMPLETED') {
		throw parameterError(
			`The ticket ${ticket.number} has an open approval: finish it before the incident is closed.`,
		);
	}
	const moves = ticket.moves + Number(action !== remark);
	tickets.change(ticket, { ...fields, moves }, { action: key, operator, comment, result, at });
}
