import { LIMITS } from '../coc/limits';
import { shortenTexts } from './options';
import { textField } from './simpleFields';

/** What was wrong (`cause`). */
export const cause = textField({
	displayName: 'Cause',
	toolLabel: 'Cause of the Incident',
	name: 'cause',
	typeOptions: { rows: 4 },
	required: true,
	placeholder: 'e.g. The connection pool of the payment service was exhausted',
	description: `What caused the incident, at most ${LIMITS.cause} characters`,
	limit: LIMITS.cause,
	shortenedBy: shortenTexts,
});

/** What was done about it (`solution`). */
export const solution = textField({
	displayName: 'Solution',
	toolLabel: 'Solution That Was Applied',
	name: 'solution',
	typeOptions: { rows: 4 },
	required: true,
	placeholder: 'e.g. Pool enlarged from 50 to 200 connections, service restarted',
	description: `What was done about it, at most ${LIMITS.solution} characters`,
	limit: LIMITS.solution,
	shortenedBy: shortenTexts,
});
