import { asNonEmptyText, first, shownTime, type JsonRecord } from './json';
import { ticketNumber } from './url';

/** The names of a simplified alarm's fields besides its ID. */
export const ALARM_FIELDS = [
	...['name', 'status', 'importance', 'application', 'region', 'owner', 'ticket', 'createdAt'],
	'updatedAt',
] as const;

/** An alarm, in ten fields. */
export function simplifyAlarm(data: JsonRecord) {
	return {
		alarm: asNonEmptyText(data.id),
		name: asNonEmptyText(data.name),
		status: asNonEmptyText(data.status),
		importance: asNonEmptyText(data.importance),
		application: asNonEmptyText(first(data.app)),
		region: asNonEmptyText(first(data.region)),
		owner: asNonEmptyText(data.owner_name) ?? asNonEmptyText(first(data.owner)),
		ticket: ticketNumber(data.associate_event_id),
		createdAt: shownTime(data.create_time),
		updatedAt: shownTime(data.update_time),
	};
}

/** The same of what was done about an alarm. */
export const ALARM_RECORD_FIELDS = [
	...['action', 'operator', 'comment', 'status', 'startedAt', 'endedAt', 'taskType', 'task'],
	'workOrder',
] as const;

/** What was done about an alarm, or at last how it was cleared. */
export interface AlarmRecord {
	alarm: string;
	record: JsonRecord;
	isResolution: boolean;
}

/** The same, in ten fields. */
export function simplifyAlarmRecord({ alarm, record, isResolution }: AlarmRecord) {
	const taskType = asNonEmptyText(record.task_type);
	return {
		alarm,
		action: isResolution ? 'Cleared' : (asNonEmptyText(record.associated_task_name) ?? taskType),
		operator: asNonEmptyText(record.create_name),
		comment: asNonEmptyText(record.remarks),
		status: asNonEmptyText(record.status),
		startedAt: shownTime(isResolution ? record.resolved_time : record.start_time),
		endedAt: shownTime(isResolution ? record.resolved_time : record.end_time),
		taskType,
		task: asNonEmptyText(record.associated_task_id),
		workOrder: asNonEmptyText(record.work_order_id),
	};
}
