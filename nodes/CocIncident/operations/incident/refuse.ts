import { historyText, textOptions } from '../../../fields/historyText';
import { request } from '../../../fields/answeredRequest';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { answerRequest, answerParams } from './answerRequest';

/** Refuses a pause or another level (HandleIncident, `rejected`). */
export const refuse = changing({
	option: {
		name: 'Refuse',
		value: 'refuse',
		action: 'Refuse request on incident',
		description: 'Refuse a waiting pause or change of level',
	},
	fields: {
		ticket,
		request,
		comment: historyText({
			displayName: 'Comment',
			name: 'comment',
			placeholder: 'e.g. Customers are still waiting',
			description: 'Why it is refused',
		}),
		options: textOptions,
	},
	words: {
		about: (it) => `the request on ${it}`,
		done: 'refused',
		refusedHint:
			"Check that a pause or a change of level waits for approval, and that the credential's user may refuse it.",
	},
	trace: { kind: 'refusal', text: ({ comment }) => comment },
	send: answerRequest,
	params: ({ comment }, asked) => answerParams(asked, false, comment),
});
