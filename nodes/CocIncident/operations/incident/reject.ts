import type { ActionParams } from '../../../coc/calls/handleIncident';
import { historyText, textOptions } from '../../../fields/historyText';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Rejects an incident that nobody has accepted yet (HandleIncident, `rejected`). */
export const reject = changing({
	option: {
		name: 'Reject',
		value: 'reject',
		action: 'Reject incident',
		description: 'Send an unaccepted incident to its creator',
	},
	fields: {
		ticket,
		reason: historyText({
			displayName: 'Reason',
			name: 'reason',
			placeholder: 'e.g. Not ours: the payment service belongs to the shop team',
			description: 'Why it is rejected',
		}),
		options: textOptions,
	},
	words: {
		done: 'rejected',
		refusedHint:
			"Check that the ticket exists and nobody has accepted it yet, and that the credential's user may reject it.",
	},
	trace: { kind: 'rejection', text: ({ reason }) => reason },
	send: v2Action<ActionParams['reject']>(),
	params: ({ reason }) => ({ virtual_confirm_comment: reason }),
});
