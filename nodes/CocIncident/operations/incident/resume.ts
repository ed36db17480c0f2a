import type { ActionParams } from '../../../coc/calls/handleIncident';
import { writeOptions } from '../../../fields/options';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Ends the pause of an incident (HandleIncident, `recovery`). */
export const resume = changing({
	option: {
		name: 'Resume',
		value: 'resume',
		action: 'Resume incident',
		description: 'End the pause of an incident',
	},
	fields: { ticket, options: writeOptions },
	words: {
		done: 'resumed',
		refusedHint: "Check that the ticket is paused, and that the credential's user may resume it.",
	},
	trace: { kind: 'resumption' },
	send: v2Action<ActionParams['resume']>(),
	params: () => ({}),
});
