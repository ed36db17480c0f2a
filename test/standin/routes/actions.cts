import { noSuchTicket, parameterError, successWithoutData } from '../answers.cts';
import { anything, checked, optional, text } from '../check.cts';
import type { Ticket, TicketStatus } from '../tickets.cts';
import type { Route } from './route.cts';
import { tasksOf } from './tasks.cts';

interface Action {
	from: TicketStatus;
	/** Checks `params` and says what changes. */
	change(params: unknown): { fields: Partial<Ticket>; comment: string | null };
}

/** The actions that are known here, by their keys: a new one adds an entry. */
const ACTIONS = new Map<string, Action>([
	[
		'rejected',
		{
			from: 'INCIDENT_STATUS_TRIGGERED',
			change(params) {
				const { virtual_confirm_comment: comment } = checked(
					params,
					{ virtual_confirm_comment: text(300) },
					'params',
				);
				return { fields: { status: 'INCIDENT_STATUS_REJECTED' }, comment };
			},
		},
	],
]);

/** POST /v2/incidents/{incident_id}/actions: the caller acts, by a task that waits now. */
export const actions: Route = {
	method: 'POST',
	path: '/v2/incidents/{incident_id}/actions',
	permission: 'coc:ticket:action',
	answer({ params: path, body, caller }, { tickets, now }) {
		const { incident_id: number } = checked(path, { incident_id: text(50) }, 'path');
		const { task_id, action, params } = checked(
			body,
			{ task_id: text(100), action: text(100), params: optional(anything) },
			'body',
		);
		const ticket = tickets.find(number);
		if (!ticket) throw noSuchTicket(number);
		const task = tasksOf(ticket).find(({ operations }) =>
			operations.some((operation) => operation.task_id === task_id),
		);
		if (!task) throw parameterError(`The task ${task_id} of ${number} does not wait.`);
		const known = ACTIONS.get(action);
		if (!known || !task.operations.some(({ key }) => key === action)) {
			throw parameterError(`The task ${task_id} does not offer ${action}.`);
		}
		if (ticket.status !== known.from) {
			throw parameterError(`The ticket ${number} is in status ${ticket.status}.`);
		}
		const { fields, comment } = known.change(params);
		tickets.change(ticket, fields, {
			...{ action, operator: caller, comment, result: null, at: now() },
			status: ticket.status,
		});
		return successWithoutData();
	},
};
