import type { ActionParams } from '../../../coc/calls/handleIncident';
import { solutionParams, solutionParamsWith } from '../../../coc/calls/solutionParams';
import { cause, solution } from '../../../fields/causeAndSolution';
import { interruption } from '../../../fields/interruption';
import { keyedField, TYPE } from '../../../fields/keyed';
import { dryRun, options, shortenTexts } from '../../../fields/options';
import { operatorField } from '../../../fields/person';
import { ticket } from '../../../fields/ticket';
import { hasFiles, ticketFiles } from '../../../fields/ticketFiles';
import { changing } from '../../../run/change';
import { v1Handle, v2Action } from '../../../run/handle';

/** Submits the solution of an accepted incident (HandleCocIncident, `commitSolution1`). */
export const submitSolution = changing({
	option: {
		name: 'Submit Solution',
		value: 'submitSolution',
		action: 'Submit solution of incident',
		description: 'Say what was wrong and what was done',
	},
	fields: {
		ticket,
		operator: operatorField(
			" With 'Files' COC takes the credential's own user: leave it empty then.",
			hasFiles,
		),
		type: keyedField(TYPE),
		cause,
		solution,
		interruption,
		options: options({ dryRun, shortenTexts, files: ticketFiles }),
	},
	words: {
		about: (it) => `the solution of ${it}`,
		done: 'submitted',
		refusedHint:
			'Check that the ticket exists and is accepted, that no approval (change of level, pause) is open, and that the operator may handle it.',
	},
	trace: { kind: 'solution', text: (values) => values.solution },
	send: v1Handle('commitSolution1'),
	params: solutionParams,
	// Only v2's call takes files.
	withFiles: {
		send: v2Action<ActionParams['submitSolution']>(),
		params: (values, _now, files) => solutionParamsWith(files, values),
	},
});
