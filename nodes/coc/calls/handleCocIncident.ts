import type { CocRequest } from '../call';

/** What can be done to an incident by this call, each with its own fields (`parameter`). */
export interface Handling {
	/** Accepts the incident. */
	acceptedIncident1: Record<string, never>;
	/** Submits its solution: two texts of 1–10000 characters; times in ms, when interrupted. */
	commitSolution1: {
		mtm_type: string;
		is_service_interrupt: boolean;
		cause: string;
		solution: string;
		start_time?: number;
		fault_recovery_time?: number;
	};
	/** Verifies it; the comment is a text of 1–300 characters. */
	confirm: { virtual_confirm_result: boolean; virtual_confirm_comment: string };
}

/** IAM action of both calls that act on a ticket, v1's and v2's. */
export const HANDLE_ACTION = 'coc:ticket:action';

/**
 * The v1 call that acts on an incident (HandleCocIncident): `POST /v1/external/incident/handle`.
 *
 * @param ticket `incident_num`, 1–255 characters
 * @param operator `operator`, an IAM user ID, 1–255 characters
 */
export function handleCocIncident<Key extends keyof Handling>(
	ticket: string,
	operator: string,
	operateKey: Key,
	parameter: Handling[Key],
): CocRequest {
	return {
		method: 'POST',
		path: '/v1/external/incident/handle',
		json: { incident_num: ticket, operator, operate_key: operateKey, parameter },
	};
}
