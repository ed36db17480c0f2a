import { acceptanceStep } from '../../../coc/acceptance';
import { all } from '../../../coc/result';
import { IAM_ACTION } from '../../../coc/codes';
import { handleIncident } from '../../../coc/calls/handleCocIncident';
import { NOT_ACCEPTED } from '../../../coc/statuses';
import type { Operation } from '../../../run/operation';
import { hasOwnUser, refuseInput } from '../../../run/itemResult';
import { writing } from '../../../run/change';
import { operatorField, readOperator } from '../../../fields/operator';
import { writeOptions } from '../../../fields/options';
import { readTicket, ticketAsGiven, ticketField } from '../../../fields/ticket';

/** Takes an incident over (HandleCocIncident, `acceptedIncident1`). */
export const accept: Operation = {
	option: {
		name: 'Accept',
		value: 'accept',
		action: 'Accept an incident',
		description: 'Take over an incident that nobody has accepted yet: its status becomes Accepted',
	},
	fields: [ticketField, operatorField, writeOptions.field],
	words: {
		done: 'accepted',
		effect: 'acceptance',
		iamAction: IAM_ACTION.handleIncident,
		refusedHint:
			'Check that the ticket exists and nobody has accepted it yet, and that the operator may accept it.',
	},
	awaits: NOT_ACCEPTED,
	ticketOf: ticketAsGiven,

	prepare(run, itemIndex) {
		const { context } = run;
		const input = all({
			ticket: readTicket(context, itemIndex),
			operator: readOperator(context, itemIndex, hasOwnUser(run)),
			options: writeOptions.read(context, itemIndex),
		});
		if (!input.ok) return refuseInput(input);
		const { ticket, operator } = input.value;
		const { timeout, dryRun } = input.value.options;

		return writing({
			ticket,
			actor: operator,
			timeoutMs: timeout,
			dryRun,
			call: (actor) => handleIncident(ticket, actor, 'acceptedIncident1', {}),
			fields: (actor) => ({ ticket, operator: actor }),
			check: null,
			step: acceptanceStep,
		});
	},
};
