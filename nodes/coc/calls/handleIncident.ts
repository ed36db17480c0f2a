import type { CocRequest } from '../call';
import { urlEncoded } from '../url';

/**
 * What can be done to an incident by this call, each with its own `params`. The page doesn't say which
 * are required, so that all are sent; texts have at most 300 characters, times are in ms since 1970.
 */
export interface ActionParams {
	/** Forwards the incident to a person (IAM user ID) or a shift. */
	forward: (
		| { virtual_send_assignee: string }
		| { virtual_schedule_type: string; virtual_schedule_role: string }
	) & {
		virtual_send_comment: string;
		/** How far the analysis got. */
		virtual_current_location_info?: string;
	};
	/** Submits the solution; without an interruption its times are null. */
	submitSolution: {
		mtm_type: string;
		is_service_interrupt: boolean;
		cause: string;
		solution: string;
		start_time: number | null;
		fault_recovery_time: number | null;
		/** IDs of uploaded files, joined by commas. */
		resolve_attachments: string;
	};
	addRemark: { note: string };
	/** Rejects an incident that nobody has accepted yet. */
	reject: { virtual_confirm_comment: string };
	changeLevel: { virtual_target_level: string; virtual_change_level_comment: string };
	pause: { pause_end_time: number; pause_reason: string };
	resume: Record<string, never>;
	/** Answers a request for a pause, or for another level. */
	decision: ({ pause_approve_conclusion: boolean } | { conclusion: boolean }) & { note: string };
	/** Resubmits an incident after its rejection; what it has not is left out. */
	reopen: Partial<{
		mtm_region: string;
		enterprise_project_id: string;
		current_cloud_service_id: string;
		level_id: string;
		is_service_interrupt: boolean;
		mtm_type: string;
		title: string;
		description: string;
		/** IDs of uploaded files, joined by commas. */
		attachments: string;
		source_id: string;
		incident_ownership: string;
		start_time: number;
		assignee: string;
		assignee_scene: string;
		assignee_role: string;
	}>;
	/** Closes an incident after its rejection. */
	close: Record<string, never>;
}

/**
 * The v2 call that acts on an incident (HandleIncident): `POST /v2/incidents/{incident_id}/actions`.
 * The caller acts: there is no operator.
 *
 * @param action as COC offers it, see `actionsOf`
 * @param taskId as COC offers it for this action
 */
export function handleIncident(
	ticket: string,
	taskId: string | null,
	action: string,
	params: object,
): CocRequest {
	return {
		method: 'POST',
		path: `/v2/incidents/${urlEncoded(ticket)}/actions`,
		json: { task_id: taskId, action, params },
	};
}
