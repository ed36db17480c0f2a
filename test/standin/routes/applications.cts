import { json } from '../answers.cts';
import { checked, integerText, optional, readQuery, text, textList } from '../check.cts';
import type { Route } from './route.cts';

/** GET /v1/applications: the answer is bare, without COC's envelope. */
export const applications: Route = {
	method: 'GET',
	path: '/v1/applications',
	permission: 'coc:application:list',
	answer({ query }, { directory, quirks }) {
		const { limit, name_like, code, parent_id, id_list, marker } = checked(
			readQuery(query, ['id_list']),
			{
				limit: integerText(1, 200),
				name_like: optional(text(50)),
				code: optional(text(50, 3)),
				parent_id: optional(text(255)),
				id_list: optional(textList(100)),
				marker: optional(text(24, 24)),
			},
			'query',
		);
		const data = [...directory.applications]
			.sort((a, b) => (a.id < b.id ? -1 : 1))
			.filter(
				(one) =>
					(marker === undefined || one.id > marker) &&
					(name_like === undefined || one.name.includes(name_like)) &&
					(code === undefined || one.code === code) &&
					(parent_id === undefined || one.parent_id === parent_id) &&
					(id_list === undefined || id_list.includes(one.id)),
			)
			.slice(0, Math.min(Number(limit), quirks.mostPerPage));
		return json(200, { data });
	},
};
