import { cause, solution } from '../../../fields/causeAndSolution';
import { interruption } from '../../../fields/interruption';
import { keyedField, TYPE } from '../../../fields/keyed';
import { dryRun, options, shortenTexts } from '../../../fields/options';
import { operatorField } from '../../../fields/person';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v1Handle } from '../../../run/handle';

/** Submits the solution of an accepted incident (HandleCocIncident, `commitSolution1`). */
export const submitSolution = changing({
	option: {
		name: 'Submit Solution',
		value: 'submitSolution',
		action: 'Submit the solution of an incident',
		description:
			'Say what caused an accepted incident and what was done about it: it then waits for verification',
	},
	fields: {
		ticket,
		operator: operatorField(),
		type: keyedField(TYPE),
		cause,
		solution,
		interruption,
		options: options({ dryRun, shortenTexts }),
	},
	words: {
		done: 'solved',
		effect: 'solution',
		refusedHint:
			'Check that the ticket exists and is accepted, that no approval (change of level, pause) is open, and that the operator may handle it.',
	},
	trace: { kind: 'solution', text: (values) => values.solution },
	send: v1Handle('commitSolution1'),
	params: (values) => ({
		mtm_type: values.type,
		is_service_interrupt: values.interruption !== null,
		cause: values.cause,
		solution: values.solution,
		...(values.interruption && {
			start_time: values.interruption.start,
			fault_recovery_time: values.interruption.recovery,
		}),
	}),
});
