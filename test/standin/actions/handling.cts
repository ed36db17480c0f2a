/** What the handler does: pass the ticket on, note something, solve it; and what follows a solution. */
import { parameterError } from '../answers.cts';
import { type Checked, flag, moment, nullable, optional, text } from '../check.cts';
import { action, type Effect, type Situation } from './action.cts';
import { handlerOf } from './handlerOf.cts';

const handler = [
	'virtual_send_assignee',
	'virtual_schedule_type',
	'virtual_schedule_role',
] as const;

/** Another person or shift is to handle the ticket, which keeps its status. */
const forward = (key: string) =>
	action(
		key,
		{
			virtual_send_assignee: optional(text(255)),
			virtual_schedule_type: optional(text(255)),
			virtual_schedule_role: optional(text(255)),
			virtual_send_comment: optional(text(300)),
			virtual_current_location_info: optional(text(300)),
		},
		(sent, { quirks }) => ({
			fields: handlerOf(sent, handler, quirks),
			comment: sent.virtual_send_comment,
		}),
	);
export const forwardBefore = forward('unAcceptedForward');
export const forwardAfter = forward('acceptedForward');

/** The only action that moves nothing. */
export const remark = action('addRemark', { note: text(300) }, ({ note: comment }) => ({
	comment,
}));

const solution = {
	mtm_type: text(255),
	is_service_interrupt: flag,
	cause: text(10_000),
	solution: text(10_000),
	start_time: optional(nullable(moment)),
	fault_recovery_time: optional(nullable(moment)),
};

/** The handler says what was wrong and what was done: the ticket then waits to be verified. */
function solved(sent: Checked<typeof solution>, { at }: Situation): Effect {
	const startTime = sent.start_time ?? null;
	const faultRecoveryTime = sent.fault_recovery_time ?? null;
	if (sent.is_service_interrupt && (startTime === null || faultRecoveryTime === null)) {
		throw parameterError(
			'The field[start_time] and the field[fault_recovery_time] are required when the service was interrupted.',
		);
	}
	const fields = {
		status: 'INCIDENT_STATUS_RESOLVED',
		type: sent.mtm_type,
		isServiceInterrupt: sent.is_service_interrupt,
		cause: sent.cause,
		solution: sent.solution,
		startTime,
		faultRecoveryTime,
		handleTime: at,
	} as const;
	return { fields };
}

export const solve = action(
	'commitSolution',
	{ ...solution, resolve_attachments: optional(text(1000, 0)) },
	solved,
);
/** v1's call takes no files. */
export const solveWithoutFiles = action('commitSolution', solution, solved);

/** Somebody judges the solution: it closes the ticket, or the handler works again. */
export const verify = action(
	'confirm',
	{ virtual_confirm_result: flag, virtual_confirm_comment: text(300) },
	({ virtual_confirm_result: result, virtual_confirm_comment: comment }) => {
		const status = result ? 'INCIDENT_STATUS_COMPLETED' : 'INCIDENT_STATUS_ACKNOWLEDGED';
		return { fields: { status }, comment, result };
	},
);
