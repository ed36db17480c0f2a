import type { Row } from '../listing/filters.cts';
import type { Ticket, TicketStatus } from '../tickets.cts';

/** Process status and phase of v2: their values aren't published, so these are the stand-in's own. */
const flow: Record<TicketStatus, { work_flow_status: string; phase: string }> = {
	incident_draft: { work_flow_status: 'flow_draft', phase: 'phase_creation' },
	INCIDENT_STATUS_TRIGGERED: { work_flow_status: 'flow_triggered', phase: 'phase_acceptance' },
	INCIDENT_STATUS_REJECTED: { work_flow_status: 'flow_rejected', phase: 'phase_creation' },
	INCIDENT_STATUS_ACKNOWLEDGED: { work_flow_status: 'flow_acknowledged', phase: 'phase_handling' },
	INCIDENT_STATUS_RESOLVED: { work_flow_status: 'flow_resolved', phase: 'phase_verification' },
	INCIDENT_STATUS_COMPLETED: { work_flow_status: 'flow_completed', phase: 'phase_end' },
};

/** Every field of v2 but the labels; all are texts, times and flags too. */
const fields: Record<string, (ticket: Ticket) => string | null> = {
	ticket_id: ({ number }) => number,
	title: ({ title }) => title,
	description: ({ description }) => description,
	level_id: ({ level }) => level,
	source_id: ({ source }) => source,
	mtm_type: ({ type }) => type,
	mtm_region: ({ region }) => region,
	enterprise_project_id: ({ enterpriseProject }) => enterpriseProject,
	current_cloud_service_id: ({ application }) => application,
	forward_rule_id: () => null,
	is_service_interrupt: ({ isServiceInterrupt }) => String(isServiceInterrupt),
	work_flow_status: ({ status }) => flow[status].work_flow_status,
	phase: ({ status }) => flow[status].phase,
	assignee: ({ assignee }) => assignee,
	creator: ({ creator }) => creator,
	operator: ({ history, creator }) => history.at(-1)?.operator ?? creator,
	create_time: ({ createTime }) => time(createTime),
	update_time: ({ updateTime }) => time(updateTime),
	start_time: ({ startTime }) => time(startTime),
	handle_time: ({ handleTime }) => time(handleTime),
	incident_ownership: ({ ownership }) => ownership,
};

export const fieldsV2 = Object.keys(fields);
export const timesV2 = ['create_time', 'update_time', 'start_time', 'handle_time'];

/** A ticket as v2 tells of it, without its labels. */
export function ticketV2(ticket: Ticket): Row {
	return Object.fromEntries(Object.entries(fields).map(([name, read]) => [name, read(ticket)]));
}

function time(at: number | null): string | null {
	return at === null ? null : String(at);
}
