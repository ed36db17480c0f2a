import { all } from '../../../coc/result';
import { IAM_ACTION } from '../../../coc/codes';
import { handleIncident } from '../../../coc/calls/handleCocIncident';
import { ACCEPTED } from '../../../coc/statuses';
import { isoTime } from '../../../coc/json';
import { LIMITS } from '../../../coc/limits';
import { solutionStep } from '../../../coc/solution';
import type { Operation } from '../../../run/operation';
import { hasOwnUser, refuseInput } from '../../../run/itemResult';
import { writing } from '../../../run/change';
import { codedFields, readCoded, TYPE } from '../../../fields/keyed';
import { interruptionFields, readInterruption } from '../../../fields/interruption';
import { operatorField, readOperator } from '../../../fields/operator';
import { asTextOf, dryRun, optionsOf, shortenTexts } from '../../../fields/options';
import { readField } from '../../../fields/parameter';
import { causeField, solutionField } from '../../../fields/causeAndSolution';
import { readTicket, ticketAsGiven, ticketField } from '../../../fields/ticket';

const textOptions = optionsOf({ dryRun, shortenTexts });

/** Submits the solution of an accepted incident (HandleCocIncident, `commitSolution1`). */
export const submitSolution: Operation = {
	option: {
		name: 'Submit Solution',
		value: 'submitSolution',
		action: 'Submit the solution of an incident',
		description:
			'Say what caused an accepted incident and what was done about it: it then waits for verification',
	},
	fields: [
		ticketField,
		operatorField,
		...codedFields(TYPE),
		causeField,
		solutionField,
		...interruptionFields,
		textOptions.field,
	],
	words: {
		done: 'solved',
		effect: 'solution',
		iamAction: IAM_ACTION.handleIncident,
		refusedHint:
			'Check that the ticket exists and is accepted, that no approval (change of level, pause) is open, and that the operator may handle it.',
	},
	awaits: ACCEPTED,
	ticketOf: ticketAsGiven,

	prepare(run, itemIndex) {
		const { context } = run;
		const given = textOptions.read(context, itemIndex);
		const shorten = given.ok && given.value.shortenTexts;
		const input = all({
			ticket: readTicket(context, itemIndex),
			operator: readOperator(context, itemIndex, hasOwnUser(run)),
			type: readCoded(context, itemIndex, TYPE),
			cause: readField(context, itemIndex, causeField, asTextOf(LIMITS.cause, shorten)),
			solution: readField(context, itemIndex, solutionField, asTextOf(LIMITS.solution, shorten)),
			interruption: readInterruption(context, itemIndex),
			options: given,
		});
		if (!input.ok) return refuseInput(input);
		const { ticket, operator, interruption, options, ...texts } = input.value;
		const { timeout, dryRun } = options;

		return writing({
			ticket,
			actor: operator,
			timeoutMs: timeout,
			dryRun,
			call: (actor) =>
				handleIncident(ticket, actor, 'commitSolution1', {
					mtm_type: texts.type,
					is_service_interrupt: interruption !== null,
					cause: texts.cause,
					solution: texts.solution,
					...(interruption && {
						start_time: interruption.start,
						fault_recovery_time: interruption.recovery,
					}),
				}),
			fields: (actor) => ({
				ticket,
				operator: actor,
				...texts,
				serviceInterrupted: interruption !== null,
				startTime: interruption && isoTime(interruption.start),
				recoveryTime: interruption && isoTime(interruption.recovery),
			}),
			check: null,
			step: (actor) => solutionStep(actor, texts.solution),
		});
	},
};
