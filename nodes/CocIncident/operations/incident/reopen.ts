import { reopenParams } from '../../../coc/calls/reopenIncident';
import type { ActionParams } from '../../../coc/calls/handleIncident';
import { dryRun, options, shortenTexts } from '../../../fields/options';
import { updateFields } from '../../../fields/reopenedIncident';
import { ticket } from '../../../fields/ticket';
import { ticketFiles } from '../../../fields/ticketFiles';
import { changing } from '../../../run/change';
import { v2Action } from '../../../run/handle';

/** Resubmits a rejected incident (HandleIncident, `ReOpen`); what isn't changed stays as it is. */
export const reopen = changing({
	option: {
		name: 'Reopen',
		value: 'reopen',
		action: 'Reopen incident',
		description: 'Submit a rejected incident again, corrected',
	},
	fields: { ticket, updateFields, options: options({ dryRun, shortenTexts, files: ticketFiles }) },
	words: {
		done: 'reopened',
		refusedHint:
			"Check that the ticket is rejected, that the values exist in your COC, and that the credential's user may reopen it: by COC's documentation, its creator.",
	},
	trace: { kind: 'reopening' },
	send: v2Action<ActionParams['reopen']>(),
	params: ({ updateFields: changed }, { said }, files) => reopenParams(said, changed, files),
});
