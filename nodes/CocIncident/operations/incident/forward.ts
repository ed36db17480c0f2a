import type { ActionParams } from '../../../coc/calls/handleIncident';
import { analysis } from '../../../fields/analysis';
import { assignee } from '../../../fields/assignee';
import { historyText, textOptions } from '../../../fields/historyText';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Forwards an incident, before or after its acceptance (HandleIncident, `unAcceptedForward` and `acceptedForward`). */
export const forward = changing({
	option: {
		name: 'Forward',
		value: 'forward',
		action: 'Forward incident',
		description: 'Hand an unsolved incident to somebody else',
	},
	fields: {
		ticket,
		assignee,
		comment: historyText({
			displayName: 'Comment',
			name: 'comment',
			placeholder: 'e.g. The network is fine, please look at the database',
			description: 'What the next one should know',
		}),
		analysis,
		options: textOptions,
	},
	words: {
		done: 'forwarded',
		refusedHint:
			"Check that the ticket exists and is not solved yet, that the person or shift exists in COC, and that the credential's user may forward it.",
	},
	trace: {
		kind: 'handover',
		text: ({ comment }) => comment,
		leads: ({ assignee: to }) => ('person' in to ? { assignee: to.person } : {}),
	},
	send: v2Action<ActionParams['forward']>(),
	params: ({ assignee: to, comment, analysis: found }) => ({
		...('person' in to
			? { virtual_send_assignee: to.person }
			: { virtual_schedule_type: to.scene, virtual_schedule_role: to.role }),
		virtual_send_comment: comment,
		...(found !== null && { virtual_current_location_info: found }),
	}),
});
