import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { all, type Checked } from '../coc/result';
import type { Zoned } from './moment';
import { readParameter } from './parameter';

/** A field within a collection: how the editor shows it, and what may stand in it. */
export interface Part<T> {
	field: INodeProperties;
	read: (value: unknown, label: string, context: Zoned) => Checked<T>;
}

export type Parts<T> = { [K in keyof T]: Part<T[K]> };

type Collection = Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>;

/** A collection of fields, sorted by their labels. */
export function collectionOf(collection: Collection, fields: INodeProperties[]): INodeProperties {
	return {
		...collection,
		type: 'collection',
		default: {},
		options: fields.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** How the editor shows these parts. */
export function fieldsOf<T>(parts: Parts<T>): INodeProperties[] {
	return Object.values<Part<unknown>>(parts).map(({ field }) => field);
}

/**
 * The parts of a collection that were added, for an item. One that wasn't isn't there; one whose
 * expression gives nothing is, and is refused.
 */
export function readAdded<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	collection: Collection,
	parts: Parts<T>,
): Checked<Partial<T>> {
	return readParts<Partial<T>>(context, itemIndex, collection, parts, false);
}

/** All parts of a collection, by their defaults where they weren't added. */
export function readWhole<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	collection: Collection,
	parts: Parts<T>,
): Checked<T> {
	return readParts<T>(context, itemIndex, collection, parts, true);
}

function readParts<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName }: Collection,
	parts: object,
	withDefaults: boolean,
): Checked<T> {
	const given = readParameter(context, name, displayName, itemIndex);
	return given.ok ? asParts(given.value, parts, withDefaults, context) : given;
}

/** The parts that were added to a collection, from its value. */
export function asAdded<T>(value: unknown, parts: Parts<T>, context: Zoned): Checked<Partial<T>> {
	return asParts<Partial<T>>(value, parts, false, context);
}

function asParts<T>(
	value: unknown,
	parts: object,
	withDefaults: boolean,
	context: Zoned,
): Checked<T> {
	const values = { ...(value as Record<string, unknown> | null) };
	const read = Object.entries(parts as Record<string, Part<unknown>>)
		.filter(([part]) => withDefaults || part in values)
		.map(([part, { field, read: as }]) => {
			const given = part in values ? values[part] : field.default;
			return [part, as(given, field.displayName, context)] as const;
		});
	return all(Object.fromEntries(read)) as Checked<T>;
}
