import type { Ticket } from '../tickets.cts';

/** The preset values whose names the COC contract gives; a tenant may have more. */
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
};

/** `enum_data_list` of the detail call: the labels of a ticket's values, under their v2 names. */
export function labels(ticket: Ticket) {
	const values = { level_id: ticket.level, mtm_type: ticket.type, source_id: ticket.source };
	return Object.entries(values).map(([field, value]) => {
		const name = names[value] ?? value;
		// "filed_key" is how the API spells it.
		return { filed_key: field, enum_key: value, name_zh: name, name_en: name };
	});
}

/** The name of an IAM user. */
export function userName(userId: string): string {
	return `user-${userId.slice(0, 8)}`;
}
