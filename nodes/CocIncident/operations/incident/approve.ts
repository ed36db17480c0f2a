import { historyText, textOptions } from '../../../fields/historyText';
import { request } from '../../../fields/answeredRequest';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { answerRequest, answerParams } from './answerRequest';

/** Approves a pause or another level (HandleIncident, `agreed`). */
export const approve = changing({
	option: {
		name: 'Approve',
		value: 'approve',
		action: 'Approve request on incident',
		description: 'Approve a waiting pause or change of level',
	},
	fields: {
		ticket,
		request,
		comment: historyText({
			displayName: 'Comment',
			name: 'comment',
			placeholder: 'e.g. Fine until Monday',
			description: 'What the one who asked should know',
		}),
		options: textOptions,
	},
	words: {
		about: (it) => `the request on ${it}`,
		done: 'approved',
		refusedHint:
			"Check that a pause or a change of level waits for approval, and that the credential's user may approve it.",
	},
	trace: { kind: 'approval', text: ({ comment }) => comment },
	send: answerRequest,
	params: ({ comment }, asked) => answerParams(asked, true, comment),
});
