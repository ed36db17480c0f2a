import { noSuchTicket, success } from '../answers.cts';
import { checked, readQuery, text } from '../check.cts';
import { labels } from './labels.cts';
import type { Route } from './route.cts';
import { ticketV2 } from './ticketV2.cts';

/** GET /v1/external/incident/{incident_num} */
export const detail: Route = {
	method: 'GET',
	path: '/v1/external/incident/{incident_num}',
	permission: 'coc:ticket:get',
	answer({ params, query }, { tickets, warRooms, directory }) {
		checked(readQuery(query), {}, 'query');
		const { incident_num: number } = checked(params, { incident_num: text(255) }, 'path');
		const ticket = tickets.find(number);
		if (!ticket) throw noSuchTicket(number);
		return success({
			incident_num: ticket.number,
			region: list(ticket.region),
			enterprise_project: list(ticket.enterpriseProject),
			current_cloud_service: list(ticket.application),
			incident_level: ticket.level,
			is_service_interrupt: ticket.isServiceInterrupt,
			start_time: ticket.startTime,
			fault_recovery_time: ticket.faultRecoveryTime,
			fault_delineation_time: null,
			incident_ownership: ticket.ownership,
			incident_type: ticket.type,
			incident_title: ticket.title,
			incident_description: ticket.description,
			incident_source: ticket.source,
			incident_assignee: list(ticket.assignee),
			assignee_scene: ticket.assigneeScene,
			assignee_role: ticket.assigneeRole,
			warroom_id: warRooms.all().find((room) => room.ticket === number)?.number ?? null,
			handle_time: ticket.handleTime,
			status: ticket.status,
			create_time: ticket.createTime,
			creator: ticket.creator,
			enum_data_list: labels(ticketV2(ticket), directory),
		});
	},
};

function list(value: string | null): string[] {
	return value === null ? [] : [value];
}
