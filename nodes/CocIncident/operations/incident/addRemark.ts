import type { ActionParams } from '../../../coc/calls/handleIncident';
import { historyText, textOptions } from '../../../fields/historyText';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Adds a remark to an incident (HandleIncident, `addRemark`). */
export const addRemark = changing({
	option: {
		name: 'Add Remark',
		value: 'addRemark',
		action: 'Add remark to incident',
		description: 'Add a note to the history of an incident',
	},
	fields: {
		ticket,
		remark: historyText({
			displayName: 'Remark',
			name: 'remark',
			placeholder: 'e.g. The provider is informed, case 4711',
			description: 'What is noted',
		}),
		options: textOptions,
	},
	words: {
		about: (it) => `the remark on ${it}`,
		done: 'added',
		refusedHint:
			"Check that the ticket exists, and that the credential's user may add a remark to it.",
	},
	trace: { kind: 'remark', text: ({ remark }) => remark },
	send: v2Action<ActionParams['addRemark']>(),
	params: ({ remark }) => ({ note: remark }),
});
