import type { INodeProperties } from 'n8n-workflow';
import { LIMITS } from '../coc/limits';
import { dryRun, options, shortenTexts } from './options';
import { textField } from './simpleFields';

type Shape = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>;

/** A text that stands in the incident's history. */
export const historyText = (shape: Shape) =>
	textField({
		...shape,
		toolLabel: `${shape.displayName} in Up to ${LIMITS.comment} Characters`,
		typeOptions: { rows: 4 },
		required: true,
		description: `${shape.description}, at most ${LIMITS.comment} characters. It stands in the incident's history.`,
		limit: LIMITS.comment,
		shortenedBy: shortenTexts,
	});

/** The options of a write with such texts. */
export const textOptions = options({ dryRun, shortenTexts });
