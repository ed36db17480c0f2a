import type { ActionParams } from '../../../coc/calls/handleIncident';
import { writeOptions } from '../../../fields/options';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Closes an incident after its rejection (HandleIncident, `agreed`). */
export const close = changing({
	option: {
		name: 'Close',
		value: 'close',
		action: 'Close incident',
		description: 'Close a rejected incident for good',
	},
	fields: { ticket, options: writeOptions },
	words: {
		done: 'closed',
		refusedHint:
			"Check that the ticket is rejected, and that the credential's user may close it: by COC's documentation, its creator.",
	},
	trace: { kind: 'agreement' },
	send: v2Action<ActionParams['close']>(),
	params: () => ({}),
});
