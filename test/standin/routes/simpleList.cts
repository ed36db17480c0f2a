import { success } from '../answers.cts';
import { checked, optional, type Rule } from '../check.cts';
import type { Route } from './route.cts';

/** GET /v1/incident-tickets: `offset` is the number of the page, from 1. */
export const simpleList: Route = {
	method: 'GET',
	path: '/v1/incident-tickets',
	permission: 'coc:ticket:list',
	answer({ query }, { tickets }) {
		const { offset, limit } = checked(
			Object.fromEntries(query),
			{ offset: optional(upTo(1_000_000)), limit: optional(upTo(100)) },
			'query',
		);
		const size = Number(limit ?? 50);
		const start = (Number(offset ?? 1) - 1) * size;
		const all = tickets.all();
		return success({
			total: all.length,
			IncidentSimpleTicketInfos: all.slice(start, start + size).map((ticket) => ({
				title: ticket.title,
				ticket_id: ticket.number,
				description: ticket.description,
				status: ticket.status,
				level: ticket.level,
				enterprise_project: ticket.enterpriseProject,
				source: ticket.source,
				creator: ticket.creator,
				assignee: ticket.assignee === null ? [] : [ticket.assignee],
			})),
		});
	},
};

/** An integer from 1, as a query spells it. */
function upTo(max: number): Rule<string> {
	return {
		wanted: `an integer from 1 to ${max}`,
		accepts: (value): value is string => {
			return typeof value === 'string' && /^[1-9]\d*$/.test(value) && Number(value) <= max;
		},
	};
}
