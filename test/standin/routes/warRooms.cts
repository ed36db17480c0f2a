import { noSuchTicket, parameterError, success } from '../answers.cts';
import {
	anything,
	checked,
	flag,
	integer,
	moment,
	oneOf,
	optional,
	type Rule,
	text,
	textList,
} from '../check.cts';
import type { WarRoom } from '../warRooms.cts';
import type { Coc, Route } from './route.cts';

/** Thirty days: COC's list goes no further back unless it is told so. */
const USUAL_REACH = 30 * 24 * 3_600_000;

const listOf = (min: number, max: number, rule: Rule<unknown> = text(255)): Rule<unknown[]> => ({
	wanted: `a list of ${min} to ${max} values, each ${rule.wanted}`,
	accepts: (value): value is unknown[] =>
		Array.isArray(value) &&
		value.length >= min &&
		value.length <= max &&
		value.every((one) => rule.accepts(one)),
});

const creation = {
	war_room_name: text(255),
	application_id_list: textList(1000),
	incident_number: text(255),
	schedule_group: listOf(0, 1000, anything),
	war_room_admin: text(255),
	enterprise_project_id: text(64),
	description: optional(text(255)),
	region_code_list: optional(listOf(0, 1000) as Rule<string[]>),
	participant: optional(listOf(0, 1000) as Rule<string[]>),
	application_names: optional(listOf(0, 1000)),
	region_names: optional(listOf(0, 1000)),
	notification_type: optional(oneOf('WECHAT', 'DING_TALK', 'LARK', 'NULL_GROUP')),
	notification_modes: optional(
		listOf(0, 5, oneOf('1', '2', '3', '4', '5')) as Rule<Array<'1' | '2' | '3' | '4' | '5'>>,
	),
};

/** POST /v1/external/warrooms */
const create: Route = {
	method: 'POST',
	path: '/v1/external/warrooms',
	permission: 'coc:warroom:create',
	answer({ body }, { tickets, warRooms, quirks }) {
		const fields = checked(body, creation, 'body');
		const shifts = fields.schedule_group.map((one) =>
			checked(one, { role_id: text(255), scene_id: text(255) }, 'schedule_group'),
		);
		const ticket = tickets.find(fields.incident_number);
		if (!ticket) throw noSuchTicket(fields.incident_number);
		if (ticket.status !== 'INCIDENT_STATUS_ACKNOWLEDGED') {
			throw parameterError('The incident is not being handled.');
		}
		const { personnel } = quirks;
		const stranger = [fields.war_room_admin, ...(fields.participant ?? [])].find(
			(person) => personnel !== null && !personnel.includes(person),
		);
		if (stranger !== undefined) throw parameterError(`The user ${stranger} does not exist.`);
		const room = warRooms.add({
			title: fields.war_room_name,
			description: fields.description ?? null,
			ticket: ticket.number,
			admin: fields.war_room_admin,
			participants: fields.participant ?? [],
			shifts,
			applications: fields.application_id_list,
			regions: fields.region_code_list ?? [],
			enterpriseProject: fields.enterprise_project_id,
			notificationType: fields.notification_type ?? null,
			notificationModes: fields.notification_modes ?? [],
			level: ticket.level,
		});
		return success(room.number);
	},
};

const time = optional(moment);
const texts = optional(textList(1000));
const query = {
	limit: optional(integer(0, 1000)),
	offset: optional(integer(0, 1_000_000)),
	incident_num: optional(text(255)),
	war_room_nums: texts,
	war_room_num: optional(text(255)),
	title: optional(text(255)),
	admin: texts,
	current_users: texts,
	status: texts,
	incident_levels: texts,
	notification_level: texts,
	impacted_application_ids: texts,
	region_code_list: texts,
	enterprise_project_ids: texts,
	triggered_start_time: time,
	triggered_end_time: time,
	occur_start_time: time,
	occur_end_time: time,
	recover_start_time: time,
	recover_end_time: time,
	statistic_flag: optional(flag),
};

/** POST /v1/external/warrooms/list; the IAM action's name is by analogy. */
const list: Route = {
	method: 'POST',
	path: '/v1/external/warrooms/list',
	permission: 'coc:warroom:list',
	answer({ body }, coc) {
		const wanted = checked(body, query, 'body');
		// As documented: who doesn't say how many gets none.
		const { limit = 0, offset = 10 } = wanted;
		const found = coc.warRooms
			.listed(coc.quirks.listLagMs)
			.filter((room) => fits(room, wanted, coc.now()))
			.sort((a, b) => b.createTime - a.createTime);
		const closed = found.filter(({ status }) => status === '20').length;
		const counts = {
			...{ total_num: found.length, running_num: found.length - closed, closed_num: closed },
		};
		if (wanted.statistic_flag === true) return success(counts);
		const shown = found.slice(offset, offset + Math.min(limit, coc.quirks.mostPerPage));
		const rows = shown.map((room) => coc.quirks.row(rowOf(room, coc)));
		return success({ list: rows, total: found.length, ...counts });
	},
};

type Wanted = { [K in keyof typeof query]?: (typeof query)[K] extends Rule<infer T> ? T : never };

function fits(room: WarRoom, wanted: Wanted, now: number): boolean {
	const { war_room_nums } = wanted;
	if (war_room_nums !== undefined) return war_room_nums.includes(room.number);
	const any = (values: string[] | undefined, ...own: Array<string | null>) =>
		values === undefined || own.some((one) => one !== null && values.includes(one));
	const within = (at: number | null, from?: number, to?: number) =>
		(from === undefined || (at !== null && at >= from)) &&
		(to === undefined || (at !== null && at <= to));
	return (
		any(wanted.incident_num === undefined ? undefined : [wanted.incident_num], room.ticket) &&
		any(wanted.war_room_num === undefined ? undefined : [wanted.war_room_num], room.number) &&
		(wanted.title === undefined || room.title.includes(wanted.title)) &&
		any(wanted.admin, room.admin) &&
		any(wanted.current_users, room.admin, ...room.participants) &&
		any(wanted.status, room.status) &&
		any(wanted.incident_levels, room.level) &&
		any(wanted.notification_level, room.notificationLevel) &&
		any(wanted.impacted_application_ids, ...room.applications) &&
		any(wanted.region_code_list, ...room.regions) &&
		any(wanted.enterprise_project_ids, room.enterpriseProject) &&
		within(
			room.createTime,
			wanted.triggered_start_time ?? now - USUAL_REACH,
			wanted.triggered_end_time,
		) &&
		within(room.occurTime, wanted.occur_start_time, wanted.occur_end_time) &&
		within(room.recoverTime, wanted.recover_start_time, wanted.recover_end_time)
	);
}

const STATUSES = {
	'1': ['已启动', 'Started'],
	'3': ['已定界', 'Fault located'],
	'7': ['已恢复', 'Recovered'],
	'20': ['已关闭', 'Closed'],
} as const;

function rowOf(room: WarRoom, { directory, quirks }: Coc): Record<string, unknown> {
	const [zh, en] = STATUSES[room.status];
	return {
		id: `id-${room.number}`,
		war_room_num: room.number,
		title: room.title,
		description: room.description,
		admin: room.admin,
		recover_member: room.participants,
		recover_leader: [],
		incident: {
			id: `id-${room.ticket}`,
			incident_id: room.ticket,
			alarm_id: null,
			is_change_event: false,
			failure_level: room.level,
			incident_url: quirks.incidentUrl(room.ticket),
		},
		source: 'incident',
		regions: room.regions.map((code) => ({ code, name: code })),
		change_num: null,
		occur_time: room.occurTime,
		recover_time: room.recoverTime,
		fault_cause: null,
		fault_impact: null,
		create_time: room.createTime,
		first_report_time: null,
		recovery_notification_time: null,
		circular_level: room.notificationLevel,
		war_room_status: { id: room.status, name_zh: zh, name_en: en, type: 'war_room_status' },
		impacted_application: room.applications.map((id) => ({
			id,
			name: directory.applications.find((one) => one.id === id)?.name ?? id,
		})),
		processing_duration: null,
		restoration_duration: null,
		enterprise_project_id: room.enterpriseProject,
	};
}

export const warRoomRoutes = [create, list];
