import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Result } from '../coc/result';
import { asBoolean, asChoice, isBlank } from './checks';
import { fieldOf, type Field } from './field';
import { asKeys, type Keyed } from './keyed';

/** How what was read is put out. */
export interface Shape<Found> {
	/** The field that names it: the first in every output, whatever was selected. */
	id: string;
	/** The other simplified fields. */
	names: readonly string[];
	simplify(found: Found): object;
	/** As COC gives it; what was found itself when left out. */
	raw?(found: Found): object;
	/** Whether it had a switch *Simplify* before it had *Output*. */
	hadSimplify?: boolean;
}

/** Which output is wanted. */
export interface Output {
	kind: Kind;
	/** The selected fields; none for the other kinds. */
	names: string[];
}

type Kind = 'simple' | 'raw' | 'fields';

/** The values are those of n8n's own nodes. */
const KINDS: Array<INodePropertyOptions & { value: Kind }> = [
	{
		name: 'Simplified',
		value: 'simple',
		description: "The most important fields, in the console's words",
	},
	{ name: 'Raw', value: 'raw', description: 'All that COC gives, as it gives it' },
	{
		name: 'Selected Fields',
		value: 'fields',
		description: 'Chosen ones of the simplified fields: what an AI agent needs to know',
	},
];

const LABELS = new Map(KINDS.map(({ value, name }) => [value, name]));

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: KINDS,
	default: 'simple',
	description: 'How much of what COC gives is returned',
};

/**
 * What a saved workflow may still hold. n8n drops what equals the default, so that the default has to
 * stay, and *Output* begins as what the workflow meant.
 */
const formerSwitch: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'hidden',
	default: true,
};

/** For an expression n8n takes all three when it runs, and of them the last one's default. */
const outputsOfFormerSwitch: INodeProperties[] = [
	{ ...output, displayOptions: { show: { simplify: [true] } } },
	{ ...output, default: 'raw', displayOptions: { show: { simplify: [false] } } },
	{
		...output,
		default: '={{ $parameter.simplify }}',
		displayOptions: { hide: { simplify: [true, false] } },
	},
];

/** Which of what was found is put out; a future read names its shape, and that is all. */
export function outputField({ id, names, hadSimplify }: Shape<never>): Field<Output> {
	const kind = fieldOf(asKind, ...(hadSimplify ? outputsOfFormerSwitch : [output]));
	const selected = selectionField(id, names);
	return {
		properties: [
			...(hadSimplify ? [formerSwitch] : []),
			...kind.properties,
			...selected.properties,
		],
		read(input) {
			const wanted = kind.read(input);
			if (!wanted.ok) return wanted;
			if (wanted.value !== 'fields') return { ok: true, value: { kind: wanted.value, names: [] } };
			const chosen = selected.read(input);
			return chosen.ok ? { ok: true, value: { kind: 'fields', names: chosen.value } } : chosen;
		},
		shown: () => ({}),
	};
}

/** What is put out of something found. A selected field that it doesn't have is null. */
export function shapedBy<Found>(
	{ id, simplify, raw }: Shape<Found>,
	{ kind, names }: Output,
	found: Found,
): IDataObject {
	if (kind === 'raw') return (raw ? raw(found) : found) as IDataObject;
	const simple = simplify(found) as IDataObject;
	if (kind === 'simple') return simple;
	return Object.fromEntries([id, ...names].map((name) => [name, simple[name] ?? null]));
}

/** A kind; true and false are what an expression of the former switch gives. */
function asKind(value: unknown, label: string): Result<Kind> {
	const switched = asBoolean(value, label);
	if (switched.ok) return { ok: true, value: switched.value ? 'simple' : 'raw' };
	return asChoice(value, label, LABELS);
}

function selectionField(id: string, names: readonly string[]): Field<string[]> {
	const options = names.map((name) => ({ name: wordsOf(name), value: name }));
	const shape = { displayName: 'Fields to Return', name: 'fields' };
	const keyed: Keyed = {
		shape,
		labels: new Map([id, ...names].map((name) => [name, wordsOf(name)])),
		isClosed: true,
		preset: '',
	};
	// Not `required`: n8n would want it for an expression that says Simplified as well.
	return fieldOf(
		(value, label) => {
			const isNone = isBlank(value) || (Array.isArray(value) && value.length === 0);
			if (!isNone) return asKeys(value, keyed);
			return { ok: false, reason: `'${label}' is empty`, hint: 'Choose the fields to return.' };
		},
		{
			...shape,
			type: 'multiOptions',
			options: options.sort((a, b) => a.name.localeCompare(b.name)),
			default: [],
			description: `Required. The fields to return besides ${id}. An expression may give them as a list or joined by commas.`,
			displayOptions: { show: { output: ['fields'] } },
		},
	);
}

/** "createdAt" as "Created At" */
function wordsOf(name: string): string {
	const words = name.replace(/[A-Z]/g, (letter) => ` ${letter}`);
	return words.charAt(0).toUpperCase() + words.slice(1);
}
