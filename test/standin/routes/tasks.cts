import { createHash } from 'node:crypto';
import { noSuchTicket, success } from '../answers.cts';
import { checked, readQuery, text } from '../check.cts';
import type { Ticket, TicketStatus } from '../tickets.cts';
import type { Route } from './route.cts';

/** What can be done in each status; the node's name is for display only. */
const OFFERED: Record<TicketStatus, { name: string; keys: string[] } | null> = {
	incident_draft: null,
	INCIDENT_STATUS_TRIGGERED: {
		name: '未受理',
		keys: ['accepted', 'rejected', 'unAcceptedForward'],
	},
	INCIDENT_STATUS_REJECTED: { name: '未受理驳回提单人确认', keys: ['ReOpen', 'agreed'] },
	INCIDENT_STATUS_ACKNOWLEDGED: {
		name: '处理',
		keys: ['commitSolution', 'acceptedForward', 'changeLevel', 'incidentPause', 'addRemark'],
	},
	INCIDENT_STATUS_RESOLVED: { name: '验证节点', keys: ['confirm'] },
	INCIDENT_STATUS_COMPLETED: null,
};

/** One step of the flow that waits for somebody. */
interface Task {
	type: string;
	key: string;
	name: string;
	state: string;
	/** The first one carries the task's ID, as on the page's example; the others have none. */
	operations: Array<{ task_id: string; key: string }>;
}

/** What waits to be done with a ticket; every change of it begins new tasks, with new IDs. */
export function tasksOf({ number, status, history, openApproval }: Ticket): Task[] {
	const task = (type: string, name: string, keys: string[]): Task => {
		const id = createHash('md5').update(`${number} ${name} ${history.length}`).digest('hex');
		return {
			type,
			name,
			key: `node_${id.slice(0, 6)}`,
			state: 'running',
			operations: keys.map((key, index) => ({ task_id: index === 0 ? id : '', key })),
		};
	};
	const offered = OFFERED[status];
	return [
		...(offered ? [task('OperateNode', offered.name, offered.keys)] : []),
		...(openApproval ? [task('ApprovalNode', '一审或签', ['agreed', 'rejected'])] : []),
	];
}

/** GET /v2/incidents/{incident_id}/tasks */
export const tasks: Route = {
	method: 'GET',
	path: '/v2/incidents/{incident_id}/tasks',
	permission: 'coc:ticket:listActions',
	answer({ params, query }, { tickets }) {
		checked(readQuery(query), {}, 'query');
		const { incident_id: number } = checked(params, { incident_id: text(50) }, 'path');
		const ticket = tickets.find(number);
		if (!ticket) throw noSuchTicket(number);
		return success(tasksOf(ticket));
	},
};
