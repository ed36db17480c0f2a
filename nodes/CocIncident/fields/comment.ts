import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../../shared/contract/checked';
import { LIMITS } from '../../shared/contract/limits';
import { asText, characters, isEmpty, isTooLong, readParameter } from './read';

const LABEL = 'Comment';
const LIMIT = LIMITS.verificationComment;

/** What the verification found, in words (`virtual_confirm_comment`). */
export const commentField: INodeProperties = {
	displayName: LABEL,
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
	const value = readParameter(context, 'comment', LABEL, itemIndex);
	const text = value.ok ? asText(value.value, LABEL) : value;
	if (!text.ok) return text;
	const comment = text.value.trim();
	if (comment === '') return isEmpty(LABEL);
	const length = characters(comment);
	if (length <= LIMIT) return { ok: true, value: comment };
	if (shorten) return { ok: true, value: shortenTo(comment, LIMIT) };
	return {
		...isTooLong(LABEL, length, LIMIT),
		hint: "Shorten it, or switch on 'Shorten Long Comments' in the options.",
	};
}

/**
 * Cuts a text to at most `limit` code points, the closing … included, between graphemes: an emoji
 * or an accented letter that consists of several code points stays whole or goes.
 */
export function shortenTo(text: string, limit: number): string {
	let kept = '';
	let length = 0;
	for (const { segment } of new Intl.Segmenter().segment(text)) {
		length += characters(segment);
		if (length > limit - 1) break;
		kept += segment;
	}
	return `${kept.trimEnd()}…`;
}
