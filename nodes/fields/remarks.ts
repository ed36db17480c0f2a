import { LIMITS } from '../coc/limits';
import { shortenTexts } from './options';
import { optionalTextField } from './simpleFields';

/** Why an alarm is over (`remarks`). */
export const remarks = optionalTextField({
	displayName: 'Remarks',
	name: 'remarks',
	typeOptions: { rows: 4 },
	placeholder: 'e.g. The disk was enlarged',
	description: `Why the alarm is over, at most ${LIMITS.comment} characters. It stands in the alarm's history.`,
	limit: LIMITS.comment,
	shortenedBy: shortenTexts,
});
