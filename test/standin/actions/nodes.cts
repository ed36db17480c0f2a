import type { Approval, Ticket, TicketStatus } from '../tickets.cts';
import { accept, close, reject, resubmit } from './acceptance.cts';
import type { Action } from './action.cts';
import {
	agreeToLevel,
	agreeToPause,
	askForLevel,
	askForPause,
	refuseLevel,
	refusePause,
	resume,
} from './approvals.cts';
import { forwardAfter, forwardBefore, remark, solve, verify } from './handling.cts';

/** A place in the flow where somebody has to do something. */
export interface FlowNode {
	type: 'OperateNode' | 'ApprovalNode' | 'PauseNode' | 'MutilateInstanceNode';
	/** For display only. */
	name: string;
	state: string;
	/** Whose turn it is: IAM user IDs, or null for anybody. */
	people: string[] | null;
	actions: Action[];
}

type Whose = 'creator' | 'assignee';
const NODES: Partial<Record<TicketStatus, { name: string; whose: Whose; actions: Action[] }>> = {
	INCIDENT_STATUS_TRIGGERED: {
		name: '未受理',
		whose: 'assignee',
		actions: [accept, reject, forwardBefore, remark],
	},
	INCIDENT_STATUS_REJECTED: {
		name: '未受理驳回提单人确认',
		whose: 'creator',
		actions: [resubmit, close],
	},
	INCIDENT_STATUS_ACKNOWLEDGED: {
		name: '处理',
		whose: 'assignee',
		actions: [solve, forwardAfter, askForLevel, askForPause, remark],
	},
	INCIDENT_STATUS_RESOLVED: { name: '验证节点', whose: 'creator', actions: [verify, remark] },
};

/** Where the flow of a ticket is now. */
export function nodesOf(ticket: Readonly<Ticket>): FlowNode[] {
	const { status, approval, paused } = ticket;
	const node = NODES[status];
	if (!node) return [];
	const operate = {
		type: 'OperateNode',
		name: node.name,
		state: 'running',
		// A shift that dispatched to nobody: whoever is on it.
		people: one(ticket[node.whose]),
		actions: node.actions.filter((action) => !approval || !requests.includes(action)),
	} as const;
	const isPaused = paused && status === 'INCIDENT_STATUS_ACKNOWLEDGED';
	return [isPaused ? pauseOf(operate) : operate, ...(approval ? [approvalOf(approval)] : [])];
}

/** One open request at a time. */
const requests = [askForPause, askForLevel];

function pauseOf(instead: FlowNode): FlowNode {
	return {
		...instead,
		type: 'PauseNode',
		name: '暂停',
		state: 'suspended',
		actions: [resume, remark],
	};
}

/** The names of a pause with one approver and of a level with all are the API's, the others alike. */
function approvalOf({ kind, all, approvers, agreed }: Approval): FlowNode {
	return {
		type: all ? 'MutilateInstanceNode' : 'ApprovalNode',
		name: `${kind === 'level' ? '降级' : ''}${all ? '一审并签' : '一审或签'}`,
		state: 'running',
		people: approvers && approvers.filter((person) => !agreed.includes(person)),
		actions: kind === 'level' ? [agreeToLevel, refuseLevel] : [agreeToPause, refusePause],
	};
}

function one(person: string | null): string[] | null {
	return person === null ? null : [person];
}
