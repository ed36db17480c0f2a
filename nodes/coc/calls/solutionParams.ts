import type { Handling } from './handleCocIncident';
import type { ActionParams } from './handleIncident';

/** What a solution says. */
export interface Solution {
	/** Key of its type. */
	type: string;
	/** 1–10000 characters, as the solution. */
	cause: string;
	solution: string;
	/** When the service was interrupted, in ms since 1970; null for not at all. */
	interruption: { start: number; recovery: number } | null;
}

/** The params of v1's call, which takes no files. */
export function solutionParams({
	type,
	cause,
	solution,
	interruption,
}: Solution): Handling['commitSolution1'] {
	return {
		...{ mtm_type: type, is_service_interrupt: interruption !== null, cause, solution },
		...(interruption && {
			start_time: interruption.start,
			fault_recovery_time: interruption.recovery,
		}),
	};
}

/**
 * The params of v2's call.
 *
 * @param files IDs of uploaded files, joined by commas
 */
export function solutionParamsWith(
	files: string,
	solution: Solution,
): ActionParams['submitSolution'] {
	return {
		...{ start_time: null, fault_recovery_time: null, resolve_attachments: files },
		...solutionParams(solution),
	};
}
