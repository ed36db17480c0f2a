import { createHash } from 'node:crypto';
import { type FlowNode, nodesOf } from '../actions/nodes.cts';
import { noSuchTicket, success } from '../answers.cts';
import { checked, readQuery, text } from '../check.cts';
import type { Ticket } from '../tickets.cts';
import type { Coc, Route } from './route.cts';

/** One run of a node of the flow. */
interface Task {
	/** Used up once the flow has moved. */
	id: string;
	node: FlowNode;
}

/** What waits to be done with a ticket. */
export function waitingFor(ticket: Ticket, { quirks, now }: Pick<Coc, 'quirks' | 'now'>): Task[] {
	const { number, createTime, knownFrom, moves } = ticket;
	if (now() < Math.max(createTime, knownFrom) + quirks.emptyTasksMs) return [];
	return nodesOf(ticket).map((node) => {
		const run = `${number} ${node.type} ${node.name} ${moves}`;
		return { node, id: createHash('md5').update(run).digest('hex') };
	});
}

/** GET /v2/incidents/{incident_id}/tasks */
export const tasks: Route = {
	method: 'GET',
	path: '/v2/incidents/{incident_id}/tasks',
	permission: 'coc:ticket:listActions',
	answer({ params, query, caller }, coc) {
		checked(readQuery(query), {}, 'query');
		const { incident_id: number } = checked(params, { incident_id: text(50) }, 'path');
		const ticket = coc.tickets.find(number);
		if (!ticket) throw noSuchTicket(number);
		const isOpenTo = ({ node: { people } }: Task) => people?.includes(caller) ?? true;
		const waiting = waitingFor(ticket, coc);
		return success((coc.quirks.cutsTasks ? waiting.filter(isOpenTo) : waiting).map(shown));
	},
};

function shown({ id, node: { type, name, state, actions } }: Task) {
	return {
		type,
		name,
		// Keys of nodes aren't published, but a node keeps its own.
		key: `node_${createHash('md5').update(`${type} ${name}`).digest('hex').slice(0, 6)}`,
		state,
		// The first one carries the task's ID, as on the page's example; the others have none.
		operations: actions.map(({ key }, index) => ({ task_id: index === 0 ? id : '', key })),
	};
}
