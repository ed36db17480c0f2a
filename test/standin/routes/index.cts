import { actions } from './actions.cts';
import { alarmRoutes } from './alarms.cts';
import { applications } from './applications.cts';
import { download, uploads } from './attachments.cts';
import { create } from './create.cts';
import { detail } from './detail.cts';
import { enterpriseProjects } from './enterpriseProjects.cts';
import { handle } from './handle.cts';
import { histories, historiesV2 } from './histories.cts';
import { list } from './list.cts';
import type { Route, Service } from './route.cts';
import { simpleList } from './simpleList.cts';
import { tasks } from './tasks.cts';
import { warRoomRoutes } from './warRooms.cts';

/** Every call the stand-in knows: a new one is a file of its own and a line here. */
const routes: Route[] = [
	actions,
	...alarmRoutes,
	applications,
	create,
	detail,
	download,
	enterpriseProjects,
	handle,
	...histories,
	historiesV2,
	list,
	simpleList,
	tasks,
	...uploads,
	...warRoomRoutes,
];

/** The route of a request with its path parameters; none when the gateway has no such API. */
export function findRoute(
	method: string,
	path: string,
	at: Service = 'coc',
): { route: Route; params: Record<string, string> } | undefined {
	const matches = routes.flatMap((route) => {
		if ((route.service ?? 'coc') !== at) return [];
		const params = matchPath(route.path, path);
		return params ? [{ route, params }] : [];
	});
	// A literal path wins over a parameter, whatever the method: GET …/handle isn't a ticket "handle".
	const literal = matches.filter(({ route }) => route.path === path);
	return (literal.length ? literal : matches).find(({ route }) => route.method === method);
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
	const wanted = pattern.split('/');
	const given = path.split('/');
	if (wanted.length !== given.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const segment = given[index] ?? '';
		const name = /^\{(.+)\}$/.exec(part)?.[1];
		if (name === undefined ? part !== segment : segment === '') return undefined;
		if (name !== undefined) params[name] = decode(segment);
	}
	return params;
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
