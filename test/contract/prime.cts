/** Fills a stand-in with the tickets that a transcript shows, under the names that they have there. */
import type { Exchange, Transcript } from '../../scripts/contract/transcript.cts';
import {
	openApproval,
	type StandIn,
	type Ticket,
	type TicketStatus,
	ticketStatuses,
} from '../standin/index.cts';

type Json = Record<string, unknown>;

/** What a transcript shows of one ticket. */
interface Shown {
	row?: Json;
	detail?: Json;
	nodes?: Json[];
	history?: Json[];
}

export function prime(coc: StandIn, { exchanges }: Transcript): void {
	const shown = new Map<string, Shown>();
	const note = (number: unknown, part: Shown) => {
		if (typeof number !== 'string') return;
		// As it was when it was shown first.
		shown.set(number, { ...part, ...shown.get(number) });
	};
	for (const exchange of exchanges) {
		if (exchange.probe.startsWith('story:')) continue;
		const data = dataOf(exchange);
		for (const row of list(data?.tickets)) note(row.ticket_id, { row });
		const { path } = exchange.request;
		if (exchange.probe.endsWith(':detail')) note(data?.incident_num, { detail: data ?? {} });
		if (path.endsWith('/tasks')) note(path.split('/')[3], { nodes: list(bodyOf(exchange)?.data) });
		if (path.endsWith('/list-histories')) {
			const [entry] = list(data?.info);
			note(entry?.ticket_id, { history: list(data?.info) });
		}
		labels(coc, exchange);
	}
	const statuses = statusWords([...shown.values()]);
	const tickets = [...shown].flatMap(([number, one]) => ticketOf(number, one, statuses) ?? []);
	tickets.sort((a, b) => a.createTime - b.createTime);
	for (const ticket of tickets) coc.addTicket(ticket);
}

/** Names of people, applications and projects. */
function labels(coc: StandIn, exchange: Exchange): void {
	const walk = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		const { prop_id, biz_id, name_en } = value as Json;
		if (typeof biz_id === 'string' && typeof name_en === 'string') {
			if (/assignee|creator|operator/.test(String(prop_id))) coc.people.set(biz_id, name_en);
			const known = { id: biz_id, name: name_en };
			const has = (all: ReadonlyArray<{ id: string }>) => all.some(({ id }) => id === biz_id);
			if (prop_id === 'current_cloud_service_id' && !has(coc.applications))
				coc.addApplication(known);
			if (prop_id === 'enterprise_project_id') projects(coc).add(known);
		}
		Object.values(value).forEach(walk);
	};
	walk(exchange.answer.body);
}

const seenProjects = new WeakMap<StandIn, Set<string>>();

function projects(coc: StandIn) {
	const seen = seenProjects.get(coc) ?? new Set(['0']);
	seenProjects.set(coc, seen);
	return {
		add(project: { id: string; name: string }) {
			if (seen.size < seen.add(project.id).size) coc.addEnterpriseProject(project);
		},
	};
}

/** Which of v1's statuses the list's words stand for, by the tickets that show both. */
function statusWords(all: Shown[]): Map<unknown, unknown> {
	return new Map(
		all.flatMap(({ row, detail }) =>
			row && detail ? [[row.work_flow_status, detail.status]] : [],
		),
	);
}

function ticketOf(
	number: string,
	{ row, detail, nodes = [], history = [] }: Shown,
	words: Map<unknown, unknown>,
) {
	const base = row ?? detail;
	if (base === undefined) return null;
	const text = (...values: unknown[]) => {
		const first = values.flat().find((value) => typeof value === 'string' && value !== '');
		return (first as string | undefined) ?? null;
	};
	const time = (value: unknown) =>
		value === null || value === undefined ? null : Number(value) || 0;
	const status = detail?.status ?? words.get(row?.work_flow_status);
	const hasNode = (type: string) => nodes.some((node) => node.type === type);
	const operator = text(row?.operator, row?.creator) ?? '';
	const createTime = time(base.create_time) ?? 0;
	const bare = { comment: null, result: null, at: createTime, action: 'create', operator };
	const ticket: Partial<Ticket> & { createTime: number } = {
		number,
		status:
			ticketStatuses.find((one) => one === status) ?? ('INCIDENT_STATUS_RESOLVED' as TicketStatus),
		level: text(row?.level_id, detail?.incident_level) ?? '',
		type: text(row?.mtm_type, detail?.incident_type) ?? '',
		title: text(row?.title, detail?.incident_title) ?? '',
		description: text(row?.description, detail?.incident_description),
		source: text(row?.source_id, detail?.incident_source) ?? '',
		ownership: text(row?.incident_ownership, detail?.incident_ownership),
		creator: text(row?.creator, detail?.creator) ?? '',
		assignee: text(row?.assignee, detail?.incident_assignee),
		assigneeScene: text(detail?.assignee_scene),
		assigneeRole: text(detail?.assignee_role),
		region: text(row?.mtm_region, detail?.region),
		enterpriseProject: text(row?.enterprise_project_id, detail?.enterprise_project),
		application: text(row?.current_cloud_service_id, detail?.current_cloud_service),
		isServiceInterrupt: String(base.is_service_interrupt) === 'true',
		createTime,
		updateTime: time(row?.update_time) ?? createTime,
		startTime: time(base.start_time),
		handleTime: time(base.handle_time),
		faultRecoveryTime: time(detail?.fault_recovery_time),
		paused: hasNode('PauseNode'),
		approval: hasNode('ApprovalNode') ? openApproval() : null,
		history:
			history.length === 0
				? [bare]
				: history.map((entry) => ({
						...bare,
						action: String(entry.action),
						operator: text(entry.operator) ?? '',
						comment: text(entry.comment),
						at: time(entry.start_time) ?? createTime,
						status: String(entry.status),
					})),
	};
	return ticket;
}

const bodyOf = ({ answer }: Exchange) => answer.body as Json | undefined;

function dataOf(exchange: Exchange): Json | undefined {
	const data = bodyOf(exchange)?.data;
	return typeof data === 'object' && data !== null && !Array.isArray(data)
		? (data as Json)
		: undefined;
}

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
