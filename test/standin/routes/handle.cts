import { accept } from '../actions/acceptance.cts';
import type { Action } from '../actions/action.cts';
import { solveWithoutFiles, verify } from '../actions/handling.cts';
import { nodesOf } from '../actions/nodes.cts';
import { perform } from '../actions/perform.cts';
import { noSuchTicket, parameterError, success } from '../answers.cts';
import { anything, checked, optional, text } from '../check.cts';
import type { Route } from './route.cts';

/** By v1's keys. The page lists more of these, but says that only these work in this call. */
const operations = new Map<string, Action>([
	['acceptedIncident1', accept],
	['commitSolution1', solveWithoutFiles],
	['confirm', verify],
]);

/** POST /v1/external/incident/handle: accept, submit a solution, verify. */
export const handle: Route = {
	method: 'POST',
	path: '/v1/external/incident/handle',
	permission: 'coc:ticket:action',
	answer({ body }, coc) {
		const {
			incident_num,
			operator,
			operate_key: key,
			parameter: params,
		} = checked(
			body,
			{
				incident_num: text(255),
				operator: text(255),
				operate_key: text(255),
				parameter: optional(anything),
			},
			'body',
		);
		const action = operations.get(key);
		if (!action) throw parameterError(`The field[operate_key] value[${key}] is not supported.`);
		const ticket = coc.tickets.find(incident_num);
		if (!ticket) throw noSuchTicket(incident_num);
		const node = nodesOf(ticket).find(({ actions }) =>
			actions.some((offered) => offered.key === action.key),
		);
		if (!node) {
			throw parameterError(
				`The ticket ${ticket.number} is ${ticket.paused ? 'paused ' : ''}in status ${ticket.status}, which does not allow ${key}.`,
			);
		}
		perform({ ticket, node, action, key, operator, params, named: 'parameter' }, coc);
		return success();
	},
};
