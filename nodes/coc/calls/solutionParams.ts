import type { Handling } from './handleCocIncident';
import type { ActionParams } from './handleIncident';
import { interruptionParams, type Interruption } from './interruptionParams';

/** What a solution says. */
export interface Solution {
	/** Key of its type. */
	type: string;
	/** 1–10000 characters, as the solution. */
	cause: string;
	solution: string;
	/** Null when the service was not interrupted. */
	interruption: Interruption | null;
}

/** The params of v1's call, which takes no files. */
export function solutionParams({
	type,
	cause,
	solution,
	interruption,
}: Solution): Handling['commitSolution1'] {
	const { is_service_interrupt, ...times } = interruptionParams(interruption);
	// In the order of COC's page.
	return { mtm_type: type, is_service_interrupt, cause, solution, ...times };
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
