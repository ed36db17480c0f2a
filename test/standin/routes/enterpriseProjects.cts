import { json } from '../answers.cts';
import { checked, integerText, oneOf, optional, readQuery, text } from '../check.cts';
import type { Route } from './route.cts';

/** GET /v1.0/enterprise-projects of EPS, a service of its own, with an endpoint of its own. */
export const enterpriseProjects: Route = {
	service: 'eps',
	method: 'GET',
	path: '/v1.0/enterprise-projects',
	// The COC contract doesn't name any.
	permission: null,
	answer({ query }, { directory, quirks }) {
		const { limit, offset, name, status } = checked(
			readQuery(query),
			{
				limit: optional(integerText(1, 1000)),
				offset: optional(integerText(0, 1_000_000)),
				name: optional(text(255)),
				status: optional(oneOf('1', '2')),
			},
			'query',
		);
		const start = Number(offset ?? 0);
		const enterprise_projects = directory.projects
			.filter(
				(one) =>
					(name === undefined || one.name.includes(name)) &&
					(status === undefined || String(one.status) === status),
			)
			.slice(start, start + Math.min(Number(limit ?? 1000), quirks.mostPerPage));
		return json(200, { enterprise_projects });
	},
};
