import { parameterError } from '../../answers.cts';
import { checked, flag, moment, nullable, optional, text } from '../../check.cts';
import type { HandleOperation } from '../handle.cts';

/** The handler says what was wrong and what was done: the ticket then waits to be verified. */
export const submitSolution: HandleOperation = {
	operateKey: 'commitSolution1',
	from: 'INCIDENT_STATUS_ACKNOWLEDGED',
	change(parameter, now) {
		const solved = checked(
			parameter,
			{
				mtm_type: text(255),
				is_service_interrupt: flag,
				cause: text(10_000),
				solution: text(10_000),
				start_time: optional(nullable(moment)),
				fault_recovery_time: optional(nullable(moment)),
			},
			'parameter',
		);
		const startTime = solved.start_time ?? null;
		const faultRecoveryTime = solved.fault_recovery_time ?? null;
		if (solved.is_service_interrupt && (startTime === null || faultRecoveryTime === null)) {
			throw parameterError(
				'The field[start_time] and the field[fault_recovery_time] are required when the service was interrupted.',
			);
		}
		return {
			fields: {
				status: 'INCIDENT_STATUS_RESOLVED',
				type: solved.mtm_type,
				isServiceInterrupt: solved.is_service_interrupt,
				cause: solved.cause,
				solution: solved.solution,
				startTime,
				faultRecoveryTime,
				handleTime: now,
			},
			comment: null,
			result: null,
		};
	},
};
