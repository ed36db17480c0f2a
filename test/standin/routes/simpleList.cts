import { success } from '../answers.cts';
import { checked, integerText, optional, readQuery } from '../check.cts';
import type { Route } from './route.cts';

/** GET /v1/incident-tickets: `offset` is the number of the page, from 1. */
export const simpleList: Route = {
	method: 'GET',
	path: '/v1/incident-tickets',
	permission: 'coc:ticket:list',
	answer({ query }, { tickets, quirks }) {
		const { offset, limit } = checked(
			readQuery(query),
			{ offset: optional(integerText(1, 1_000_000)), limit: optional(integerText(1, 100)) },
			'query',
		);
		const size = Number(limit ?? 50);
		const start = (Number(offset ?? 1) - 1) * size;
		const all = tickets.listed(quirks.listLagMs);
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
