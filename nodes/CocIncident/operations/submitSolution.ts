import { all } from '../../shared/contract/checked';
import { IAM_ACTION } from '../../shared/contract/codes';
import { handleIncident } from '../../shared/contract/handleIncident';
import { ACCEPTED } from '../../shared/contract/incident';
import { isoTime } from '../../shared/contract/json';
import { LIMITS } from '../../shared/contract/limits';
import { solutionStep } from '../../shared/contract/solution';
import type { Operation } from '../../shared/items/operation';
import { hasOwnUser, refuseInput } from '../../shared/items/settled';
import { writing } from '../../shared/items/write';
import { codedFields, readCoded, TYPE } from '../fields/coded';
import { interruptionFields, readInterruption } from '../fields/interruption';
import { operatorField, readOperator } from '../fields/operator';
import { asTextOf, dryRun, optionsOf, shortenTexts } from '../fields/options';
import { readField } from '../fields/read';
import { causeField, solutionField } from '../fields/solution';
import { readTicket, ticketAsGiven, ticketField } from '../fields/ticket';

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
