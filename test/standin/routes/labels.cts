import type { Directory } from '../directory.cts';
import type { Row } from '../listing/filters.cts';

/** The preset values whose names the COC contract gives, and a few of the stand-in's own. */
const names: Record<string, string> = {
	level_10: 'P1',
	level_20: 'P2',
	level_30: 'P3',
	level_40: 'P4',
	level_50: 'P5',
	incident_source_manual: 'Manual creation',
	incident_source_forwarding: 'Transfer creation',
	incident_source_alarm: 'Alarm',
	inc_type_p_security_issues: 'Security',
	inc_type_p_function_issues: 'Function',
	inc_type_p_reliability_issues: 'Reliability',
	flow_draft: 'Draft',
	flow_triggered: 'Not accepted yet',
	flow_rejected: 'Rejected',
	flow_acknowledged: 'Accepted',
	flow_resolved: 'To be verified',
	flow_completed: 'Completed',
	phase_creation: 'Creation',
	phase_acceptance: 'Acceptance',
	phase_handling: 'Handling',
	phase_verification: 'Verification',
	phase_end: 'End',
};
const people = ['assignee', 'creator', 'operator'];
const labelled = [
	'level_id',
	'mtm_type',
	'source_id',
	'current_cloud_service_id',
	'assignee',
	'creator',
];
const enumerations = [
	'level_id',
	'mtm_type',
	'source_id',
	'work_flow_status',
	'phase',
	'enterprise_project_id',
	'current_cloud_service_id',
];

/** The label of a value of a field, by the field's v2 name; a tenant's own values are their own. */
function label(field: string, value: string, directory: Directory): string {
	if (people.includes(field)) return userName(value, directory);
	const { applications, projects } = directory;
	const entries: Record<string, ReadonlyArray<{ id: string; name: string }>> = {
		current_cloud_service_id: applications,
		enterprise_project_id: projects,
	};
	return entries[field]?.find(({ id }) => id === value)?.name ?? names[value] ?? value;
}

/** `enum_data_list` of v1's detail call: the labels of a ticket's values, under their v2 names. */
export function labels(row: Row, directory: Directory) {
	return values(row, labelled).map(([field, value]) => {
		const name = label(field, value, directory);
		// "filed_key" is how the API spells it.
		return { filed_key: field, enum_key: value, name_zh: name, name_en: name };
	});
}

/** `enum_data_list` of v2. */
export function labelsV2(row: Row, directory: Directory) {
	return values(row, [...enumerations, ...people]).map(([field, value]) => {
		const name = label(field, value, directory);
		return { prop_id: field, biz_id: value, name_zh: name, name_en: name };
	});
}

function values(row: Row, fields: string[]): Array<[string, string]> {
	return fields.flatMap((field) => {
		const value = row[field];
		return value === null || value === undefined ? [] : [[field, value] as [string, string]];
	});
}

/** The name of an IAM user. */
export function userName(userId: string, { people: known }: Pick<Directory, 'people'>): string {
	return known.get(userId) ?? `user-${userId.slice(0, 8)}`;
}
