import { LIMITS } from '../coc/limits';
import { switchOption, textField } from './simpleFields';

/** The option that cuts a comment. */
export const shortenComment = switchOption({
	displayName: 'Shorten Long Comments',
	name: 'shortenComment',
	description:
		'Whether to cut a comment that is over 300 characters, with a closing …, instead of refusing it',
});

/** What the verification found, in words (`virtual_confirm_comment`). */
export const comment = textField({
	displayName: 'Comment',
	toolLabel: `Finding in Up to ${LIMITS.comment} Characters`,
	name: 'comment',
	typeOptions: { rows: 4 },
	required: true,
	placeholder: 'e.g. Payments are back, error rate below 0.1 % for 30 minutes',
	description: `What the verification found, at most ${LIMITS.comment} characters. It stands in the incident's history.`,
	limit: LIMITS.comment,
	shortenedBy: shortenComment,
});
