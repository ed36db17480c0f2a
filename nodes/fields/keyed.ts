import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { cleanText } from '../coc/answer';
import type { Checked } from '../coc/result';
import { keyOf, LEVELS, SOURCES, TYPES } from '../coc/enumerations';
import { LIMITS } from '../coc/limits';
import { readField } from './parameter';
import { asWords } from './text';

/** A value that COC knows by a key, and that every tenant can extend. */
export interface Coded {
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description'>;
	/** The console's words by COC's keys. */
	labels: ReadonlyMap<string, string>;
	/** Whether there are no other keys. */
	isClosed?: boolean;
	preset: string;
}

export const LEVEL: Coded = {
	field: {
		displayName: 'Level',
		name: 'level',
		description: 'How severe the incident is, P1 being the most severe',
	},
	labels: LEVELS,
	preset: 'level_50',
};

export const TYPE: Coded = {
	field: { displayName: 'Type', name: 'type', description: 'What kind of issue it is' },
	labels: TYPES,
	preset: 'inc_type_p_function_issues',
};

export const SOURCE: Coded = {
	field: { displayName: 'Source', name: 'source', description: 'What the incident was found by' },
	labels: SOURCES,
	preset: 'incident_source_manual',
};

/** A dropdown that takes other keys by an expression; as a tool a text, which n8n lets a model fill. */
export function codedFields({ field, labels, preset }: Coded): INodeProperties[] {
	const keys = [...labels].map(([key, label]) => `${key} (${label})`).join(', ');
	return [
		{
			...field,
			type: 'options',
			options: [...labels].map(([value, name]) => ({ name, value })),
			default: preset,
			description: `${field.description}. An expression may give any other key of your COC.`,
			displayOptions: { hide: { '@tool': [true] } },
		},
		{
			...field,
			type: 'string',
			default: preset,
			description: `${field.description}: ${keys}, or another key of your COC`,
			displayOptions: { show: { '@tool': [true] } },
		},
	];
}

export function readCoded(
	context: IExecuteFunctions,
	itemIndex: number,
	coded: Coded,
): Checked<string> {
	return readField(context, itemIndex, coded.field, (value) => asKey(value, coded));
}

/** A key, or the word that the node gives for it; any other text is a key of the user's COC. */
export function asKey(value: unknown, { field, labels, isClosed }: Coded): Checked<string> {
	const { displayName: label } = field;
	const words = asCode(value, label);
	if (!words.ok) return words;
	const key = keyOf(words.value, labels);
	if (key !== null) return { ok: true, value: key };
	if (isClosed !== true) return words;
	return {
		ok: false,
		reason: `'${label}' can't be "${cleanText(words.value.slice(0, 50)) ?? ''}"`,
		hint: `It is one of these: ${[...labels.values()].join(', ')}.`,
	};
}

/** A text that COC knows as it is. */
export function asCode(value: unknown, label: string): Checked<string> {
	return asWords(value, label, LIMITS.code);
}
