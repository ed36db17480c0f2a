import type { Alarm, Alarms } from '../alarms.cts';
import { envelope, json, parameterError } from '../answers.cts';
import { checked, flag, integerText, moment, oneOf, optional, readQuery, text } from '../check.cts';
import type { Rule } from '../check.cts';
import { handlerOf } from '../actions/handlerOf.cts';
import type { Route } from './route.cts';

const object: Rule<object> = {
	wanted: 'an object',
	accepts: (value): value is object =>
		typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** GET /v1/alarm-mgmt/alarm/{alarm_id}: bare, as all answers of alarm management. */
const show: Route = {
	method: 'GET',
	path: '/v1/alarm-mgmt/alarm/{alarm_id}',
	permission: 'alarm:get (not published)',
	answer({ params, query }, { alarms, now }) {
		checked(readQuery(query), {}, 'query');
		const alarm = find(alarms, checked(params, { alarm_id: text(26) }, 'path').alarm_id);
		return json(200, {
			data: {
				id: alarm.id,
				name: alarm.name,
				importance: alarm.importance,
				status: alarm.status,
				come_from: alarm.comeFrom,
				come_from_en: alarm.comeFrom,
				app: alarm.app,
				region: alarm.region,
				owner: alarm.owner,
				owner_name: alarm.ownerName,
				owner_alias: null,
				transfer_rule: null,
				transfer_rule_name: null,
				converge_count: 1,
				associate_event_id: alarm.linkedFrom <= now() ? alarm.incident : null,
				creator: alarm.creator,
				creator_name: null,
				create_time: alarm.createTime,
				update_time: alarm.updateTime,
				remarks: alarm.remarks,
				task_type: null,
				associated_task_id: null,
				associated_task_name: null,
			},
		});
	},
};

/** POST /v1/alarm-mgmt/alarms/cancel */
const clear: Route = {
	method: 'POST',
	path: '/v1/alarm-mgmt/alarms/cancel',
	permission: 'coc:alarm:clear',
	answer({ body, caller }, { alarms, quirks, now }) {
		const shape = {
			alarm_ids: text(100_000),
			remarks: optional(text(300)),
			is_service_interrupt: optional(flag),
			start_time: optional(moment),
			fault_recovery_time: optional(moment),
		};
		const wanted = checked(body, shape, 'body');
		const isIncomplete =
			wanted.start_time === undefined || wanted.fault_recovery_time === undefined;
		if (wanted.is_service_interrupt === true && isIncomplete) {
			throw parameterError('start_time and fault_recovery_time are required.');
		}
		const known = wanted.alarm_ids.split(',').flatMap((id) => alarms.get(id) ?? []);
		const cleared = known.filter(({ id }) => !quirks.leavesAlarm(id));
		const remarks = wanted.remarks ?? null;
		for (const alarm of cleared) {
			const resolved = alarm.resolved ?? { at: now(), by: caller };
			alarms.change(alarm, { status: 'resolved', remarks, resolved: { ...resolved, remarks } });
		}
		return json(200, { data: cleared.map(({ id }) => id) });
	},
};

/** POST /v1/alarm-mgmt/alarms-linked-incident */
const link: Route = {
	method: 'POST',
	path: '/v1/alarm-mgmt/alarms-linked-incident',
	permission: 'coc:alarm:createAlarmLinkedIncident',
	answer({ body, caller }, { alarms, tickets, quirks, now }) {
		const shape = {
			alarm_ids: text(100_000),
			title: text(200),
			description: text(600),
			level_id: text(255),
			mtm_type: text(255),
			current_cloud_service_id: text(255),
			is_service_interrupt: flag,
			enterprise_project_id: optional(text(255)),
			assignee: optional(text(255)),
			assignee_role: optional(text(255)),
			assignee_scene: optional(text(255)),
			attachment: optional(text(1000)),
			is_change_event: optional(flag),
			mtm_region: optional(text(255)),
			source_id: optional(text(255)),
		};
		const fields = checked(body, shape, 'body');
		const all = fields.alarm_ids.split(',').map((id) => find(alarms, id));
		if (!quirks.linksAgain && all.some(({ incident }) => incident !== null)) {
			throw parameterError('An alarm has an incident already.');
		}
		const { assignee, assignee_role, assignee_scene } = fields;
		const isAssigned = [assignee, assignee_role, assignee_scene].some((one) => one !== undefined);
		const names = ['assignee', 'assignee_scene', 'assignee_role'] as const;
		const ticket = tickets.add({
			status: 'INCIDENT_STATUS_TRIGGERED',
			level: fields.level_id,
			type: fields.mtm_type,
			title: fields.title,
			description: fields.description,
			source: fields.source_id ?? 'incident_source_alarm',
			creator: caller,
			...(isAssigned ? handlerOf(fields, names, quirks) : { assignee: caller }),
			region: fields.mtm_region ?? null,
			enterpriseProject: fields.enterprise_project_id ?? null,
			application: fields.current_cloud_service_id,
			isServiceInterrupt: fields.is_service_interrupt,
		});
		const linkedFrom = now() + quirks.linkMs;
		for (const alarm of all) alarms.change(alarm, { incident: ticket.number, linkedFrom });
		// What it holds isn't documented.
		return json(200, { data: all.map(({ id }) => id) });
	},
};

/** GET /v1/alarm-mgmt/alarm/{alarm_id}/handle-histories */
const history: Route = {
	method: 'GET',
	path: '/v1/alarm-mgmt/alarm/{alarm_id}/handle-histories',
	permission: 'coc:alarm:listHandleHistories',
	answer({ params, query }, { alarms, quirks }) {
		const shape = { offset: integerText(0, 1_000_000), limit: integerText(1, 100) };
		const { offset, limit } = checked(readQuery(query), shape, 'query');
		const { records, resolved } = find(alarms, params.alarm_id ?? '');
		const most = Math.min(Number(limit), quirks.mostPerPage);
		return json(200, {
			count: records.length,
			alarm_handle_histories: records.slice(Number(offset), Number(offset) + most),
			resolved_record: resolved && {
				resolved_time: resolved.at,
				create_name: resolved.by,
				remarks: resolved.remarks,
			},
		});
	},
};

/** POST /v1/event/huawei/custom/{integration_key} */
const report: Route = {
	method: 'POST',
	path: '/v1/event/huawei/custom/{integration_key}',
	permission: null,
	answer({ params, body }, { alarms }) {
		const word = text(255);
		const shape = {
			alarmId: word,
			alarmName: word,
			alarmLevel: oneOf('Critical', 'Major', 'Minor', 'Info'),
			time: moment,
			nameSpace: word,
			alarmDesc: word,
			alarmSource: word,
			regionId: optional(word),
			applicationId: optional(word),
			resourceName: optional(word),
			resourceId: optional(word),
			URL: optional(word),
			alarmStatus: optional(oneOf('alarm', 'ok')),
			additional: optional(object),
		};
		if (!alarms.integrationKeys.has(params.integration_key ?? '')) {
			throw parameterError(`No data source has the key ${params.integration_key}.`);
		}
		alarms.report(checked(body, shape, 'body'));
		return envelope(200, 'COC.00000000', null);
	},
};

export const alarmRoutes: Route[] = [show, clear, link, history, report];

/** There is no documented code for an alarm that doesn't exist. */
function find(alarms: Alarms, id: string): Alarm {
	const alarm = alarms.get(id);
	if (!alarm) throw parameterError(`The alarm ${id} does not exist.`);
	return alarm;
}
