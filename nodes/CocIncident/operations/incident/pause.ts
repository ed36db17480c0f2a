import type { ActionParams } from '../../../coc/calls/handleIncident';
import { historyText, textOptions } from '../../../fields/historyText';
import { pauseUntil } from '../../../fields/pauseUntil';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Asks for a pause of an accepted incident (HandleIncident, `incidentPause`). */
export const pause = changing({
	option: {
		name: 'Pause',
		value: 'pause',
		action: 'Pause incident',
		description: 'Pause an accepted incident for some time',
	},
	fields: {
		ticket,
		until: pauseUntil,
		reason: historyText({
			displayName: 'Reason',
			name: 'reason',
			placeholder: 'e.g. The spare part arrives on Monday',
			description: 'Why it is paused',
		}),
		options: textOptions,
	},
	words: {
		done: 'paused',
		refusedHint:
			"Check that the ticket is accepted, that the time is in the future, and that the credential's user may pause it.",
	},
	trace: { kind: 'pauseRequest', text: ({ reason }) => reason },
	send: v2Action<ActionParams['pause']>(),
	params: ({ until, reason }) => ({ pause_end_time: until, pause_reason: reason }),
});
