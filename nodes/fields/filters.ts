import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { STATUS_LABELS } from '../coc/statuses';
import { LIMITS } from '../coc/limits';
import type { ListFilter } from '../coc/calls/listIncidents';
import { asKey, LEVEL, SOURCE, TYPE, type Coded } from './keyed';
import { asAdded, collectionOf, fieldsOf, readAdded, type Part, type Parts } from './collection';
import { asMoment, type Zoned } from './moment';
import { asPerson, personField } from './person';
import { asWords } from './text';

/** What an incident is like, whatever happens to it. */
interface Traits {
	assignee: string;
	creator: string;
	level: string[];
	source: string[];
	titleContains: string;
	type: string[];
}

/** What the incidents of a list have in common. */
interface Filters extends Traits {
	createdAfter: number;
	createdBefore: number;
	status: string[];
	updatedAfter: number;
	updatedBefore: number;
}

const STATUS: Coded = {
	field: {
		displayName: 'Status',
		name: 'status',
		description:
			'Where the incident stands. The list of COC does not tell, so that one more request is made for each incident that fits the other filters.',
	},
	labels: STATUS_LABELS,
	isClosed: true,
	preset: '',
};

const traits: Parts<Traits> = {
	assignee: person('Assignee', 'assignee', 'Who handles the incident, by IAM user ID'),
	creator: person('Creator', 'creator', 'Who created the incident, by IAM user ID'),
	level: anyOf(LEVEL),
	source: anyOf(SOURCE),
	titleContains: {
		field: {
			displayName: 'Title Contains',
			name: 'titleContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. payment',
			description: 'A part of the title',
		},
		read: (value, label) => asWords(value, label, LIMITS.code),
	},
	type: anyOf(TYPE),
};

const parts: Parts<Filters> = {
	...traits,
	createdAfter: moment('Created After', 'createdAfter'),
	createdBefore: moment('Created Before', 'createdBefore'),
	status: anyOf(STATUS),
	updatedAfter: moment('Updated After', 'updatedAfter'),
	updatedBefore: moment('Updated Before', 'updatedBefore'),
};

const FILTERS = {
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add filter',
	description: 'Only incidents that fit all of these',
};

export const filtersField = collectionOf(FILTERS, fieldsOf(parts));

/** Filters for those who look at incidents whatever their status and times. */
export const traitsField = collectionOf(FILTERS, fieldsOf(traits));

/** The filters of the list call, and the statuses that it can't filter by. */
export interface Wanted {
	filters: ListFilter[];
	/** Null for any. */
	statuses: string[] | null;
}

export function readFilters(context: IExecuteFunctions, itemIndex: number): Checked<Wanted> {
	const added = readAdded(context, itemIndex, FILTERS, parts);
	if (!added.ok) return added;
	const wanted = added.value;
	return {
		ok: true,
		value: {
			filters: filtersFor(wanted),
			statuses: wanted.status ?? null,
		},
	};
}

/** The filters of the list call, from the value of *Filters* without status and times. */
export function asTraits(value: unknown, context: Zoned): Checked<ListFilter[]> {
	const added = asAdded(value, traits, context);
	return added.ok ? { ok: true, value: filtersFor(added.value) } : added;
}

/**
 * What filters hold that isn't among the preset keys, as sentences: a key of the tenant's own, or a
 * word that COC doesn't know, by which nothing is found.
 */
export function unknownWords(filters: ListFilter[]): string[] {
	return filters.flatMap(({ name, values }) => {
		const coded = [LEVEL, SOURCE, TYPE].find(({ field }) => field.name === name);
		if (coded === undefined) return [];
		const words = values.filter((value) => !coded.labels.has(value)).map((word) => `"${word}"`);
		const { displayName } = coded.field;
		return words.length === 0
			? []
			: [
					`'${displayName}' has ${words.join(', ')}, which is found only if it is a key of your COC.`,
				];
	});
}

function filtersFor(wanted: Partial<Filters>): ListFilter[] {
	const filters: Array<ListFilter | null> = [
		filter('assignee', 'assignee', '=', wanted.assignee),
		filter('create_time_start', 'create_time', '>=', wanted.createdAfter),
		filter('create_time_end', 'create_time', '<=', wanted.createdBefore),
		filter('creator', 'creator', '=', wanted.creator),
		filter('level', 'level_id', 'in', wanted.level),
		filter('source', 'source_id', 'in', wanted.source),
		filter('title', 'title', 'like', wanted.titleContains),
		filter('type', 'mtm_type', 'in', wanted.type),
		filter('update_time_start', 'update_time', '>=', wanted.updatedAfter),
		filter('update_time_end', 'update_time', '<=', wanted.updatedBefore),
	];
	return filters.filter((one) => one !== null);
}

function filter(
	name: string,
	field: string,
	operator: ListFilter['operator'],
	value: string | number | string[] | undefined,
): ListFilter | null {
	if (value === undefined) return null;
	return { name, field, operator, values: Array.isArray(value) ? value : [String(value)] };
}

function person(displayName: string, name: string, description: string): Part<string> {
	return { field: personField({ displayName, name, description }), read: asPerson };
}

function moment(displayName: string, name: string): Part<number> {
	const field: INodeProperties = {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description:
			'A time in ISO 8601, or in milliseconds since 1970; that very moment counts as well',
	};
	return { field, read: asMoment };
}

/** Any of some coded values. */
function anyOf(coded: Coded): Part<string[]> {
	const { field, labels } = coded;
	return {
		field: {
			...field,
			type: 'multiOptions',
			options: [...labels].map(([value, name]) => ({ name, value })),
			default: [],
			description: `${field.description}. An expression may give any keys of your COC, as a list or joined by commas.`,
		},
		read: (value) => asKeys(value, coded),
	};
}

/** Keys of coded values, from a list or a text with commas. */
export function asKeys(value: unknown, coded: Coded): Checked<string[]> {
	const { displayName: label } = coded.field;
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
		const key = asKey(one, coded);
		if (!key.ok) return key;
		keys.push(key.value);
	}
	return { ok: true, value: [...new Set(keys)] };
}
