import { noSuchTicket, parameterError, success } from '../answers.cts';
import { anything, checked, optional, text } from '../check.cts';
import type { Ticket, TicketStatus } from '../tickets.cts';
import { accept } from './handle/accept.cts';
import { submitSolution } from './handle/submitSolution.cts';
import { verify } from './handle/verify.cts';
import type { Route } from './route.cts';

/** What an operation does to a ticket, and what the history keeps of it. */
export interface Change {
	fields: Partial<Ticket>;
	comment: string | null;
	result: boolean | null;
}

/** One `operate_key` of the handle call. */
export interface HandleOperation {
	operateKey: string;
	/** The only status in which it is possible. */
	from: TicketStatus;
	/** Checks `parameter` and says what changes. */
	change(parameter: unknown, now: number): Change;
}

/** The page lists more keys, but says that only these work in this call. */
const operations: HandleOperation[] = [accept, submitSolution, verify];

/** POST /v1/external/incident/handle: accept, submit a solution, verify. */
export const handle: Route = {
	method: 'POST',
	path: '/v1/external/incident/handle',
	permission: 'coc:ticket:action',
	answer({ body }, { tickets, now }) {
		const { incident_num, operator, operate_key, parameter } = checked(
			body,
			{
				incident_num: text(255),
				operator: text(255),
				operate_key: text(255),
				parameter: optional(anything),
			},
			'body',
		);
		const operation = operations.find(({ operateKey }) => operateKey === operate_key);
		if (!operation) {
			throw parameterError(`The field[operate_key] value[${operate_key}] is not supported.`);
		}
		const at = now();
		const { fields, comment, result } = operation.change(parameter, at);

		const ticket = tickets.find(incident_num);
		if (!ticket) throw noSuchTicket(incident_num);
		if (ticket.status !== operation.from) {
			throw parameterError(
				`The ticket ${ticket.number} is in status ${ticket.status}: ${operate_key} needs ${operation.from}.`,
			);
		}
		if (ticket.openApproval && fields.status === 'INCIDENT_STATUS_COMPLETED') {
			throw parameterError(
				`The ticket ${ticket.number} has an open approval: finish it before the incident is closed.`,
			);
		}
		tickets.change(ticket, fields, { action: operate_key, operator, comment, result, at });
		return success();
	},
};
