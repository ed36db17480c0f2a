import type { CocRequest } from '../call';
import { urlEncoded } from '../url';

/** The params of each action; the page doesn't say which are required, so that all are sent. */
export interface ActionParams {
	/** Rejects an incident that nobody has accepted yet. */
	rejected: { virtual_confirm_comment: string };
}

/** v2's actions in the console's words; a `rejected` or `agreed` may also answer a request. */
export const ACTION_LABELS: ReadonlyMap<string, string> = new Map([
	['accepted', 'Accept'],
	['unAcceptedForward', 'Forward'],
	['acceptedForward', 'Forward'],
	['addRemark', 'Add Remark'],
	['commitSolution', 'Submit Solution'],
	['confirm', 'Verify'],
	['incidentPause', 'Pause'],
	['recovery', 'Resume'],
	['changeLevel', 'Change Level'],
	['rejected', 'Reject'],
	['agreed', 'Agree'],
	['ReOpen', 'Resubmit'],
]);

/**
 * The v2 call that acts on an incident (HandleIncident): `POST /v2/incidents/{incident_id}/actions`.
 * The caller acts: there is no operator.
 *
 * @param taskId as COC offers it for this action, see `actionsOf`
 */
export function handleIncident<Action extends keyof ActionParams>(
	ticket: string,
	taskId: string | null,
	action: Action,
	params: ActionParams[Action],
): CocRequest {
	return {
		method: 'POST',
		path: `/v2/incidents/${urlEncoded(ticket)}/actions`,
		json: { task_id: taskId, action, params },
	};
}
