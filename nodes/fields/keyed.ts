import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import { keyOf, LEVELS, SOURCES, TYPES } from '../coc/enumerations';
import { LIMITS } from '../coc/limits';
import type { Result } from '../coc/result';
import { asRequiredText } from './checks';
import { fieldOf, type Field } from './field';
import { textField } from './simpleFields';

/** A value that COC knows by a key, and that every tenant can extend. */
export interface Keyed {
	shape: Pick<INodeProperties, 'displayName' | 'name' | 'description'>;
	/** The label of its field as a tool, which says what there is: a model is told nothing else. */
	toolLabel?: string;
	/** The console's words by COC's keys. */
	labels: ReadonlyMap<string, string>;
	/** Whether there are no other keys. */
	isClosed?: boolean;
	preset: string;
}

export const LEVEL: Keyed = {
	shape: {
		displayName: 'Level',
		name: 'level',
		description: 'How severe the incident is, P1 being the most severe',
	},
	toolLabel: 'Level From P1 to P5',
	labels: LEVELS,
	preset: 'level_50',
};

export const TYPE: Keyed = {
	shape: { displayName: 'Type', name: 'type', description: 'What kind of incident it is' },
	toolLabel: `Incident Type ${[...TYPES.values()].join(' or ')}`,
	labels: TYPES,
	preset: 'inc_type_p_function_issues',
};

export const SOURCE: Keyed = {
	shape: { displayName: 'Source', name: 'source', description: 'What the incident was found by' },
	toolLabel: `Source ${[...SOURCES.values()].join(' or ')}`,
	labels: SOURCES,
	preset: 'incident_source_manual',
};

function choicesOf(labels: Keyed['labels']): INodePropertyOptions[] {
	return [...labels]
		.map(([value, name]) => ({ name, value }))
		.sort((a, b) => a.name.localeCompare(b.name));
}

/** A dropdown that takes other keys by an expression. */
function dropdownOf({ shape, labels, isClosed, preset }: Keyed): INodeProperties {
	const more = isClosed === true ? '' : '. An expression may give any other value of your COC.';
	return {
		...shape,
		type: 'options',
		options: choicesOf(labels),
		default: preset,
		...(preset === '' && { required: true }),
		description: `${shape.description}${more}`,
	};
}

/** The same as a part of a collection. */
export function keyedPart(keyed: Keyed): Field<string> {
	return inWords(
		fieldOf((value) => asKey(value, keyed), dropdownOf({ ...keyed, preset: '' })),
		keyed,
	);
}

/** The same; as a tool it is a text, which n8n lets a model fill. */
export function keyedField(keyed: Keyed): Field<string> {
	const { shape, toolLabel = shape.displayName, labels, isClosed, preset } = keyed;
	const other = isClosed === true ? '' : ', or another value of your COC';
	const keys = [...labels].map(([key, label]) => `${key} (${label})`).join(', ');
	const field = fieldOf(
		(value, displayName) => asKey(value, { ...keyed, shape: { ...shape, displayName } }),
		{ ...dropdownOf(keyed), displayOptions: { hide: { '@tool': [true] } } },
		{
			...shape,
			displayName: toolLabel,
			type: 'string',
			default: preset,
			...(preset === '' && { required: true }),
			placeholder: `e.g. ${[...labels.values()][0]}`,
			description: `${shape.description}: ${keys}${other}`,
			displayOptions: { show: { '@tool': [true] } },
		},
	);
	return inWords(field, keyed);
}

/** The same; the output has its word, as that of *Get* has. */
function inWords(field: Field<string>, { shape, labels }: Keyed): Field<string> {
	return { ...field, shown: (key) => ({ [shape.name]: labels.get(key) ?? key }) };
}

/** Any of some keyed values. */
export function anyKeyField(keyed: Keyed, description = anyKeyOf(keyed)): Field<string[]> {
	const { shape, labels } = keyed;
	return fieldOf((value) => asKeys(value, keyed), {
		...shape,
		type: 'multiOptions',
		options: choicesOf(labels),
		default: [],
		description,
	});
}

function anyKeyOf({ shape }: Keyed): string {
	return `${shape.description}. An expression may give any values of your COC, as a list or joined by commas.`;
}

/** A key that is a word of the user's COC, whatever it is. */
export function keyField(shape: Omit<INodeProperties, 'type' | 'default'>): Field<string> {
	return textField({ ...shape, limit: LIMITS.key });
}

/** A key, or the word that the node gives for it; any other text is a key of the user's COC. */
function asKey(value: unknown, { shape, labels, isClosed }: Keyed): Result<string> {
	const { displayName: label } = shape;
	const text = asRequiredText(value, label, LIMITS.key);
	if (!text.ok) return text;
	const key = keyOf(text.value, labels);
	if (key !== null) return { ok: true, value: key };
	if (isClosed !== true) return text;
	return {
		ok: false,
		reason: `'${label}' can't be "${cleanText(text.value.slice(0, 50)) ?? ''}"`,
		hint: `It is one of these: ${[...labels.values()].join(', ')}.`,
	};
}

/** Keys, from a list or a text with commas. */
export function asKeys(value: unknown, keyed: Keyed): Result<string[]> {
	const { displayName: label } = keyed.shape;
	const list = typeof value === 'string' ? value.split(',') : value;
	if (!Array.isArray(list)) return { ok: false, reason: `'${label}' must be a list` };
	if (list.length === 0) {
		return {
			ok: false,
			reason: `'${label}' is empty`,
			hint: 'Choose a value, or remove the filter.',
		};
	}
	const keys: string[] = [];
	for (const one of list as unknown[]) {
		const key = asKey(one, keyed);
		if (!key.ok) return key;
		keys.push(key.value);
	}
	return { ok: true, value: [...new Set(keys)] };
}
