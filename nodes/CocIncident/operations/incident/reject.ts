import { LIMITS } from '../../../coc/limits';
import { dryRun, options, shortenTexts } from '../../../fields/options';
import { textField } from '../../../fields/simpleFields';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Rejects an incident that nobody has accepted yet (HandleIncident, `rejected`). */
export const reject = changing({
	option: {
		name: 'Reject',
		value: 'reject',
		action: 'Reject an incident',
		description: 'Send an incident that nobody has accepted yet back to its creator, with a reason',
	},
	fields: {
		ticket,
		reason: textField({
			displayName: 'Reason',
			name: 'reason',
			typeOptions: { rows: 4 },
			required: true,
			placeholder: 'e.g. Not ours: the payment service belongs to the shop team',
			description: `Why it is rejected, at most ${LIMITS.comment} characters. It stands in the incident's history.`,
			limit: LIMITS.comment,
			shortenedBy: shortenTexts,
		}),
		options: options({ dryRun, shortenTexts }),
	},
	words: {
		done: 'rejected',
		effect: 'rejection',
		refusedHint:
			"Check that the ticket exists and nobody has accepted it yet, and that the credential's user may reject it.",
	},
	trace: { kind: 'rejection', text: ({ reason }) => reason },
	send: v2Action('rejected'),
	params: ({ reason }) => ({ virtual_confirm_comment: reason }),
});
