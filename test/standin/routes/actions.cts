import { perform } from '../actions/perform.cts';
import { noSuchTicket, parameterError, successWithoutData } from '../answers.cts';
import { anything, checked, optional, text } from '../check.cts';
import type { Route } from './route.cts';
import { waitingFor } from './tasks.cts';

/** POST /v2/incidents/{incident_id}/actions: the caller acts, by a task that waits now. */
export const actions: Route = {
	method: 'POST',
	path: '/v2/incidents/{incident_id}/actions',
	permission: 'coc:ticket:action',
	answer({ params: path, body, caller: operator }, coc) {
		const { incident_id: number } = checked(path, { incident_id: text(50) }, 'path');
		const {
			task_id,
			action: key,
			params,
		} = checked(
			body,
			{ task_id: text(100), action: text(100), params: optional(anything) },
			'body',
		);
		const ticket = coc.tickets.find(number);
		if (!ticket) throw noSuchTicket(number);
		const node = waitingFor(ticket, coc).find(({ id }) => id === task_id)?.node;
		if (!node) throw parameterError(`The task ${task_id} of ${number} does not wait.`);
		const action = node.actions.find((offered) => offered.key === key);
		if (!action) throw parameterError(`The task ${task_id} does not offer ${key}.`);
		perform({ ticket, node, action, key, operator, params, named: 'params' }, coc);
		return successWithoutData();
	},
};
