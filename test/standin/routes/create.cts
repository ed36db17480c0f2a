import { handlerOf } from '../actions/handlerOf.cts';
import { success } from '../answers.cts';
import { atMostOne, checked, moment, oneOf, optional, text } from '../check.cts';
import type { Route } from './route.cts';

const shape = {
	incident_level: text(255),
	// A text by page and SDKs, a boolean in older ones: both are taken.
	is_service_interrupt: oneOf<'true' | 'false' | boolean>('true', 'false', true, false),
	incident_type: text(255),
	incident_title: text(200),
	incident_source: text(255),
	creator: text(255),
	region: optional(atMostOne),
	enterprise_project: optional(atMostOne),
	current_cloud_service: optional(atMostOne),
	incident_description: optional(text(600)),
	incident_ownership: optional(text(255)),
	start_time: optional(moment),
	incident_assignee: optional(atMostOne),
	assignee_scene: optional(text(255)),
	assignee_role: optional(text(255)),
};

/** POST /v1/external/incident/create */
export const create: Route = {
	method: 'POST',
	path: '/v1/external/incident/create',
	permission: 'coc:ticket:create',
	answer({ body }, { tickets, quirks, now }) {
		const fields = checked(body, shape, 'body');
		const handler = handlerOf(
			{ ...fields, incident_assignee: fields.incident_assignee?.[0] },
			['incident_assignee', 'assignee_scene', 'assignee_role'],
			quirks,
		);
		const at = now();
		const ticket = tickets.add({
			status: 'INCIDENT_STATUS_TRIGGERED',
			level: fields.incident_level,
			type: fields.incident_type,
			title: fields.incident_title,
			description: fields.incident_description ?? null,
			source: fields.incident_source,
			ownership: fields.incident_ownership ?? null,
			creator: fields.creator,
			...handler,
			region: fields.region?.[0] ?? null,
			enterpriseProject: fields.enterprise_project?.[0] ?? null,
			application: fields.current_cloud_service?.[0] ?? null,
			isServiceInterrupt: String(fields.is_service_interrupt) === 'true',
			knownFrom: at + quirks.creationMs,
			startTime: fields.start_time ?? null,
			history: [
				{
					...{ action: 'create', operator: fields.creator, comment: null, result: null, at },
					status: 'INCIDENT_STATUS_TRIGGERED',
				},
			],
		});
		return success({ incident_num: ticket.number });
	},
};
