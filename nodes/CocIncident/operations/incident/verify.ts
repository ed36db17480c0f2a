import { comment } from '../../../fields/comment';
import { operatorField } from '../../../fields/person';
import { ticket } from '../../../fields/ticket';
import { verificationResult } from '../../../fields/verificationResult';
import { verifyOptions } from '../../../fields/verifyOptions';
import { changing } from '../../../run/change';
import { v1Handle } from '../../../run/handle';
import { lookBeforeVerify } from './lookBeforeVerify';

/** Records the verification of an incident's handling (HandleCocIncident, `confirm`). */
export const verify = changing({
	option: {
		name: 'Verify',
		value: 'verify',
		action: 'Verify incident',
		description: 'Close a solved incident, or send it back',
	},
	fields: {
		ticket,
		operator: operatorField(" By COC's documentation the creator of the ticket verifies it."),
		result: verificationResult,
		comment,
		options: verifyOptions,
	},
	words: {
		done: 'verified',
		refusedHint:
			"Check that the ticket exists and waits for verification, that no approval (change of level, pause) is open, and that the operator may verify it: by COC's documentation, the creator of the ticket.",
	},
	trace: {
		kind: 'verification',
		result: ({ result }) => result,
		text: (values) => values.comment,
	},
	send: v1Handle('confirm'),
	params: (values) => ({
		virtual_confirm_result: values.result,
		virtual_confirm_comment: values.comment,
	}),
	lookBefore: lookBeforeVerify,
});
