import { all } from '../../../coc/result';
import { IAM_ACTION } from '../../../coc/codes';
import type { OperationWords } from '../../../errors/failure';
import { handleIncident } from '../../../coc/calls/handleCocIncident';
import { TO_BE_VERIFIED } from '../../../coc/statuses';
import { verificationStep } from '../../../coc/verification';
import type { Operation } from '../../../run/operation';
import { hasOwnUser, refuseInput } from '../../../run/itemResult';
import { writing } from '../../../run/change';
import { commentField, readComment } from '../../../fields/comment';
import { operatorField, readOperator } from '../../../fields/operator';
import { readResult, resultFields } from '../../../fields/verificationResult';
import { readTicket, ticketAsGiven, ticketField } from '../../../fields/ticket';
import { verifyOptions } from '../../../fields/verifyOptions';
import { checkBefore } from './beforeVerify';

const words: OperationWords = {
	done: 'verified',
	effect: 'verification',
	iamAction: IAM_ACTION.handleIncident,
	refusedHint:
		"Check that the ticket exists and waits for verification, that no approval (change of level, pause) is open, and that the operator may verify it: by COC's documentation, the creator of the ticket.",
};

const verifierField = {
	...operatorField,
	description: `${operatorField.description} By COC's documentation the creator of the ticket verifies it.`,
};

/** Records the verification of an incident's handling (HandleCocIncident, `confirm`). */
export const verify: Operation = {
	option: {
		name: 'Verify',
		value: 'verify',
		action: 'Verify an incident',
		description:
			"Record whether an incident's handling resolved it: closes the incident, or sends it back to its handler",
	},
	fields: [ticketField, verifierField, ...resultFields, commentField, verifyOptions.field],
	words,
	awaits: TO_BE_VERIFIED,
	ticketOf: ticketAsGiven,

	prepare(run, itemIndex) {
		const { context } = run;
		const options = verifyOptions.read(context, itemIndex);
		const input = all({
			ticket: readTicket(context, itemIndex),
			operator: readOperator(context, itemIndex, hasOwnUser(run)),
			result: readResult(context, itemIndex),
			comment: readComment(context, itemIndex, options.ok && options.value.shortenComment),
			options,
		});
		if (!input.ok) return refuseInput(input);
		const { ticket, operator, result, comment } = input.value;
		const { timeout, dryRun } = input.value.options;

		return writing({
			ticket,
			actor: operator,
			timeoutMs: timeout,
			dryRun,
			call: (actor) =>
				handleIncident(ticket, actor, 'confirm', {
					virtual_confirm_result: result,
					virtual_confirm_comment: comment,
				}),
			fields: (actor) => ({ ticket, operator: actor, result, comment }),
			check: checkBefore({ result, comment }, input.value.options),
			step: (actor) => verificationStep({ operator: actor, result, comment }),
		});
	},
};
