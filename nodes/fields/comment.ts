import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { LIMITS } from '../coc/limits';
import { readField } from './parameter';
import { asLongText } from './text';

const LIMIT = LIMITS.verificationComment;

/** What the verification found, in words (`virtual_confirm_comment`). */
export const commentField: INodeProperties = {
	displayName: 'Comment',
	name: 'comment',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Payments are back, error rate below 0.1 % for 30 minutes',
	description: `What the verification found, at most ${LIMIT} characters. It stands in the incident's history.`,
};

/** @param shorten whether a comment over the limit is cut instead of refused */
export function readComment(
	context: IExecuteFunctions,
	itemIndex: number,
	shorten: boolean,
): Checked<string> {
	return readField(context, itemIndex, commentField, (value, label) =>
		asLongText(value, label, LIMIT, { shorten, option: 'Shorten Long Comments' }),
	);
}
