/** What can be done with a ticket that isn't accepted yet, or rejected. */
import { flag, moment, nullable, optional, type Rule, text } from '../check.cts';
import type { Ticket } from '../tickets.cts';
import { action } from './action.cts';
import { handlerOf } from './handlerOf.cts';

/** The handler takes the ticket. */
export const accept = action('accepted', {}, () => ({
	fields: { status: 'INCIDENT_STATUS_ACKNOWLEDGED' },
}));

/** The handler gives the ticket back to its creator. */
export const reject = action(
	'rejected',
	{ virtual_confirm_comment: text(300) },
	({ virtual_confirm_comment: comment }) => ({
		fields: { status: 'INCIDENT_STATUS_REJECTED' },
		comment,
	}),
);

/** The creator agrees to the rejection: that closes the ticket. */
export const close = action('agreed', {}, () => ({
	fields: { status: 'INCIDENT_STATUS_COMPLETED' },
}));

/** Need not be there; null takes a value away. */
const field = <T,>(rule: Rule<T>) => optional(nullable(rule));
const handler = ['assignee', 'assignee_scene', 'assignee_role'] as const;

/** The creator edits the rejected ticket, and submits it again; what isn't sent stays as it was. */
export const resubmit = action(
	'ReOpen',
	{
		title: text(200),
		level_id: text(255),
		mtm_type: text(255),
		source_id: text(255),
		is_service_interrupt: flag,
		mtm_region: field(text(255)),
		enterprise_project_id: field(text(255)),
		current_cloud_service_id: field(text(255)),
		description: field(text(600)),
		attachments: field(text(1000, 0)),
		incident_ownership: field(text(255)),
		start_time: field(moment),
		assignee: field(text(255)),
		assignee_scene: field(text(255)),
		assignee_role: field(text(255)),
	},
	(sent, { ticket, quirks }) => {
		const or = <T,>(value: T | undefined, was: T): T => (value === undefined ? was : value);
		const fields: Partial<Ticket> = {
			status: 'INCIDENT_STATUS_TRIGGERED',
			title: sent.title,
			level: sent.level_id,
			type: sent.mtm_type,
			source: sent.source_id,
			isServiceInterrupt: sent.is_service_interrupt,
			region: or(sent.mtm_region, ticket.region),
			enterpriseProject: or(sent.enterprise_project_id, ticket.enterpriseProject),
			application: or(sent.current_cloud_service_id, ticket.application),
			description: or(sent.description, ticket.description),
			ownership: or(sent.incident_ownership, ticket.ownership),
			startTime: or(sent.start_time, ticket.startTime),
		};
		const isHandlerSent = handler.some((name) => (sent[name] ?? null) !== null);
		return { fields: { ...fields, ...(isHandlerSent && handlerOf(sent, handler, quirks)) } };
	},
);
