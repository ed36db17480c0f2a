import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { all, type Result } from '../coc/result';
import { inputWithin, type Input } from './input';

/** An input of the node: how the editor shows it, and how its value is read and checked. */
export interface Field<T> {
	/** One property, or one for people and one for the tool variant. */
	properties: INodeProperties[];
	read(input: Input): Result<T>;
	/** The part of the output item that it fills; its value under its own name when left out. */
	shown?(value: T): IDataObject;
}

export type Fields = Record<string, Field<unknown>>;

/**
 * A part of a collection that has a value without being added. That is its own: the editor gives the
 * property's `default` to a part that is added, and adding an option is the wish for it.
 */
export interface OptionField<T> extends Field<T> {
	absent: T;
}

export type OptionFields = Record<string, OptionField<unknown>>;

/** The values of fields, by the fields' names. */
export type Values<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** Checks a value; `label` names its field in the reason. */
export type Check<T> = (value: unknown, label: string, input: Input) => Result<T>;

/**
 * A property. As a tool it has its `toolLabel`: n8n tells a model the label and nothing else. Not for a
 * part of a collection, in which a name stands once.
 */
export type Property = INodeProperties & { toolLabel?: string };

/** A field with one value, which is shown by these properties. */
export function fieldOf<T>(check: Check<T>, ...given: Property[]): Field<T> {
	const properties = given.flatMap(variantsOf);
	const [forPeople] = properties as [INodeProperties];
	const forAgents = properties.find(({ displayOptions }) => displayOptions?.show?.['@tool']);
	return {
		properties,
		read(input) {
			const { name, displayName } = (input.isTool() ? forAgents : null) ?? forPeople;
			const value = input.get(name, displayName);
			return ofField(displayName, value.ok ? check(value.value, displayName, input) : value);
		},
	};
}

function variantsOf({ toolLabel, ...property }: Property): INodeProperties[] {
	if (toolLabel === undefined) return [property];
	const { show, hide } = property.displayOptions ?? {};
	return [
		{ ...property, displayOptions: { ...(show && { show }), hide: { ...hide, '@tool': [true] } } },
		{
			...property,
			displayName: toolLabel,
			displayOptions: { show: { ...show, '@tool': [true] }, ...(hide && { hide }) },
		},
	];
}

/** A result whose fault says which field has it. */
export function ofField<T>(label: string, result: Result<T>): Result<T> {
	return result.ok ? result : { fields: [label], ...result };
}

/** The same field, read as something else. */
export function mapField<T, U>(field: Field<T>, map: (value: T) => U): Field<U> {
	return {
		properties: field.properties,
		read(input) {
			const value = field.read(input);
			return value.ok ? { ok: true, value: map(value.value) } : value;
		},
	};
}

/** The same field, in a form where it must be filled. */
export function required<T>(field: Field<T>): Field<T> {
	return { ...field, properties: field.properties.map((one) => ({ ...one, required: true })) };
}

export function propertiesOf(fields: Fields): INodeProperties[] {
	return Object.values(fields).flatMap(({ properties }) => properties);
}

/** Reads all fields, or says of each that can't be used what is wrong with it. */
export function readFields<F extends Fields>(fields: F, input: Input): Result<Values<F>> {
	const read = Object.entries(fields).map(([name, field]) => [name, field.read(input)]);
	return all<Values<F>>(Object.fromEntries(read) as Parameters<typeof all<Values<F>>>[0]);
}

/** What the output item repeats of the input. */
export function shownValues<F extends Fields>(fields: F, values: Values<F>): IDataObject {
	const shown = Object.entries(fields).map(([name, field]): IDataObject => {
		const value = values[name];
		return field.shown ? field.shown(value) : ({ [name]: value } as IDataObject);
	});
	return Object.assign({}, ...shown) as IDataObject;
}

type Collection = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>;

/**
 * A collection of fields. Parts not added are absent; an added part that resolves to nothing is
 * refused.
 */
export function addedFields<F extends Fields>(
	collection: Collection,
	parts: F,
): Field<Partial<Values<F>>> {
	return {
		properties: [collectionOf(collection, propertiesOf(parts))],
		read(input) {
			const { name, displayName } = collection;
			const values = ofField(displayName, input.get(name, displayName));
			if (!values.ok) return values;
			const added = Object.entries(parts).filter(([part]) => part in Object(values.value));
			const within = inputWithin(input, collection);
			return readFields(Object.fromEntries(added), within) as ReturnType<
				Field<Partial<Values<F>>>['read']
			>;
		},
		shown(values) {
			const added = Object.entries(parts).filter(([part]) => values[part] !== undefined);
			return shownValues(Object.fromEntries(added) as F, values as Values<F>);
		},
	};
}

/** *Additional Fields*: what the API doesn't require. */
export function additionalFieldsOf<F extends Fields>(parts: F): Field<Partial<Values<F>>> {
	return addedFields(
		{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add field' },
		parts,
	);
}

/** As addedFields; parts not added have the value that is theirs then. */
export function collectionField<F extends OptionFields>(
	collection: Collection,
	parts: F,
): Field<Values<F>> {
	const added = addedFields(collection, parts);
	const absent = Object.entries(parts).map(([name, part]) => [name, part.absent]);
	return {
		...added,
		read(input) {
			const values = added.read(input);
			if (!values.ok) return values;
			return { ok: true, value: { ...Object.fromEntries(absent), ...values.value } as Values<F> };
		},
		shown: () => ({}),
	};
}

/**
 * How the editor shows a collection: sorted by label. No part is `required`: n8n would want it where it
 * wasn't added, and the node itself refuses an added one that is empty.
 */
export function collectionOf(collection: Collection, parts: INodeProperties[]): INodeProperties {
	return {
		...collection,
		type: 'collection',
		default: {},
		options: parts
			.map((part) => ('required' in part ? { ...part, required: false } : part))
			.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
